import { isFailure } from '@holdfast/kernel';
import { type Id, type Snapshot, shortId } from '@holdfast/restic-format';
import { damaged } from '../failures.ts';
import { BlobIndex } from '../index-table/blob-index.ts';
import type { IndexedRepository } from '../load-index.ts';
import { assertUnchanged } from '../made-from.ts';
import { seedFrom } from '../rewrite/resave-blobs.ts';
import { BlobSaver } from '../save/blob-saver.ts';
import { loadSnapshot, removeSnapshot, saveSnapshot } from '../snapshots.ts';
import type { RepairSnapshotsPlan, SnapshotRepair } from './plan-repair-snapshots.ts';
import { type Loss, TreeRewriter } from './tree-rewriter.ts';

/** What a repair of snapshots did. */
export type SnapshotRepairEvent =
  /** Told of every path and snapshot, before the snapshot is replaced. */
  | { readonly kind: 'lost'; readonly snapshot: Id; readonly loss: Loss }
  | { readonly kind: 'saved'; readonly snapshot: Id; readonly newSnapshot: Id }
  /** A whole snapshot got its right name. */
  | { readonly kind: 'renamed'; readonly file: Id; readonly snapshot: Id }
  | { readonly kind: 'removed'; readonly snapshot: Id };

/** What restic, too, marks the snapshots with that it repairs and keeps the old ones of. */
const REPAIRED = 'repaired';

/**
 * Carries a plan out: new trees first, proved and listed; then new snapshots, which name the old ones as `original`; and
 * last, if the plan forgets, the old ones go. Every path that lost something is told.
 *
 * Interrupted anywhere, no snapshot is gone that has not been replaced, and it can be planned and run again. Fails with
 * `repository/plan-outdated` when index files or snapshots came or went since. The caller holds the exclusive lock under
 * which the plan was made. Afterwards the repository's `index` is out of date.
 */
export async function* repairSnapshots(
  repository: IndexedRepository,
  plan: RepairSnapshotsPlan,
  signal?: AbortSignal,
): AsyncGenerator<SnapshotRepairEvent, void, undefined> {
  await assertUnchanged(repository, plan.madeFrom, signal);
  for (const { file, snapshot } of plan.misnamed) {
    await rename(repository, file, snapshot, signal);
    yield { kind: 'renamed', file, snapshot };
  }
  const wanted = plan.repairs.filter(({ repairedBefore }) => repairedBefore === undefined);
  if (wanted.length > 0) yield* saveTrees(repository, wanted, signal);
  const replaced: Id[] = [];
  for (const repair of plan.repairs) {
    const { snapshot, repairedBefore } = repair;
    const { snapshot: old } = await loadSnapshot(repository, snapshot, signal);
    if (repair.newTree === old.tree) continue;
    replaced.push(snapshot);
    if (repairedBefore !== undefined) continue;
    signal?.throwIfAborted();
    const newSnapshot = await saveSnapshot(repository, repaired(old, repair, plan.forget), signal);
    yield { kind: 'saved', snapshot, newSnapshot };
  }
  if (!plan.forget) return;
  for (const snapshot of [...replaced, ...plan.hopeless.map((hopeless) => hopeless.snapshot)]) {
    signal?.throwIfAborted();
    await removeIfThere(repository, snapshot, signal);
    yield { kind: 'removed', snapshot };
  }
}

async function* saveTrees(
  repository: IndexedRepository,
  repairs: readonly SnapshotRepair[],
  signal?: AbortSignal,
): AsyncGenerator<SnapshotRepairEvent, void, undefined> {
  // An index of its own: a tree that the repository's lists may be one that is damaged.
  const options = signal === undefined ? {} : { signal };
  const saver = new BlobSaver({ ...repository, index: new BlobIndex(seedFrom(repository)) }, options);
  const rewriter = new TreeRewriter(repository, (bytes) => saver.saveBlob('tree', bytes));
  let isFinished = false;
  try {
    for (const { snapshot, newTree } of repairs) {
      const { tree } = (await loadSnapshot(repository, snapshot, signal)).snapshot;
      const losses: Loss[] = [];
      const saved = await rewriter.rewrite(tree, '', (loss) => losses.push(loss), signal);
      if (saved !== newTree) throw damaged(`more of snapshot ${shortId(snapshot)}`, 'holdfast repair index');
      for (const loss of losses) yield { kind: 'lost', snapshot, loss };
    }
    await saver.finish();
    isFinished = true;
  } finally {
    // What has failed, or was left early, is known to the caller already.
    if (!isFinished) await saver.salvage().catch(() => undefined);
  }
}

function repaired(old: Snapshot, { snapshot, newTree }: SnapshotRepair, isReplaced: boolean): Snapshot {
  const { tags = [] } = old;
  const isMarked = isReplaced || tags.includes(REPAIRED);
  return { ...old, tree: newTree, original: snapshot, tags: isMarked ? tags : [...tags, REPAIRED] };
}

/** The same bytes under the name they should have: nothing is lost by removing the other. */
async function rename(
  repository: IndexedRepository,
  file: Id,
  snapshot: Id,
  signal?: AbortSignal,
): Promise<void> {
  const { store } = repository;
  const bytes = await store.get({ kind: 'snapshot', name: file }, signal && { signal });
  try {
    await store.put({ kind: 'snapshot', name: snapshot }, [bytes], signal);
  } catch (error) {
    if (!isFailure(error, 'store/exists')) throw error;
  }
  await loadSnapshot(repository, snapshot, signal);
  signal?.throwIfAborted();
  await removeIfThere(repository, file, signal);
}

async function removeIfThere(
  repository: IndexedRepository,
  snapshot: Id,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await removeSnapshot(repository, snapshot, signal);
  } catch (error) {
    if (!isFailure(error, 'store/missing')) throw error;
  }
}
