/**
 * A restic repository on a store: blobs, snapshots, locks, keys, check, forget, prune and repair, with worker threads for what
 * costs time. It knows nothing of devices and runs, prints nothing, and never removes anything but what a plan names.
 *
 * ```ts
 * const opened = await openRepository(store, password, surroundings);
 * await using repository = await loadIndex(opened);
 * const saver = new BlobSaver(repository, { signal });
 * const saved = await saver.saveFile('/home/me/photo.jpg', sizeBytes);
 * await saver.finish(); // now it is proved
 * ```
 */

export type { BlobReader } from './blob-reader.ts';
export { type CheckOptions, check } from './check/check.ts';
export type { ReadData } from './check/choose-packs.ts';
export { describeFinding } from './check/describe-finding.ts';
export { type EarlyPacks, readPacksEarly } from './check/early-packs.ts';
export type { CheckEvent, CheckProgress, Finding } from './check/finding.ts';
export { isDamage, repairsFor, repairsForAll } from './check/repairs.ts';
export { REPOSITORY_FAILURES } from './failures.ts';
export { formatDuration, parseDuration } from './forget/duration.ts';
export {
  type ForgetGroup,
  type ForgetOptions,
  type ForgetPlan,
  forget,
  planForget,
  planForgetOf,
} from './forget/forget.ts';
export type { ForgetPolicy, KeptSnapshot } from './forget/keep.ts';
export { addKey, changePassword, type KeyEntry, listKeys, removeKey } from './keys.ts';
export {
  type IndexedRepository,
  indexFilesNow,
  type LoadIndexOptions,
  loadIndex,
  packsGone,
} from './load-index.ts';
export { acquireLock, type LockOptions } from './locks/acquire-lock.ts';
export {
  type FoundLocks,
  type IsProcessAlive,
  type LockEntry,
  type LockState,
  listLocks,
} from './locks/found-locks.ts';
export type { HeldLock } from './locks/held-lock.ts';
export { planUnlock, unlock } from './locks/unlock.ts';
export type { PruneLimits } from './prune/decide-packs.ts';
export { type BlobTotal, type PackRewrite, type PrunePlan, planPrune } from './prune/plan-prune.ts';
export { type PruneProgress, prune } from './prune/prune.ts';
export { adoptPacks } from './repair/adopt-packs.ts';
export type { LostBlob, PackExam } from './repair/examine-pack.ts';
export {
  isIndexRight,
  planRepairIndex,
  type RelistReason,
  type RepairIndexPlan,
} from './repair/plan-repair-index.ts';
export {
  areSnapshotsWhole,
  planRepairSnapshots,
  type RepairSnapshotsOptions,
  type RepairSnapshotsPlan,
  type SnapshotRepair,
} from './repair/plan-repair-snapshots.ts';
export { repairConfig } from './repair/repair-config.ts';
export { type RepairProgress, repairIndex } from './repair/repair-index.ts';
export { planRepairPacks, type RepairPacksPlan, repairPacks } from './repair/repair-packs.ts';
export { repairSnapshots, type SnapshotRepairEvent } from './repair/repair-snapshots.ts';
export type { Loss } from './repair/tree-rewriter.ts';
export {
  createRepository,
  type Identity,
  isThere,
  type OpenRepository,
  openRepository,
  type Surroundings,
} from './repository.ts';
export { ContentTable } from './restore/content-table.ts';
export {
  type ContentJob,
  type ContentOutcome,
  type FileOutcome,
  writeContents,
} from './restore/content-writer.ts';
export { proveContents } from './restore/prove-contents.ts';
export { hashContent, readContent } from './restore/read-content.ts';
export { BlobSaver, type SavedContent, type SavedCounts } from './save/blob-saver.ts';
export { type KeptCounts, type Verify } from './save/pack-keeper.ts';
export {
  deviceOf,
  findSnapshot,
  listSnapshots,
  removeSnapshot,
  type SnapshotDevice,
  type SnapshotEntry,
  type SnapshotList,
  saveSnapshot,
} from './snapshots.ts';
export { type CountedSnapshot, type Stats, type StatsMode, stats } from './stats/stats.ts';
export { type TreeHome, type WalkedTree, type WalkRoot, walkTrees } from './trees/walk-trees.ts';
export type { FileFacts } from './workers/jobs.ts';
