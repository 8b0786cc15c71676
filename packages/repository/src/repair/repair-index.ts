import { type Id, type IndexPack, shortId } from '@holdfast/restic-format';
import { damaged } from '../failures.ts';
import { rewriteIndexes } from '../index-files/rewrite-indexes.ts';
import { entriesOf, groupByPack } from '../index-table/pack-groups.ts';
import type { IndexedRepository } from '../load-index.ts';
import { assertUnchanged } from '../made-from.ts';
import { resaveBlobs } from '../rewrite/resave-blobs.ts';
import { isIndexRight, type RepairIndexPlan } from './plan-repair-index.ts';
import { readPackHeader } from './read-pack-header.ts';

/** How far a repair of packs or of the index is. Phases with nothing to do are left out. */
export interface RepairProgress {
  readonly phase: 'salvage' | 'index' | 'remove';
  /** Packs; of `index`, 1 once the index files are those that are wanted. */
  readonly done: number;
  readonly total: number;
}

/**
 * Carries a plan out: saves again what opens of packs without a header, lists what is to be listed, and removes the index
 * files that are wrong or cannot be read. No pack is removed: that is for `prune`.
 *
 * Interrupted anywhere, it can be planned and run again. Fails with `repository/plan-outdated` when index files or
 * snapshots came or went since. The caller holds the exclusive lock under which the plan was made. Afterwards the
 * repository's `index` is out of date.
 */
export async function* repairIndex(
  repository: IndexedRepository,
  plan: RepairIndexPlan,
  signal?: AbortSignal,
): AsyncGenerator<RepairProgress, void, undefined> {
  await assertUnchanged(repository, plan.madeFrom, signal);
  if (isIndexRight(plan)) return;
  yield* salvage(repository, plan, signal);
  const drop = new Set([
    ...plan.missing.map(({ pack }) => pack),
    ...plan.relist.map(({ pack }) => pack),
    ...plan.salvage.map(({ pack }) => pack),
  ]);
  yield { phase: 'index', done: 0, total: 1 };
  const add = headersOf(repository, plan, signal);
  await rewriteIndexes(repository, { drop, add, obsolete: plan.unreadable }, signal);
  yield { phase: 'index', done: 1, total: 1 };
}

async function* salvage(
  repository: IndexedRepository,
  { salvage: exams }: RepairIndexPlan,
  signal?: AbortSignal,
): AsyncGenerator<RepairProgress, void, undefined> {
  if (exams.length === 0) return;
  const { index } = repository;
  const groups = groupByPack(index);
  const numbers = new Map(index.packs.map((pack, number) => [pack, number]));
  const packs = exams.map(({ pack, lost }) => ({
    pack,
    entries: entriesOf(index, groups, numbers.get(pack) ?? 0),
    mayBeLost: new Set(lost.map(({ id }) => id)),
  }));
  let done = 0;
  for await (const _ of resaveBlobs(repository, packs, { ...(signal && { signal }) })) {
    yield { phase: 'salvage', done: ++done, total: packs.length };
  }
}

/** Read again: what the plan saw may be thousands of packs, and a plan is to be small. */
async function* headersOf(
  repository: IndexedRepository,
  { relist }: RepairIndexPlan,
  signal?: AbortSignal,
): AsyncGenerator<IndexPack, void, undefined> {
  for (const { pack, sizeBytes } of relist) yield await headerOf(repository, pack, sizeBytes, signal);
}

async function headerOf(
  repository: IndexedRepository,
  pack: Id,
  sizeBytes: number,
  signal?: AbortSignal,
): Promise<IndexPack> {
  const blobs = await readPackHeader(repository, pack, sizeBytes, signal);
  if (blobs === undefined) throw damaged(`the header of pack ${shortId(pack)}`, 'holdfast repair index');
  return { id: pack, blobs };
}
