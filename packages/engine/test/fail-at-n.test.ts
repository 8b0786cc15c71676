import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { type Finding, type OpenRepository, repairsForAll } from '@holdfast/repository';
import { onStore } from '@holdfast/repository/testing';
import { type FaultMode, type FaultPlan, failFrom, failOnce, faulty } from '@holdfast/store/testing';
import { differences, lookAt, seededRandom, type TemporaryFolder, temporaryFolder } from '@holdfast/testkit';
import { copyStore, repairAsAdvised, runRepair } from '@holdfast/testkit/repository';
import { findingsOf, newRepository, runBackup, runRestore, sourceOf } from '../test-setup/runs.ts';

interface Prepared {
  readonly repository: OpenRepository;
  readonly snapshot: string;
  readonly original: ReturnType<typeof lookAt>;
}

/** A repository with a whole backup, and a folder that has changed since. */
async function prepare(folder: TemporaryFolder): Promise<Prepared> {
  const from = `${folder.path}/from`;
  mkdirSync(`${from}/d/e`, { recursive: true });
  writeFileSync(`${from}/a`, 'one');
  writeFileSync(`${from}/d/b`, seededRandom(1)(50_000));
  const repository = await newRepository();
  const { summary } = await runBackup(repository, await sourceOf(from));
  const original = lookAt(from);
  writeFileSync(`${from}/a`, 'one, changed');
  writeFileSync(`${from}/d/e/new`, seededRandom(2)(50_000));
  return { repository, snapshot: summary.snapshot ?? '', original };
}

/** How a file that a store without atomic puts left half-written is told of, and the one command that undoes it. */
const TORN: Readonly<Record<string, { readonly finding: Finding['kind']; readonly repair?: string }>> = {
  lock: { finding: 'lock-damaged', repair: 'holdfast unlock --all' },
  index: { finding: 'index-damaged', repair: 'holdfast repair index' },
  snapshot: { finding: 'snapshot-damaged', repair: 'holdfast repair snapshots --forget' },
  // No index file lists it: it takes room, until a prune, and does no harm.
  pack: { finding: 'pack-unlisted' },
};

/** What a planned fault left half-written. */
function tornBy(faults: readonly string[]): { kind: string; name: string } | undefined {
  for (const fault of faults) {
    const [, kind, name] = /half put (\w+) ([0-9a-f]{8})/.exec(fault) ?? [];
    if (kind !== undefined && name !== undefined) return { kind, name };
  }
  return undefined;
}

const names = (finding: Finding, name: string): boolean =>
  Object.values(finding).some((value) => String(value).startsWith(name));

/** Check tells of the torn file by its name, with its command, and of no other damage. */
async function assertToldOf(
  torn: { kind: string; name: string } | undefined,
  repository: OpenRepository,
  told: string,
): Promise<void> {
  const findings = await findingsOf(repository);
  const about = findings.filter((finding) => torn !== undefined && names(finding, torn.name));
  const expected = torn && TORN[torn.kind];
  assert.deepEqual(
    about.map(({ kind }) => kind),
    expected === undefined ? [] : [expected.finding],
    told,
  );
  assert.deepEqual(
    repairsForAll(findings),
    expected?.repair === undefined ? [] : [expected.repair],
    `${told}: ${findings.map(({ kind }) => kind).join()}`,
  );
}

async function assertRestores(
  repository: OpenRepository,
  snapshot: string,
  original: ReturnType<typeof lookAt>,
  told: string,
): Promise<void> {
  await using to = await temporaryFolder();
  await runRestore(repository, to.path, { snapshot, paths: ['files/from'] });
  assert.deepEqual(differences(original, lookAt(`${to.path}/from`)), [], told);
}

/**
 * A backup on a store that fails at its nth operation, and what it leaves; where it `goesOn`, the next run and the repair
 * too. Gives what failed, nothing once there were fewer operations.
 */
async function backUpWithFault(
  prepared: Prepared,
  from: string,
  plan: FaultPlan,
  goesOn: boolean,
): Promise<readonly string[]> {
  const bare = await copyStore(prepared.repository.store);
  const store = faulty(bare, plan);
  let ended: string;
  try {
    const { summary } = await runBackup(onStore(prepared.repository, store), await sourceOf(from));
    ended = `saved ${summary.snapshot}`;
  } catch (error) {
    if (!isFailure(error)) throw error;
    ended = `${error.code}: ${error.message}`;
  }
  const told = `${store.faults.join(', ')} → ${ended}`;
  const repository = onStore(prepared.repository, bare);
  const torn = tornBy(store.faults);
  await assertToldOf(torn, repository, told);
  await assertRestores(repository, prepared.snapshot, prepared.original, told);
  if (store.faults.length === 0) assert.match(ended, /^saved/);
  if (!goesOn) return store.faults;

  // Nothing of this keeps the next run from ending, and what it saves is whole, before and after the repair.
  const { summary } = await runBackup(repository, await sourceOf(from));
  assert.equal(summary.balance.verified, summary.balance.found, told);
  await assertToldOf(torn, repository, `${told}, then the next run`);
  await assertRestores(repository, summary.snapshot ?? '', lookAt(from), told);
  await repairAsAdvised(repository, { threads: 0 });
  await runRepair('holdfast prune', repository, { threads: 0 });
  assert.deepEqual(await findingsOf(repository), [], `${told}, then the repair`);
  await assertRestores(repository, prepared.snapshot, prepared.original, told);
  await assertRestores(repository, summary.snapshot ?? '', lookAt(from), told);
  return store.faults;
}

for (const [name, planOf] of Object.entries({ once: failOnce, 'from then on': failFrom })) {
  for (const mode of ['before', 'after', 'half'] satisfies FaultMode[]) {
    test(`it leaves the repository whole whichever operation fails (${mode}, ${name})`, async () => {
      await using folder = await temporaryFolder();
      const prepared = await prepare(folder);
      const torn = new Set<string>();
      let n = 1;
      for (;;) {
        // What is torn is always gone on from; otherwise each operation in one of the two other ways, by turns.
        const goesOn = mode === 'half' || (mode === 'before') === (n % 2 === 0);
        const faults = await backUpWithFault(prepared, `${folder.path}/from`, planOf(n, mode), goesOn);
        if (faults.length === 0) break;
        torn.add(tornBy(faults)?.kind ?? 'nothing');
        n += 1;
      }
      assert.ok(n > 10, `only ${n} operations`);
      if (mode === 'half')
        assert.deepEqual([...torn].sort(), ['index', 'lock', 'nothing', 'pack', 'snapshot']);
    });
  }
}
