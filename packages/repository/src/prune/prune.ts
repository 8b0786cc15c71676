import { rewriteIndexes } from '../index-files/rewrite-indexes.ts';
import { entriesOf, groupByPack } from '../index-table/pack-groups.ts';
import type { IndexedRepository } from '../load-index.ts';
import { assertUnchanged } from '../made-from.ts';
import { removePacks } from '../rewrite/remove-packs.ts';
import { type BlobsToResave, resaveBlobs } from '../rewrite/resave-blobs.ts';
import type { PackRewrite, PrunePlan } from './plan-prune.ts';

/** How far a prune is. Phases come in this order; those with nothing to do are left out. */
export interface PruneProgress {
  readonly phase: 'unlisted' | 'rewrite' | 'index' | 'remove';
  /** Packs; of `index`, 1 once the index files are those that are wanted. */
  readonly done: number;
  readonly total: number;
}

/**
 * Carries a plan out. Unlisted packs go first, since their room may be needed; then used blobs are saved in new packs, which
 * are proved; then the index files are rewritten; and only then the old packs go.
 *
 * Interrupted anywhere, every snapshot is still whole, `check` finds no damage, and the next prune finishes the job. Fails
 * with `repository/plan-outdated` when index files or snapshots came or went since, and changes nothing then. What stops
 * it half-way besides: `repository/damaged` for a used blob of which no whole copy is left, before anything used goes.
 *
 * The caller holds the exclusive lock under which the plan was made. Afterwards the repository's `index` is out of date.
 */
export async function* prune(
  repository: IndexedRepository,
  plan: PrunePlan,
  signal?: AbortSignal,
): AsyncGenerator<PruneProgress, void, undefined> {
  const { store } = repository;
  await assertUnchanged(repository, plan.madeFrom, signal);
  const rewrite = plan.rewrite.map(({ pack }) => pack);
  const remove = [...plan.remove, ...rewrite];
  yield* counted('unlisted', plan.removeUnlisted.length, removePacks(store, plan.removeUnlisted, signal));
  if (rewrite.length > 0) {
    const blobs = blobsToKeep(repository, plan.rewrite);
    const sealedBytes = plan.rewrite.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const { alwaysCompress } = plan;
    const resaving = resaveBlobs(repository, blobs, {
      sealedBytes,
      alwaysCompress,
      ...(signal && { signal }),
    });
    yield* counted('rewrite', rewrite.length, resaving);
  }
  const drop = new Set([...remove, ...plan.dropMissing]);
  if (drop.size > 0) {
    yield { phase: 'index', done: 0, total: 1 };
    await rewriteIndexes(repository, { drop }, signal);
    yield { phase: 'index', done: 1, total: 1 };
  }
  yield* counted('remove', remove.length, removePacks(store, remove, signal));
}

async function* counted(
  phase: PruneProgress['phase'],
  total: number,
  steps: AsyncIterable<unknown>,
): AsyncGenerator<PruneProgress, void, undefined> {
  let done = 0;
  for await (const _ of steps) yield { phase, done: ++done, total };
}

function* blobsToKeep(
  { index }: IndexedRepository,
  rewrite: readonly PackRewrite[],
): Generator<BlobsToResave> {
  const groups = groupByPack(index);
  const numbers = new Map(index.packs.map((pack, number) => [pack, number]));
  for (const { pack, offsets } of rewrite) {
    const isKept = new Set(offsets);
    const entries = entriesOf(index, groups, numbers.get(pack) ?? 0);
    yield { pack, entries: entries.filter(({ offset }) => isKept.has(offset)) };
  }
}
