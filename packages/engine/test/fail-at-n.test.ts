import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { type Finding, isDamage, type OpenRepository } from '@holdfast/repository';
import { onStore } from '@holdfast/repository/testing';
import { type FaultMode, type FaultPlan, failFrom, failOnce, faulty } from '@holdfast/store/testing';
import { seededRandom, type TemporaryFolder, temporaryFolder } from '@holdfast/testkit';
import { copyStore } from '@holdfast/testkit/repository';
import {
  differences,
  findingsOf,
  lookAt,
  newRepository,
  runBackup,
  runRestore,
  sourceOf,
} from '../test-setup/runs.ts';

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

/** `torn`: first digits of a file that a store without atomic puts left half-written: check may tell of it, and of nothing else. */
async function assertWhole(
  prepared: Prepared,
  repository: OpenRepository,
  torn: string | undefined,
  told: string,
): Promise<void> {
  const isTorn = (finding: Finding): boolean =>
    torn !== undefined && Object.values(finding).some((value) => String(value).startsWith(torn));
  const damage = (await findingsOf(repository)).filter((finding) => isDamage(finding) && !isTorn(finding));
  assert.deepEqual(damage, [], told);
  await using to = await temporaryFolder();
  await runRestore(repository, to.path, { snapshot: prepared.snapshot, paths: ['files/from'] });
  assert.deepEqual(differences(prepared.original, lookAt(`${to.path}/from`)), [], told);
}

/** A backup on a store that fails at its nth operation; gives what failed, nothing once there were fewer operations. */
async function backUpWithFault(
  prepared: Prepared,
  from: string,
  plan: FaultPlan,
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
  const torn = store.faults.map((fault) => /half put \w+ ([0-9a-f]{8})/.exec(fault)?.[1]).find(Boolean);
  await assertWhole(prepared, repository, torn, told);
  if (store.faults.length === 0) assert.match(ended, /^saved/);
  // A torn file is to be repaired first; otherwise the next run ends, and what it saved is whole.
  if (torn !== undefined) return store.faults;
  const { summary } = await runBackup(repository, await sourceOf(from));
  assert.equal(summary.balance.verified, summary.balance.found, told);
  await using to = await temporaryFolder();
  await runRestore(repository, to.path, { snapshot: summary.snapshot ?? '', paths: ['files/from'] });
  assert.deepEqual(differences(lookAt(from), lookAt(`${to.path}/from`)), [], told);
  return store.faults;
}

for (const mode of ['before', 'after', 'half'] satisfies FaultMode[]) {
  for (const [name, planOf] of Object.entries({ once: failOnce, 'from then on': failFrom })) {
    test(`it leaves the repository whole whichever operation fails (${mode}, ${name})`, async () => {
      await using folder = await temporaryFolder();
      const prepared = await prepare(folder);
      let n = 1;
      while ((await backUpWithFault(prepared, `${folder.path}/from`, planOf(n, mode))).length > 0) n += 1;
      assert.ok(n > 10, `only ${n} operations`);
    });
  }
}
