import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  areSnapshotsWhole,
  type Finding,
  isDamage,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  planRepairSnapshots,
  repairsForAll,
} from '@holdfast/repository';
import { cheapRepository, onStore } from '@holdfast/repository/testing';
import { type FileRef, MemoryStore, type Store } from '@holdfast/store';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import {
  copyStore,
  findingsIn,
  type LoadedSample,
  listFiles,
  loadSample,
  repairAsAdvised,
  replaceFile,
  runRepair,
  saveSample,
} from '@holdfast/testkit/repository';

const random = seededRandom(7);
const PHOTO = [random(3000), random(2500), random(2800)];
const SMALL_PACKS = { threads: 0, packBytes: 4096, tolerate: true };

const original = await makeOriginal();

async function makeOriginal(): Promise<{ opened: OpenRepository; content: Map<string, LoadedSample> }> {
  const opened = await cheapRepository(new MemoryStore(), { clock: fakeClock(), random: seededRandom(1) });
  await using repository = await loadIndex(opened, SMALL_PACKS);
  const first = { 'a.txt': 'the first', camera: { 'one.jpg': PHOTO, 'two.jpg': random(1500) } };
  const second = { ...first, 'b.txt': 'the second', notes: { deep: { 'c.txt': 'x'.repeat(900) } } };
  const content = new Map<string, LoadedSample>();
  for (const sample of [first, second]) {
    const id = await saveSample(repository, sample);
    content.set(id, await loadSample(repository, id));
  }
  return { opened, content };
}

const findingsOn = (opened: OpenRepository): Promise<Finding[]> => findingsIn(opened, SMALL_PACKS);
const run = (command: string, opened: OpenRepository): Promise<void> =>
  runRepair(command, opened, SMALL_PACKS);
const repairAll = (opened: OpenRepository): Promise<string[]> => repairAsAdvised(opened, SMALL_PACKS);

/** Every snapshot that is left loads, and no file of it has bytes that were not saved. */
async function assertNothingWrong(opened: OpenRepository): Promise<number> {
  await using repository = await loadIndex(opened, SMALL_PACKS);
  const { entries } = await listSnapshots(repository);
  const saved = new Set([...original.content.values()].flatMap((files) => [...files.values()].map(hex)));
  let whole = 0;
  for (const { id } of entries) {
    const files = await loadSample(repository, id);
    const before = [...original.content.values()].find((content) => content.size === files.size);
    const isWhole =
      before !== undefined && [...before].every(([path, bytes]) => hex(files.get(path)) === hex(bytes));
    if (isWhole) whole += 1;
    for (const [path, bytes] of files) {
      const isPart =
        saved.has(hex(bytes)) || bytes.length < (before?.get(path)?.length ?? Number.POSITIVE_INFINITY);
      assert.ok(isPart, `${path} has bytes that nobody saved`);
    }
  }
  return whole;
}

const hex = (bytes: Uint8Array | undefined): string => (bytes === undefined ? '' : bytes.toHex());

async function damaged(damage: (store: Store, files: FileRef[]) => Promise<void>): Promise<OpenRepository> {
  const store = await copyStore(original.opened.store);
  await damage(store, await listFiles(store));
  return onStore(original.opened, store);
}

const pick = (files: readonly FileRef[], kind: FileRef['kind'], at = 0): FileRef => {
  const file = files.filter((candidate) => candidate.kind === kind)[at];
  assert.ok(file !== undefined);
  return file;
};

