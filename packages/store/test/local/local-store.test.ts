import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { CONFIG, FILE_KINDS, type FileRef, LocalStore, STORE_FAILURES } from '@holdfast/store';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';

const nameOf = (digits: string): string => digits.padEnd(64, '5');
const pack = (digits: string): FileRef => ({ kind: 'pack', name: nameOf(digits) });
const failure = (code: string) => (error: unknown) => isFailure(error, code);
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** A created store in a folder of its own, which is its `root`. */
async function localStore(options = {}): Promise<AsyncDisposable & { root: string; store: LocalStore }> {
  const folder = await temporaryFolder();
  const root = join(folder.path, 'repository');
  const store = new LocalStore(root, options);
  await store.create();
  return { root, store, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** Every file and folder below a root, with its permissions. */
async function tree(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true });
  const lines = entries.map(async (entry) => {
    const { mode } = await stat(join(root, entry));
    return `${(mode & 0o777).toString(8)} ${entry}`;
  });
  return (await Promise.all(lines)).toSorted();
}

test("it lays files out as restic's own local repositories, readable by their owner only", async () => {
  await using local = await localStore();
  for (const kind of FILE_KINDS) {
    await local.store.put({ kind, name: kind === 'config' ? '' : nameOf('ab') }, [text(kind)]);
  }
  const name = nameOf('ab');
  deepEqual(await tree(local.root), [
    '600 config',
    `600 data/ab/${name}`,
    `600 index/${name}`,
    `600 keys/${name}`,
    `600 locks/${name}`,
    `600 snapshots/${name}`,
    '700 data',
    '700 data/ab',
    '700 index',
    '700 keys',
    '700 locks',
    '700 snapshots',
  ]);
  equal((await stat(local.root)).mode & 0o777, 0o700);
});

test('it leaves the permissions of a folder that is there', async () => {
  await using local = await localStore();
  await chmod(local.root, 0o750);
  await local.store.create();
  equal((await stat(local.root)).mode & 0o777, 0o750);
});

test('it names its place by the absolute path', () => {
  equal(new LocalStore('/some/../where/').location, '/where');
});

test("it neither lists nor removes what is not the repository's", async () => {
  await using local = await localStore();
  await local.store.put(pack('ab'), [text('pack')]);
  const foreign = [
    'README',
    'data/README',
    'data/ab/notes.txt',
    `data/${nameOf('ab')}`,
    `data/ab/${nameOf('cd')}`,
    `data/ab/${nameOf('ab').toUpperCase()}`,
    `data/ab/${nameOf('ab')}-tmp-1234567890`,
    `data/ab/${nameOf('ab')}-tmp-0123456789abcdef`,
    'data/cd',
    'index/config',
    'config.bak',
  ];
  for (const path of foreign) await writeFile(join(local.root, path), 'foreign');
  await mkdir(join(local.root, 'data', 'ab', nameOf('abba')));
  await mkdir(join(local.root, 'data', 'xyz'));
  deepEqual(await Array.fromAsync(local.store.list('pack')), [{ name: nameOf('ab'), sizeBytes: 4 }]);
  deepEqual(await Array.fromAsync(local.store.list('index')), []);
  deepEqual(await Array.fromAsync(local.store.list('config')), []);
  await local.store.put(pack('ab01'), [text('more')]);
  for (const path of foreign) equal(await readFile(join(local.root, path), 'utf8'), 'foreign');
});

test('it sweeps what a crashed put left, once that is a day old', async () => {
  const clock = fakeClock();
  await using local = await localStore({ clock });
  await local.store.put(pack('ab'), [text('pack')]);
  const rows = [
    { entry: `${nameOf('ab01')}-tmp-0123456789abcdef`, hours: 25, isKept: false },
    { entry: `${nameOf('ab02')}-tmp-0123456789abcdef`, hours: 23, isKept: true },
    // restic's own, whose age means nothing to us.
    { entry: `${nameOf('ab03')}-tmp-1234567890`, hours: 25, isKept: true },
    { entry: 'notes-tmp-0123456789abcdef', hours: 25, isKept: true },
  ];
  for (const { entry, hours } of rows) {
    const path = join(local.root, 'data', 'ab', entry);
    const writtenAt = new Date(clock.now().subtract({ hours }).epochMilliseconds);
    await writeFile(path, 'left');
    await utimes(path, writtenAt, writtenAt);
  }
  await new LocalStore(local.root, { clock }).put(pack('ab04'), [text('pack')]);
  const entries = await readdir(join(local.root, 'data', 'ab'));
  deepEqual(
    rows.map(({ entry }) => entries.includes(entry)),
    rows.map(({ isKept }) => isKept),
  );
});

