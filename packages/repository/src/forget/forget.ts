import { isFailure, mapOrdered } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import { emptyPolicy, removesAll } from '../failures.ts';
import type { OpenRepository } from '../repository.ts';
import { deviceOf, removeSnapshot, type SnapshotEntry } from '../snapshots.ts';
import { applyPolicy, type ForgetPolicy, isEmptyPolicy, type KeptSnapshot } from './keep.ts';

/** What to do with the snapshots of one device, or of one of restic's groups; both lists newest first. */
export interface ForgetGroup {
  /** For people: the device's newest name; for snapshots without a device, host and paths. */
  readonly name: string;
  /** The device's id, where the snapshots say one. */
  readonly device: string | undefined;
  readonly keep: readonly KeptSnapshot[];
  readonly remove: readonly SnapshotEntry[];
}

/** Which snapshots to remove. */
export interface ForgetPlan {
  readonly groups: readonly ForgetGroup[];
}

/** How a plan is made. */
export interface ForgetOptions {
  /** A device may lose its last snapshot; otherwise such a plan is refused. */
  readonly allowRemoveAll?: boolean;
}

const MOST_REMOVALS = 8;

/** Snapshots that were asked for by name are kept for no other reason than not being named. */
const NOT_NAMED = 'not chosen';

/**
 * What a policy keeps of each group. Snapshots are grouped by the device they are of; those without one, by host and
 * paths, as restic does.
 *
 * Fails with `repository/empty-policy` for a policy that would keep nothing at all, and with `repository/removes-all`
 * when a group would lose its last snapshot, unless that is allowed.
 */
export function planForget(
  entries: readonly SnapshotEntry[],
  policy: ForgetPolicy,
  now: Temporal.Instant,
  options: ForgetOptions = {},
): ForgetPlan {
  if (isEmptyPolicy(policy)) throw emptyPolicy();
  return planGroups(entries, (group) => applyPolicy(group, policy, now), options);
}

/** The plan that removes exactly these snapshots. Fails with `repository/removes-all` as `planForget` does. */
export function planForgetOf(
  entries: readonly SnapshotEntry[],
  ids: ReadonlySet<Id>,
  options: ForgetOptions = {},
): ForgetPlan {
  const choose = (group: readonly SnapshotEntry[]): Pick<ForgetGroup, 'keep' | 'remove'> => ({
    keep: group.filter(({ id }) => !ids.has(id)).map((entry) => ({ entry, reasons: [NOT_NAMED] })),
    remove: group.filter(({ id }) => ids.has(id)),
  });
  return planGroups(entries, choose, options);
}

/**
 * Removes the plan's snapshots and gives the ids of those that were still there. The caller holds an exclusive lock.
 *
 * Their blobs stay until they are pruned. An abort or a failure leaves some removed and some not, none in between.
 */
export async function forget(
  repository: OpenRepository,
  plan: ForgetPlan,
  signal?: AbortSignal,
): Promise<Id[]> {
  const removed: Id[] = [];
  const remove = async ({ id }: SnapshotEntry, stop: AbortSignal): Promise<void> => {
    stop.throwIfAborted();
    try {
      await removeSnapshot(repository, id, stop);
      removed.push(id);
    } catch (error) {
      if (!isFailure(error, 'store/missing')) throw error;
    }
  };
  const all = plan.groups.flatMap((group) => group.remove);
  for await (const _ of mapOrdered(all, MOST_REMOVALS, remove, signal));
  return removed;
}

function planGroups(
  entries: readonly SnapshotEntry[],
  choose: (newestFirst: readonly SnapshotEntry[]) => Pick<ForgetGroup, 'keep' | 'remove'>,
  { allowRemoveAll = false }: ForgetOptions,
): ForgetPlan {
  const byGroup = Map.groupBy(entries.toSorted(newestFirst), groupKey);
  const groups = [...byGroup.values()].map((group) => ({ ...describeGroup(group), ...choose(group) }));
  const losers = groups.filter(({ keep }) => keep.length === 0).map(({ name }) => name);
  if (losers.length > 0 && !allowRemoveAll) throw removesAll(losers);
  return { groups: groups.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) };
}

function groupKey({ snapshot }: SnapshotEntry): string {
  const { id, name } = deviceOf(snapshot);
  return JSON.stringify(id === undefined ? { name, paths: snapshot.paths.toSorted() } : { id });
}

function describeGroup([newest]: readonly SnapshotEntry[]): Pick<ForgetGroup, 'name' | 'device'> {
  if (newest === undefined) return { name: '', device: undefined };
  const { id, name } = deviceOf(newest.snapshot);
  const paths = newest.snapshot.paths.toSorted().join(' ');
  return { name: id === undefined && paths !== '/' ? `${name}:${paths}` : name, device: id };
}

const newestFirst = (a: SnapshotEntry, b: SnapshotEntry): number =>
  a.timeNs === b.timeNs ? (a.id < b.id ? -1 : 1) : a.timeNs > b.timeNs ? -1 : 1;
