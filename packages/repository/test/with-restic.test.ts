import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';
import {
  check,
  type Finding,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  planPrune,
  planRepairIndex,
  planRepairPacks,
  planRepairSnapshots,
  prune,
  removeSnapshot,
  repairIndex,
  repairPacks,
  repairSnapshots,
  type StatsMode,
  stats,
} from '@holdfast/repository';
import { CHEAP_PASSWORD, cheapRepository } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';
import { fakeClock, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { listFiles, loadSample, madeByRestic, replaceFile, saveSample } from '@holdfast/testkit/repository';

const SMALL_PACKS = { threads: 0, packBytes: 8192, tolerate: true };
const run = promisify(execFile);

/** What restic prints; fails with what it complains about. */
async function restic(repository: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, RESTIC_PASSWORD: CHEAP_PASSWORD, RESTIC_REPOSITORY: repository };
  try {
    const { stdout } = await run('restic', ['--no-cache', ...args], { env });
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      assert.fail("this test needs restic: install Debian's package `restic`");
    throw error;
  }
}

async function findings(opened: OpenRepository): Promise<Finding[]> {
  await using repository = await loadIndex(opened, SMALL_PACKS);
  const found: Finding[] = [];
  for await (const event of check(repository, { readData: 'all' }))
    if (event.kind === 'finding') found.push(event.finding);
  return found;
}

async function pruneAll(opened: OpenRepository): Promise<void> {
  await using repository = await loadIndex(opened, SMALL_PACKS);
  const plan = await planPrune(repository, { maxUnused: { bytes: 0 } });
  await Array.fromAsync(prune(repository, plan));
}

const made = await madeByRestic(CHEAP_PASSWORD);
after(() => made[Symbol.asyncDispose]());

/** A repository of ours in a folder, with three snapshots. */
async function ours(path: string, version: 1 | 2): Promise<OpenRepository> {
  const random = seededRandom(5);
  const opened = await cheapRepository(new LocalStore(path), {
    clock: fakeClock(),
    random: seededRandom(version),
    version,
  });
  await using repository = await loadIndex(opened, SMALL_PACKS);
  const photo = [random(4000), random(4000)];
  for (let day = 0; day < 3; day++) {
    await saveSample(repository, {
      'same.jpg': photo,
      [`day${day}.bin`]: random(3000),
      texts: { 'a.txt': `day ${day} `.repeat(200) },
    });
  }
  return opened;
}

const MODES: readonly StatsMode[] = ['restore-size', 'files-by-contents', 'raw-data', 'blobs-per-file'];

async function assertSameStats(path: string, opened: OpenRepository): Promise<void> {
  await using repository = await loadIndex(opened, SMALL_PACKS);
  const { entries } = await listSnapshots(repository);
  const theirs = await Promise.all(
    MODES.map(async (mode) => JSON.parse(await restic(path, 'stats', '--no-lock', '--json', '--mode', mode))),
  );
  for (const [at, mode] of MODES.entries()) {
    const { files, blobs, bytes } = await stats(repository, { mode }, entries);
    const { total_size, total_file_count = 0, total_blob_count = 0 } = theirs[at];
    assert.deepEqual([bytes, files, blobs], [total_size, total_file_count, total_blob_count], mode);
  }
}

suite('with the real restic', () => {
  for (const version of [1, 2] as const) {
    test(`it prunes and repairs a repository of version ${version} of ours so that restic finds nothing`, async () => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'repository');
      const opened = await ours(path, version);
      await assertSameStats(path, opened);
      const [first] = (await listSnapshots(opened)).entries;
      await removeSnapshot(opened, first?.id ?? '');
      await pruneAll(opened);
      await restic(path, 'check', '--read-data');

      const [pack] = (await listFiles(opened.store)).filter(({ kind }) => kind === 'pack');
      assert.ok(pack !== undefined);
      const bytes = await opened.store.get(pack);
      bytes[20] = (bytes[20] ?? 0) ^ 4;
      await replaceFile(opened.store, pack, bytes);
      for (const repair of [
        async () => {
          await using repository = await loadIndex(opened, SMALL_PACKS);
          const plan = await planRepairPacks(repository, [pack.name]);
          await Array.fromAsync(repairPacks(repository, plan));
        },
        async () => {
          await using repository = await loadIndex(opened, SMALL_PACKS);
          const plan = await planRepairSnapshots(repository, { forget: true });
          await Array.fromAsync(repairSnapshots(repository, plan));
        },
      ])
        await repair();
      const [index] = (await listFiles(opened.store)).filter(({ kind }) => kind === 'index');
      await opened.store.remove(index ?? assert.fail('no index file'));
      await using repository = await loadIndex(opened, SMALL_PACKS);
      await Array.fromAsync(repairIndex(repository, await planRepairIndex(repository)));
      assert.deepEqual(await findings(opened), []);
      await restic(path, 'check', '--read-data');
      await restic(path, 'prune', '--max-unused', '0');
      assert.deepEqual(await findings(opened), []);
    });
  }

  for (const [version, compression] of [
    [1, 'auto'],
    [2, 'off'],
    [2, 'max'],
  ] as const) {
    test(`it checks, counts and prunes what restic made (version ${version}, compression ${compression})`, async () => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'repository');
      const source = join(folder.path, 'source');
      const random = seededRandom(9);
      const opened = await made.at(path, version, fakeClock(Temporal.Now.instant()));
      await mkdir(join(source, 'sub'), { recursive: true });
      for (let day = 0; day < 2; day++) {
        await writeFile(join(source, `photo${day}.jpg`), random(60_000));
        await writeFile(join(source, 'sub', 'text.txt'), `day ${day}\n`.repeat(4000));
        if (day === 1) await rm(join(source, 'photo0.jpg'));
        await restic(path, 'backup', '--compression', compression, source);
      }
      assert.deepEqual(await findings(opened), []);
      await assertSameStats(path, opened);
      const [first, second] = (await listSnapshots(opened)).entries;
      await removeSnapshot(opened, first?.id ?? '');
      await pruneAll(opened);
      assert.deepEqual(await findings(opened), []);
      await using repository = await loadIndex(opened, SMALL_PACKS);
      const files = await loadSample(repository, second?.id ?? '');
      assert.ok([...files.keys()].some((name) => name.endsWith('photo1.jpg')));
      assert.ok(![...files.keys()].some((name) => name.endsWith('photo0.jpg')));
      await restic(path, 'check', '--read-data');
    });
  }
});