test('it never writes into the temporary file of another writer', async () => {
  const random = (length: number): Uint8Array => new Uint8Array(length);
  await using local = await localStore({ random });
  await local.store.put(pack('ab'), [text('pack')]);
  const leftover = join(local.root, 'data', 'ab', `${nameOf('ab01')}-tmp-${'00'.repeat(8)}`);
  await writeFile(leftover, "another writer's");
  await rejects(local.store.put(pack('ab01'), [text('pack')]));
  equal(await readFile(leftover, 'utf8'), "another writer's");
});

test('it leaves nothing beside the files it has put, refused or was stopped in', async () => {
  await using local = await localStore();
  await local.store.put(pack('ab'), [text('pack')]);
  await rejects(local.store.put(pack('ab'), [text('other')]), failure(STORE_FAILURES.exists));
  const stop = new AbortController();
  const stopped = local.store.put(pack('ab01'), [new Uint8Array(20 * 1024 * 1024)], stop.signal);
  stop.abort(new Error('stopped by the test'));
  await rejects(stopped, (error) => error === stop.signal.reason);
  await Promise.allSettled([1, 2, 3, 4].map(() => local.store.put(pack('ab02'), [text('pack')])));
  deepEqual(
    (await readdir(join(local.root, 'data', 'ab'))).toSorted(),
    [nameOf('ab02'), nameOf('ab')].toSorted(),
  );
});

test('it works through symbolic links, to the whole and to its folders', async () => {
  await using local = await localStore();
  await using elsewhere = await temporaryFolder();
  await symlink(local.root, join(elsewhere.path, 'link'));
  await rename(join(local.root, 'data'), join(elsewhere.path, 'data'));
  await symlink(join(elsewhere.path, 'data'), join(local.root, 'data'));
  const store = new LocalStore(join(elsewhere.path, 'link'));
  await store.create();
  await store.put(pack('ab'), [text('pack')]);
  deepEqual(await readdir(join(elsewhere.path, 'data', 'ab')), [nameOf('ab')]);
  deepEqual(await local.store.get(pack('ab')), text('pack'));
  deepEqual(await Array.fromAsync(store.list('pack')), [{ name: nameOf('ab'), sizeBytes: 4 }]);
});

test('it never writes through a symbolic link under the name of a file', async () => {
  await using local = await localStore();
  await using elsewhere = await temporaryFolder();
  const target = join(elsewhere.path, 'target');
  await symlink(target, join(local.root, 'keys', nameOf('ab')));
  const key = { kind: 'key', name: nameOf('ab') } as const;
  await rejects(local.store.put(key, [text('key')]), failure(STORE_FAILURES.exists));
  await rejects(local.store.get(key), failure(STORE_FAILURES.missing));
  deepEqual(await Array.fromAsync(local.store.list('key')), []);
  await writeFile(target, 'kept');
  await local.store.remove(key);
  equal(await readFile(target, 'utf8'), 'kept');
});

test('it says so when a folder is where a file should be', async () => {
  await using local = await localStore();
  await mkdir(join(local.root, 'config'));
  deepEqual(await Array.fromAsync(local.store.list('config')), []);
  await rejects(local.store.put(CONFIG, [text('config')]), failure(STORE_FAILURES.exists));
  for (const call of [
    () => local.store.get(CONFIG),
    () => local.store.readBack(CONFIG, { from: 'cache' }),
    () => local.store.readBack(CONFIG, { from: 'device' }),
    () => local.store.size(CONFIG),
    () => local.store.remove(CONFIG),
  ]) {
    await rejects(call, failure(STORE_FAILURES.notAFile), String(call));
  }
});