suite('museum', () => {
  test('it finds nothing in a repository that is whole', async () => {
    assert.deepEqual(await findingsOn(original.opened), []);
    assert.equal(await assertNothingWrong(original.opened), 2);
  });

  test('it finds a flipped bit wherever it is, and what it advises repairs it', async () => {
    for (const file of await listFiles(original.opened.store)) {
      if (file.kind === 'config') continue;
      const { length } = await original.opened.store.get(file);
      for (const at of positions(length)) {
        const opened = await damaged(async (store) => {
          const bytes = await store.get(file);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
          await replaceFile(store, file, bytes);
        });
        const where: string = `${file.kind} ${file.name.slice(0, 8)}, byte ${at}`;
        const findings = (await findingsOn(opened)).filter(isDamage);
        assert.notEqual(findings.length, 0, where);
        if (file.kind === 'key') assert.deepEqual(kinds(findings), ['key-damaged'], where);
        else {
          await repairAll(opened);
          await assertNothingWrong(opened);
        }
      }
    }
  });

  test('it finds a truncated file, and what it advises repairs it', async () => {
    for (const file of await listFiles(original.opened.store)) {
      if (file.kind === 'config' || file.kind === 'key') continue;
      const bytes = await original.opened.store.get(file);
      for (const length of [0, 3, 20, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const opened = await damaged((store) => replaceFile(store, file, bytes.subarray(0, length)));
        assert.notEqual((await findingsOn(opened)).filter(isDamage).length, 0);
        await repairAll(opened);
        await assertNothingWrong(opened);
      }
    }
  });

  test('it finds a missing pack or index file, and what it advises repairs it', async () => {
    for (const file of await listFiles(original.opened.store)) {
      if (file.kind !== 'pack' && file.kind !== 'index') continue;
      const opened = await damaged((store) => store.remove(file));
      assert.notEqual((await findingsOn(opened)).filter(isDamage).length, 0);
      const commands = await repairAll(opened);
      const whole = await assertNothingWrong(opened);
      assert.equal(commands[0], 'holdfast repair index');
      if (file.kind === 'index') assert.equal(whole, 2, 'an index file can be made again without loss');
    }
  });

  test('it gives back packs that were exchanged, without loss', async () => {
    const opened = await damaged(async (store, files) => {
      const [a, b] = [pick(files, 'pack', 0), pick(files, 'pack', 1)];
      const [bytesOfA, bytesOfB] = [await store.get(a), await store.get(b)];
      await replaceFile(store, a, bytesOfB);
      await replaceFile(store, b, bytesOfA);
    });
    assert.notEqual((await findingsOn(opened)).filter(isDamage).length, 0);
    await run('holdfast repair index', opened);
    const findings = (await findingsOn(opened)).filter(isDamage);
    assert.deepEqual(new Set(kinds(findings)), new Set(['pack-misnamed']));
    await repairAll(opened);
    assert.equal(await assertNothingWrong(opened), 2);
  });

  test('it gives back a pack that was renamed, without loss', async () => {
    const opened = await damaged(async (store, files) => {
      const pack = pick(files, 'pack', 2);
      const bytes = await store.get(pack);
      await store.remove(pack);
      await store.put({ kind: 'pack', name: 'ab'.repeat(32) }, [bytes]);
    });
    assert.deepEqual(new Set(kinds(await findingsOn(opened))).has('pack-missing'), true);
    await run('holdfast repair index', opened);
    await repairAll(opened);
    assert.equal(await assertNothingWrong(opened), 2);
  });

  test('it gives a snapshot that was renamed its name back', async () => {
    const opened = await damaged(async (store, files) => {
      const snapshot = pick(files, 'snapshot');
      const bytes = await store.get(snapshot);
      await store.remove(snapshot);
      await store.put({ kind: 'snapshot', name: 'cd'.repeat(32) }, [bytes]);
    });
    assert.deepEqual(kinds((await findingsOn(opened)).filter(isDamage)), ['snapshot-damaged']);
    await repairAll(opened);
    assert.equal(await assertNothingWrong(opened), 2);
  });

  test('it tells of a config that decays while the repository is open', async () => {
    const opened = await damaged(async (store) => {
      await replaceFile(store, { kind: 'config', name: '' }, new Uint8Array(40));
    });
    assert.deepEqual(kinds(await findingsOn(opened)), ['config-damaged']);
  });

  test('it advises nothing for notes, and a repair of what is whole changes nothing', async () => {
    const opened = await damaged(async (store) => {
      await store.put({ kind: 'pack', name: 'ef'.repeat(32) }, [new Uint8Array(100)]);
    });
    const findings = await findingsOn(opened);
    assert.deepEqual(kinds(findings), ['pack-unlisted']);
    assert.deepEqual(repairsForAll(findings), []);
    const before = await listFiles(opened.store);
    await run('holdfast repair index', opened);
    await run('holdfast repair snapshots --forget', opened);
    assert.deepEqual(await listFiles(opened.store), before);
    await using repository = await loadIndex(opened, SMALL_PACKS);
    assert.ok(areSnapshotsWhole(await planRepairSnapshots(repository, { forget: true })));
  });
});

const kinds = (findings: readonly Finding[]): string[] => findings.map(({ kind }) => kind);

/** The ends, and a few places in between that differ from file to file. */
const positions = (length: number): number[] =>
  [
    ...new Set([
      0,
      17,
      Math.floor(length / 3),
      Math.floor((length * 2) / 3),
      length - 40,
      length - 3,
      length - 1,
    ]),
  ].filter((at) => at >= 0 && at < length);
