import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import {
  check,
  type Finding,
  type IndexedRepository,
  isDamage,
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
  repairsForAll,
} from '@holdfast/repository';
import { cheapRepository, onStore } from '@holdfast/repository/testing';
import { MemoryStore, type Store } from '@holdfast/store';
import { type FaultMode, failFrom, failOnce, faulty } from '@holdfast/store/testing';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import {
  copyStore,
  type LoadedSample,
  listFiles,
  loadSample,
  replaceFile,
  saveSample,
} from '@holdfast/testkit/repository';

const SMALL_PACKS = { threads: 0, packBytes: 4096, tolerate: true };

/** After every so many steps it is not only looked at what a failure leaves, but also done again. */
const REDONE = 3;

/** A repository with something to do, and what must be whole whatever happens. */
interface Case {
  readonly name: string;
  readonly opened: OpenRepository;
  readonly kept: ReadonlyMap<string, LoadedSample>;
  /** What is done to it again and again, failing at every step. */
  readonly act: (repository: IndexedRepository) => Promise<void>;
}

async function makeCase(
  name: string,
  damage: (store: Store, snapshots: readonly string[], opened: OpenRepository) => Promise<readonly string[]>,
  act: Case['act'],
): Promise<Case> {
  const random = seededRandom(11);
  const opened = await cheapRepository(new MemoryStore(), { clock: fakeClock(), random: seededRandom(1) });
  const snapshots: string[] = [];
  const photo = [random(1500), random(1500)];
  for (let day = 0; day < 3; day++) {
    await using repository = await loadIndex(opened, SMALL_PACKS);
    const sample = {
      'same.jpg': photo,
      [`day${day}.jpg`]: random(1200),
      folder: { 'note.txt': `day ${day}` },
    };
    snapshots.push(await saveSample(repository, sample));
  }
  const kept = new Map<string, LoadedSample>();
  await using before = await loadIndex(opened, SMALL_PACKS);
  const all = new Map<string, LoadedSample>();
  for (const id of snapshots) all.set(id, await loadSample(before, id));
  for (const id of await damage(opened.store, snapshots, opened)) kept.set(id, all.get(id) ?? new Map());
  return { name, opened, kept, act };
}

const drain = async (events: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of events);
};

const cases: Case[] = [
  await makeCase(
    'prune',
    async (store, [first = '', ...others]) => {
      await store.remove({ kind: 'snapshot', name: first });
      await store.put({ kind: 'pack', name: '12'.repeat(32) }, [new Uint8Array(50)]);
      return others;
    },
    async (repository) => {
      const plan = await planPrune(repository, { maxUnused: { bytes: 0 } });
      await drain(prune(repository, plan));
    },
  ),
  await makeCase(
    'repair index after an index file was lost',
    async (store, snapshots) => {
      const [index] = (await listFiles(store)).filter(({ kind }) => kind === 'index');
      if (index !== undefined) await store.remove(index);
      return snapshots;
    },
    async (repository) => drain(repairIndex(repository, await planRepairIndex(repository))),
  ),
  await makeCase(
    'repair index after an index file was damaged',
    async (store, snapshots) => {
      const [index] = (await listFiles(store)).filter(({ kind }) => kind === 'index');
      if (index !== undefined) await replaceFile(store, index, new Uint8Array(80));
      return snapshots;
    },
    async (repository) => drain(repairIndex(repository, await planRepairIndex(repository))),
  ),
  await makeCase(
    'repair packs',
    async (_store, snapshots) => snapshots,
    async (repository) => {
      const packs = repository.index.packs.slice(0, 1);
      await drain(repairPacks(repository, await planRepairPacks(repository, packs)));
    },
  ),
  await makeCase(
    'repair snapshots',
    async (store, [first = '', ...others]) => {
      await replaceFile(store, { kind: 'snapshot', name: first }, new Uint8Array(60));
      return others;
    },
    async (repository) => {
      const plan = await planRepairSnapshots(repository, { forget: true });
      await drain(repairSnapshots(repository, plan));
    },
  ),
  await makeCase('repair snapshots that have lost content', loseContentOfFirst, async (repository) => {
    const plan = await planRepairSnapshots(repository, { forget: true });
    await drain(repairSnapshots(repository, plan));
  }),
  await makeCase(
    'forgetting',
    async (_store, [, ...others]) => others,
    async (repository) => {
      for await (const { name } of repository.store.list('snapshot')) {
        if (!cases.find((other) => other.name === 'forgetting')?.kept.has(name))
          await removeSnapshot(repository, name);
      }
    },
  ),
];