test('it says so when a file is where a folder should be', async () => {
  await using local = await localStore();
  await rm(join(local.root, 'keys'), { recursive: true });
  for (const path of ['keys', 'data/ab']) await writeFile(join(local.root, path), '');
  for (const file of [pack('ab'), { kind: 'key', name: nameOf('ab') } as const]) {
    await rejects(local.store.put(file, [text('x')]), failure(STORE_FAILURES.notAFile));
    await rejects(local.store.get(file), failure(STORE_FAILURES.notAFile));
  }
  await rejects(local.store.create(), failure(STORE_FAILURES.notAFile));
  await rejects(Array.fromAsync(local.store.list('key')), failure(STORE_FAILURES.notAFile));
  deepEqual(await Array.fromAsync(local.store.list('pack')), []);
});

test('it does not wait for a pipe under the name of a file', async () => {
  await using local = await localStore();
  execFileSync('mkfifo', [join(local.root, 'keys', nameOf('ab'))]);
  const key = { kind: 'key', name: nameOf('ab') } as const;
  deepEqual(await Array.fromAsync(local.store.list('key')), []);
  await rejects(local.store.get(key), failure(STORE_FAILURES.notAFile));
  await rejects(local.store.readBack(key, { from: 'device' }), failure(STORE_FAILURES.notAFile));
  await rejects(local.store.size(key), failure(STORE_FAILURES.notAFile));
});

test('it makes again the folders that a copy has left out, except the one that tells a repository', async () => {
  await using local = await localStore();
  for (const folder of ['keys', 'locks', 'index', 'snapshots'])
    await rm(join(local.root, folder), { recursive: true });
  for (const kind of ['key', 'lock', 'index', 'snapshot', 'pack'] as const) {
    deepEqual(await Array.fromAsync(local.store.list(kind)), []);
    await local.store.put({ kind, name: nameOf('ab') }, [text(kind)]);
    deepEqual(await local.store.get({ kind, name: nameOf('ab') }), text(kind));
  }
});

test('it is absent where a drive was unplugged, and never writes to the mount point', async () => {
  await using local = await localStore();
  await local.store.put(pack('ab'), [text('pack')]);
  await rename(local.root, `${local.root}-unplugged`);
  for (const emptyMountPoint of [false, true]) {
    if (emptyMountPoint) await mkdir(local.root);
    for (const call of [
      () => local.store.put(pack('ab01'), [text('pack')]),
      () => new LocalStore(local.root).put(CONFIG, [text('config')]),
      () => local.store.get(pack('ab')),
      () => local.store.remove(pack('ab')),
      () => local.store.freeSpace(),
      () => Array.fromAsync(local.store.list('pack')),
    ]) {
      await rejects(call, failure(STORE_FAILURES.absent), String(call));
    }
    deepEqual(emptyMountPoint ? await readdir(local.root) : [], []);
  }
  await rm(local.root, { recursive: true });
  await rename(`${local.root}-unplugged`, local.root);
  await local.store.put(pack('ab01'), [text('pack')]);
  deepEqual(await local.store.get(pack('ab')), text('pack'));
});

test('it goes on in the same object when a folder of packs has vanished', async () => {
  await using local = await localStore();
  await local.store.put(pack('ab'), [text('pack')]);
  await rm(join(local.root, 'data', 'ab'), { recursive: true });
  await rejects(
    local.store.put(pack('ab'), [text('pack')]),
    (error) => isFailure(error, STORE_FAILURES.io) && error.retry === 'later',
  );
  await local.store.put(pack('ab'), [text('pack')]);
});

test('it is absent where the path leads to a file', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'file');
  await writeFile(path, '');
  const store = new LocalStore(path);
  await rejects(store.create(), failure(STORE_FAILURES.notAFile));
  await rejects(store.get(CONFIG), failure(STORE_FAILURES.absent));
  await rejects(Array.fromAsync(store.list('pack')), failure(STORE_FAILURES.absent));
});

test('it gives what is on the medium, not what was put', async () => {
  await using local = await localStore();
  await local.store.put(pack('ab'), [text('a whole pack')]);
  await truncate(join(local.root, 'data', 'ab', nameOf('ab')), 7);
  deepEqual((await local.store.readBack(pack('ab'), { from: 'device' })).bytes, text('a whole'));
  equal(await local.store.size(pack('ab')), 7);
  await rejects(local.store.get(pack('ab'), { length: 12 }), failure(STORE_FAILURES.truncated));
});

test('it knows the room on its drive', async () => {
  await using local = await localStore();
  const space = await local.store.freeSpace();
  ok(space !== undefined && space.totalBytes > 0 && space.freeBytes <= space.totalBytes);
});
