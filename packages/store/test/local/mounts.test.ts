import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Failure, isFailure } from '@holdfast/kernel';
import { type FileRef, LocalStore, STORE_FAILURES } from '@holdfast/store';
import { temporaryFolder } from '@holdfast/testkit';

const pack = (digit: string): FileRef => ({ kind: 'pack', name: digit.repeat(64) });
const MIB = 1024 * 1024;

interface Mounted extends AsyncDisposable {
  readonly path: string;
  /** Mounts it again with other options. */
  remount(options: string): void;
}

/**
 * A file system of one's own. Mounting takes root (or CAP_SYS_ADMIN): where it is refused the test is skipped, and
 * says so; under `CI` it fails.
 */
async function mounted(t: TestContext, type: string, options: string): Promise<Mounted | undefined> {
  const folder = await temporaryFolder();
  try {
    execFileSync('mount', ['-t', type, '-o', options, 'holdfast-test', folder.path], { stdio: 'pipe' });
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    if (process.env['CI'] !== undefined) throw error;
    t.skip(`it takes root to mount a ${type}: ${error instanceof Error ? error.message.trim() : 'refused'}`);
    return undefined;
  }
  return {
    path: folder.path,
    remount: (other) => {
      execFileSync('mount', ['-o', `remount,${other}`, folder.path], { stdio: 'pipe' });
    },
    [Symbol.asyncDispose]: async () => {
      execFileSync('umount', [folder.path], { stdio: 'pipe' });
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('it leaves a full drive as it was, and says that room is missing', async (t) => {
  await using drive = await mounted(t, 'tmpfs', 'size=1m');
  if (drive === undefined) return;
  const store = new LocalStore(join(drive.path, 'repository'));
  await store.create();
  await store.put(pack('a'), [new Uint8Array(MIB / 2)]);
  const full = (error: unknown): boolean => isFailure(error, STORE_FAILURES.full) && error.retry === 'later';
  await rejects(store.put(pack('b'), [new Uint8Array(1000), new Uint8Array(2 * MIB)]), full);
  await rejects(store.put({ kind: 'index', name: 'b'.repeat(64) }, [new Uint8Array(2 * MIB)]), full);
  deepEqual(await readdir(join(drive.path, 'repository', 'data', 'bb')), []);
  deepEqual(await readdir(join(drive.path, 'repository', 'index')), []);
  equal((await store.get(pack('a'))).length, MIB / 2);
  await store.put(pack('c'), [new Uint8Array(MIB / 4)]);
  await store.remove(pack('a'));
  await store.put(pack('b'), [new Uint8Array(MIB / 2)]);
  const space = await store.freeSpace();
  ok(space !== undefined && space.totalBytes === MIB && space.freeBytes <= MIB / 4);
});

test('it says that room is missing where not even a folder fits', async (t) => {
  await using drive = await mounted(t, 'tmpfs', 'nr_inodes=10');
  if (drive === undefined) return;
  const store = new LocalStore(join(drive.path, 'repository'));
  await store.create();
  const puts = await Promise.allSettled(['a', 'b', 'c', 'd'].map((digit) => store.put(pack(digit), [])));
  const failures = puts.flatMap((put): unknown[] => (put.status === 'rejected' ? [put.reason] : []));
  ok(failures.length > 0);
  for (const failure of failures) ok(isFailure(failure, STORE_FAILURES.full));
});

test('it reads from a read-only drive, and changes nothing there', async (t) => {
  await using drive = await mounted(t, 'tmpfs', 'size=1m');
  if (drive === undefined) return;
  const root = join(drive.path, 'repository');
  await new LocalStore(root).create();
  await new LocalStore(root).put(pack('a'), [new Uint8Array(5)]);
  drive.remount('ro');
  const store = new LocalStore(root);
  deepEqual(await store.get(pack('a')), new Uint8Array(5));
  deepEqual((await store.readBack(pack('a'), { from: 'device' })).bytes, new Uint8Array(5));
  equal(await store.size(pack('a')), 5);
  deepEqual(await Array.fromAsync(store.list('pack')), [{ name: 'a'.repeat(64), sizeBytes: 5 }]);
  ok((await store.freeSpace()) !== undefined);
  await store.create();
  const { code, retry } = (await store.put(pack('b'), []).catch((error: Failure) => error)) ?? {};
  deepEqual([code, retry], [STORE_FAILURES.readOnly, 'never']);
  for (const call of [
    () => store.put({ kind: 'lock', name: 'b'.repeat(64) }, []),
    () => store.remove(pack('a')),
    () => new LocalStore(join(drive.path, 'another')).create(),
  ]) {
    await rejects(call, (error) => isFailure(error, STORE_FAILURES.readOnly), String(call));
  }
});

test('it says when it could only read back through the cache', async (t) => {
  // ramfs has no direct reading: open(2) refuses O_DIRECT there with EINVAL.
  await using drive = await mounted(t, 'ramfs', 'mode=700');
  if (drive === undefined) return;
  const store = new LocalStore(join(drive.path, 'repository'));
  await store.create();
  await store.put(pack('a'), [new Uint8Array(5000).fill(7)]);
  deepEqual(await store.readBack(pack('a'), { from: 'device' }), {
    bytes: new Uint8Array(5000).fill(7),
    from: 'cache',
  });
});
