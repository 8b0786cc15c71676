import type { ItemType } from '@holdfast/contract';
import type { RestorePlan, Selection } from '@holdfast/contract/api';
import type { RestorePlan as FolderPlan } from '@holdfast/engine';
import { freeBytes, type GiveBackPlan, type GiveBackRequest, type Host, planGiveBack } from '@holdfast/home';
import { findSnapshot } from '@holdfast/repository';
import { conflict } from '../failures.ts';
import type { Reader } from '../reading/reading-room.ts';
import { notesOf } from './plan-words.ts';
import type { Asked, Plans } from './plans.ts';
import { sortPlan } from './sort-plan.ts';
import { type OpenDevice, openTarget } from './target.ts';

/** What a selection of a backup's contents means to a restore: nothing where there are neither paths nor types. */
interface Resolved {
  readonly paths: readonly string[];
  readonly types?: readonly ItemType[] | undefined;
  /** How many records files have that are meant whole, by path. */
  readonly recordsIn?: Iterable<readonly [string, number]> | undefined;
}

/** What giving back needs. */
export interface RestoreDeps {
  readonly host: Host;
  readonly plans: Plans;
  readonly openDevice: OpenDevice;
  readonly read: (signal: AbortSignal) => Promise<Reader>;
  readonly resolve: (
    backup: string,
    selection: Selection,
    options: { readonly inTypes: boolean },
    signal: AbortSignal,
  ) => Promise<Resolved>;
}

/** What is asked for, validated. */
export type RestoreAsked = Pick<Asked, 'backup' | 'to' | 'conflict'> & { readonly selection: Selection };

/** Plans what giving back would do, and keeps the plan. Nothing is written. */
export async function planRestore(
  { selection, ...wanted }: RestoreAsked,
  deps: RestoreDeps,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const isFolder = wanted.to.kind === 'folder';
  await using target = await openTarget(wanted.to, deps, signal);
  const resolved = await deps.resolve(wanted.backup, selection, { inTypes: !isFolder }, signal);
  // To a restore, no path is everything.
  if (resolved.paths.length === 0 && (resolved.types ?? []).length === 0)
    throw conflict('Nothing of this backup is ticked', 'Tick what you want to have back.');
  await using reader = await deps.read(signal);
  const request = await requestOf({ ...wanted, ...resolved }, reader);
  const options = { create: false, signal: reader.signal };
  const plan = await planGiveBack(deps.host, reader.repository, request, target.to, options);
  const { items, counts, byType } = await sortPlan(plan, reader.signal);
  const asked: Asked = {
    ...wanted,
    paths: [...resolved.paths],
    ...(resolved.types && { types: [...resolved.types] }),
    ...(resolved.recordsIn && { recordsIn: Array.from(resolved.recordsIn, ([path, n]) => [path, n]) }),
    target: plan.target,
    replaces: plan.replaced,
  };
  return {
    plan: deps.plans.keep(asked, items),
    target: plan.target,
    items: plan.items,
    ...(plan.kind === 'folder' && { files: filesOf(plan.plan) }),
    writeBytes: plan.writeBytes,
    counts,
    byType,
    notes: [...notesOf(plan, await roomFor(plan))],
  };
}

/** Room on the drive of a folder, also of one that is yet to be made; of a phone its plan knows. */
const roomFor = async ({ kind, sink, target }: GiveBackPlan): Promise<number | undefined> =>
  kind === 'folder' ? (sink.freeBytes() ?? (await freeBytes(target))) : undefined;

const filesOf = ({ files, links, excerpts }: FolderPlan): number =>
  files.length + links.length + excerpts.length;

/** What is asked of `home`, for a backup as it is now. Fails with `repository/…` when it is gone. */
export async function requestOf(
  {
    backup,
    paths,
    types,
    recordsIn,
    partOf,
    conflict: onConflict,
  }: Pick<Asked, 'backup' | 'conflict' | 'partOf'> & Resolved,
  { repository, signal }: Reader,
): Promise<GiveBackRequest> {
  const { snapshot } = await findSnapshot(repository, backup, signal);
  return {
    tree: snapshot.tree,
    paths,
    ...(types && { types }),
    ...(recordsIn && { recordsIn: new Map(recordsIn) }),
    conflict: onConflict,
    keepsFolders: true,
    ...(partOf && { partOf }),
  };
}
