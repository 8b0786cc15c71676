import { isFailure } from '@holdfast/kernel';
import { decodeUnpacked, type Id, idOf, parseSnapshot } from '@holdfast/restic-format';
import { noSnapshot } from '../failures.ts';
import { readIndexFiles } from '../index-files/read-index-files.ts';
import type { IndexedRepository } from '../load-index.ts';
import { filesNow, type MadeFrom } from '../made-from.ts';
import { listSnapshots, type SnapshotEntry } from '../snapshots.ts';
import { type Loss, TreeRewriter } from './tree-rewriter.ts';

/** How a plan is made. */
export interface RepairSnapshotsOptions {
  /** Whole ids; default: all snapshots. */
  readonly snapshots?: readonly Id[];
  /** Removes the snapshots that are replaced, and those of which nothing can be saved; default: they stay. */
  readonly forget?: boolean;
}

/** A snapshot that can be had again, without what is lost. */
export interface SnapshotRepair {
  readonly snapshot: Id;
  /** The same as before where only the trees themselves have to be saved again. */
  readonly newTree: Id;
  /** A snapshot that an earlier repair made and that is what this one would make. */
  readonly repairedBefore: Id | undefined;
  /** Never empty, unless nothing is lost and only trees have to be saved again. */
  readonly losses: readonly Loss[];
}

/** What `repairSnapshots` would do, as data. */
export interface RepairSnapshotsPlan {
  readonly madeFrom: MadeFrom;
  readonly forget: boolean;
  readonly repairs: readonly SnapshotRepair[];
  /** Snapshot files that are whole under a wrong name: they get their right one, `snapshot`. */
  readonly misnamed: readonly { readonly file: Id; readonly snapshot: Id }[];
  /** Snapshots of which nothing can be saved: the file cannot be read, or its root folder is lost. They go with `forget`. */
  readonly hopeless: readonly { readonly snapshot: Id; readonly reason: 'unreadable' | 'root-lost' }[];
}

/** A snapshot with a hostile size is refused. */
const LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * Walks the snapshots and finds what they have lost: folders whose tree cannot be read, content that no pack has. Run
 * `repair index`, and `repair packs` for packs that `check --read-data` found damaged, before: what they find again is
 * not lost.
 *
 * For an index loaded with `tolerate`; fails with `repository/damaged` while an index file cannot be read, and with
 * `repository/no-snapshot`. Changes nothing; the caller holds an exclusive lock until the plan is carried out.
 */
export async function planRepairSnapshots(
  repository: IndexedRepository,
  { snapshots, forget = false }: RepairSnapshotsOptions = {},
  signal?: AbortSignal,
): Promise<RepairSnapshotsPlan> {
  const madeFrom = await filesNow(repository, signal);
  for await (const file of readIndexFiles(repository, signal)) {
    if (file.kind === 'unreadable') throw file.failure;
    repository.index.addColumns(file.columns);
  }
  const { entries, unreadable } = await listSnapshots(repository, {
    tolerate: true,
    ...(signal && { signal }),
  });
  const isAsked = chooser(snapshots, madeFrom.snapshots);
  let saves = 0;
  const rewriter = new TreeRewriter(repository, async (bytes) => {
    saves += 1;
    return idOf(bytes);
  });
  const repairs: SnapshotRepair[] = [];
  const misnamed: RepairSnapshotsPlan['misnamed'][number][] = [];
  const hopeless: RepairSnapshotsPlan['hopeless'][number][] = [];
  for (const { name } of unreadable.filter(({ name: id }) => isAsked(id))) {
    const snapshot = await rightName(repository, name, signal);
    if (snapshot === undefined) hopeless.push({ snapshot: name, reason: 'unreadable' });
    else misnamed.push({ file: name, snapshot });
  }
  for (const entry of entries.filter(({ id }) => isAsked(id))) {
    const losses: Loss[] = [];
    const before = saves;
    const newTree = await rewriter.rewrite(entry.snapshot.tree, '', (loss) => losses.push(loss), signal);
    if (newTree === undefined) hopeless.push({ snapshot: entry.id, reason: 'root-lost' });
    else if (saves > before) repairs.push(planOne(entry, newTree, losses, entries));
  }
  return { madeFrom, forget, repairs, misnamed, hopeless };
}

/** True when carrying the plan out changes nothing. */
export function areSnapshotsWhole({ repairs, misnamed, hopeless, forget }: RepairSnapshotsPlan): boolean {
  const isDone = ({ repairedBefore }: SnapshotRepair): boolean => !forget && repairedBefore !== undefined;
  return repairs.every(isDone) && misnamed.length === 0 && (!forget || hopeless.length === 0);
}

function planOne(
  { id }: SnapshotEntry,
  newTree: Id,
  losses: readonly Loss[],
  entries: readonly SnapshotEntry[],
): SnapshotRepair {
  const before = entries.find(({ snapshot }) => snapshot.original === id && snapshot.tree === newTree);
  return { snapshot: id, newTree, repairedBefore: before?.id, losses };
}

function chooser(snapshots: readonly Id[] | undefined, there: readonly Id[]): (id: Id) => boolean {
  if (snapshots === undefined) return () => true;
  const asked = new Set(snapshots);
  const known = new Set(there);
  for (const id of asked) if (!known.has(id)) throw noSnapshot(id);
  return (id) => asked.has(id);
}

/** The name that a snapshot file should have, if that is all that is wrong with it. */
async function rightName(
  { store, sealer }: IndexedRepository,
  name: Id,
  signal?: AbortSignal,
): Promise<Id | undefined> {
  try {
    const options = { limitBytes: LIMIT_BYTES, ...(signal && { signal }) };
    const bytes = await store.get({ kind: 'snapshot', name }, options);
    parseSnapshot(decodeUnpacked(sealer.open(bytes), LIMIT_BYTES));
    const right = idOf(bytes);
    return right === name ? undefined : right;
  } catch (error) {
    if (isFailure(error) && error.code.startsWith('restic-format/')) return undefined;
    throw error;
  }
}
