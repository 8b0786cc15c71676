import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import {
  check,
  type IndexedRepository,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  type PruneLimits,
  planPrune,
  prune,
  removeSnapshot,
} from '@holdfast/repository';
import { cheapRepository } from '@holdfast/repository/testing';
import { MemoryStore } from '@holdfast/store';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import { listFiles, loadSample, saveSample } from '@holdfast/testkit/repository';

const ALL: PruneLimits = { maxUnused: { bytes: 0 } };
const random = seededRandom(21);
const shared = random(1800);

async function threeDays(): Promise<OpenRepository> {
  const opened = await cheapRepository(new MemoryStore(), { clock: fakeClock(), random: seededRandom(4) });
  await using repository = await load(opened);
  for (let day = 0; day < 3; day++) await saveSample(repository, { shared, [`day${day}`]: random(1000) });
  return opened;
}

const load = (opened: OpenRepository, threads = 0): Promise<IndexedRepository> =>
  loadIndex(opened, { threads, packBytes: 8192, tolerate: true });

async function forgetFirst(opened: OpenRepository): Promise<void> {
  const [first] = (await listSnapshots(opened)).entries;
  await removeSnapshot(opened, first?.id ?? '');
}

async function storedBytes(opened: OpenRepository): Promise<number> {
  let bytes = 0;
  for await (const { sizeBytes } of opened.store.list('pack')) bytes += sizeBytes;
  return bytes;
}

async function findings(opened: OpenRepository): Promise<string[]> {
  await using repository = await load(opened);
  const kinds: string[] = [];
  for await (const event of check(repository, { readData: 'all' }))
    if (event.kind === 'finding') kinds.push(event.finding.kind);
  return kinds;
}

suite('prune', () => {
  for (const threads of [0, 2]) {
    test(`it frees what the plan says and leaves every snapshot whole (${threads} threads)`, async () => {
      const opened = await threeDays();
      await forgetFirst(opened);
      const before = await storedBytes(opened);
      await using repository = await load(opened, threads);
      const plan = await planPrune(repository, ALL);
      assert.ok(plan.freedBytes > 1000);
      const phases = new Set<string>();
      for await (const { phase, done, total } of prune(repository, plan)) {
        assert.ok(done <= total);
        phases.add(phase);
      }
      assert.deepEqual([...phases].at(-1), 'remove');
      assert.ok(before - (await storedBytes(opened)) >= 1000);
      assert.deepEqual(await findings(opened), []);
      await using after = await load(opened);
      for (const { id } of (await listSnapshots(opened)).entries) await loadSample(after, id);
      const again = await planPrune(after, ALL);
      assert.deepEqual(
        [again.rewrite, again.remove, again.removeUnlisted, again.dropMissing],
        [[], [], [], []],
      );
    });
  }

  test('it changes nothing where there is nothing to do', async () => {
    const opened = await threeDays();
    await using repository = await load(opened);
    const before = await listFiles(opened.store);
    await Array.fromAsync(prune(repository, await planPrune(repository, ALL)));
    assert.deepEqual(await listFiles(opened.store), before);
  });

  test('it keeps one copy of what is there twice', async () => {
    const opened = await threeDays();
    // A second process that did not know of the first one's packs.
    await using unaware = await load(opened);
    await using repository = await load({ ...opened });
    await saveSample(unaware, { twice: random(900) });
    const twice = await loadSample(unaware, (await listSnapshots(opened)).entries.at(-1)?.id ?? '');
    assert.ok(twice.size > 0);
    await saveSample(
      repository,
      Object.fromEntries([...twice].map(([path, bytes]) => [path.slice(1), bytes])),
    );
    await using all = await load(opened);
    const plan = await planPrune(all, ALL);
    await Array.fromAsync(prune(all, plan));
    assert.deepEqual(await findings(opened), []);
    await using after = await load(opened);
    const { duplicate, unused } = await planPrune(after, ALL);
    assert.deepEqual([duplicate.blobs, unused.blobs], [0, 0]);
  });

  test('it refuses a plan that is out of date and removes nothing', async () => {
    const opened = await threeDays();
    await forgetFirst(opened);
    await using repository = await load(opened);
    const plan = await planPrune(repository, ALL);
    await using other = await load(opened);
    await saveSample(other, { late: 'a backup in between' });
    const before = await listFiles(opened.store);
    const error = await rejection(Array.fromAsync(prune(repository, plan)));
    assert.ok(isFailure(error, 'repository/plan-outdated'));
    assert.deepEqual(await listFiles(opened.store), before);
  });

  test('it plans nothing while a blob, a pack or an index file is missing', async () => {
    for (const kind of ['pack', 'index'] as const) {
      const opened = await threeDays();
      const file = (await listFiles(opened.store)).find((candidate) => candidate.kind === kind);
      await opened.store.remove(file ?? assert.fail('no such file'));
      await using repository = await load(opened);
      const error = await rejection(planPrune(repository, ALL));
      assert.ok(isFailure(error), kind);
      assert.match(error.code, /repository\/(missing-|damaged)/);
      assert.match(error.hint ?? '', /holdfast check/);
    }
  });

  test('it refuses to compress in format version 1', async () => {
    const store = new MemoryStore();
    const opened = await cheapRepository(store, { clock: fakeClock(), random: seededRandom(4), version: 1 });
    await using repository = await load(opened);
    const error = await rejection(planPrune(repository, { repackUncompressed: true }));
    assert.ok(isFailure(error, 'repository/no-compression'));
  });

  test('it stops at an abort, after which a later prune finishes the job', async () => {
    const opened = await threeDays();
    await forgetFirst(opened);
    await using repository = await load(opened);
    const stopper = new AbortController();
    const run = async (): Promise<void> => {
      for await (const _ of prune(repository, await planPrune(repository, ALL), stopper.signal))
        stopper.abort();
    };
    assert.equal(await rejection(run()), stopper.signal.reason);
    assert.deepEqual(
      (await findings(opened)).filter((kind) => kind !== 'pack-unlisted'),
      [],
    );
    await using again = await load(opened);
    await Array.fromAsync(prune(again, await planPrune(again, ALL)));
    assert.deepEqual(await findings(opened), []);
  });
});

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => assert.fail('it should have failed'),
    (error: unknown) => error,
  );