/** Removes a pack that only the first snapshot needs. */
async function loseContentOfFirst(
  store: Store,
  snapshots: readonly string[],
  opened: OpenRepository,
): Promise<readonly string[]> {
  for (const file of await listFiles(store)) {
    if (file.kind !== 'pack') continue;
    const bytes = await store.get(file);
    await store.remove(file);
    await using repository = await loadIndex(opened, SMALL_PACKS);
    const loads = await Promise.all(
      snapshots.map((id) =>
        loadSample(repository, id).then(
          () => true,
          () => false,
        ),
      ),
    );
    if (loads.join() === 'false,true,true') {
      await runRepair('holdfast repair index', opened);
      return snapshots.slice(1);
    }
    await store.put(file, [bytes]);
  }
  return assert.fail('no pack is needed by one snapshot alone');
}

async function damageIn(opened: OpenRepository, readData: 'none' | 'all' = 'all'): Promise<Finding[]> {
  await using repository = await loadIndex(opened, SMALL_PACKS);
  const findings: Finding[] = [];
  for await (const event of check(repository, { readData }))
    if (event.kind === 'finding' && isDamage(event.finding)) findings.push(event.finding);
  return findings;
}

async function assertKept(opened: OpenRepository, kept: Case['kept'], where: string): Promise<void> {
  await using repository = await loadIndex(opened, SMALL_PACKS);
  for (const [snapshot, files] of kept) {
    assert.deepEqual(await loadSample(repository, snapshot), files, where);
  }
}

async function attempt({ act, opened }: Case, store: Store): Promise<void> {
  await using repository = await loadIndex(onStore(opened, store), SMALL_PACKS);
  await act(repository);
}

async function failEverywhere(
  tried: Case,
  plan: typeof failOnce,
  mode: FaultMode,
  isClean: (findings: Finding[], before: ReadonlySet<string>) => void,
): Promise<number> {
  const before = new Set((await listFiles(tried.opened.store)).map(({ name }) => name));
  for (let n = 1; ; n++) {
    const bare = await copyStore(tried.opened.store);
    const store = faulty(bare, plan(n, mode));
    const where = `${tried.name}, operation ${n}, ${mode}`;
    try {
      await attempt(tried, store);
    } catch (error) {
      if (!isFailure(error)) throw error;
      assert.notEqual(store.faults.length, 0, `${where}: ${error.message}`);
    }
    const after = onStore(tried.opened, bare);
    if (store.faults.length === 0) {
      assert.deepEqual(await damageIn(after), [], where);
      await assertKept(after, tried.kept, where);
      return n;
    }
    const findings = await damageIn(after, 'none');
    isClean(findings, before);
    if (!tried.name.startsWith('repair index')) await assertKept(after, tried.kept, where);
    if (n % REDONE !== 1) continue;
    if (mode === 'half') for (const command of repairsForAll(findings)) await runRepair(command, after);
    // What was interrupted can be done again, and then all is well.
    await attempt(tried, bare);
    assert.deepEqual(await damageIn(after), [], `${where}, done again`);
    await assertKept(after, tried.kept, where);
  }
}

async function runRepair(command: string, opened: OpenRepository): Promise<void> {
  await using repository = await loadIndex(opened, SMALL_PACKS);
  if (command === 'holdfast repair index')
    await drain(repairIndex(repository, await planRepairIndex(repository)));
  else if (command.startsWith('holdfast repair snapshots'))
    await drain(repairSnapshots(repository, await planRepairSnapshots(repository, { forget: true })));
  else throw new RangeError(`nothing should need ${command}`);
}

suite('fail at every step', () => {
  for (const tried of cases) {
    test(`it keeps every snapshot whole: ${tried.name}`, async () => {
      const known = new Set((await damageIn(tried.opened)).map((finding) => JSON.stringify(finding)));
      for (const plan of [failOnce, failFrom]) {
        for (const mode of ['before', 'after', 'half'] as const) {
          const steps = await failEverywhere(tried, plan, mode, (findings, before) => {
            for (const finding of findings) {
              if (known.has(JSON.stringify(finding)) || known.size > 0) continue;
              // A store that is not atomic leaves a half file; nothing that was there before is hurt.
              assert.ok(mode === 'half' && !before.has(nameOf(finding)), `${tried.name}: ${finding.kind}`);
            }
          });
          assert.ok(steps > 3);
        }
      }
    });
  }
});

const nameOf = (finding: Finding): string =>
  finding.kind === 'index-damaged'
    ? finding.index
    : finding.kind === 'snapshot-damaged'
      ? finding.snapshot
      : '';
