import type { ItemType } from '@holdfast/contract';
import type { DeviceSink, FolderSink } from '@holdfast/devices';
import type { AndroidPhone } from '@holdfast/devices/android';
import type { Conflict, DevicePlan, RestorePlan, SettledItem } from '@holdfast/engine';
import type { Clock } from '@holdfast/kernel';
import type { IndexedRepository } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import type { Host } from '#host.ts';

/** What of a backup is to be given back. */
export interface GiveBackRequest {
  /** The snapshot's tree. */
  readonly tree: Id;
  /** Of files, folders and records, from the backup's root; the empty list is everything. */
  readonly paths: readonly string[];
  /** To a phone only these; absent: all. */
  readonly types?: readonly ItemType[];
  /** Default `skip`: nothing that is there is ever changed. */
  readonly conflict?: Conflict;
  /** To a folder: in the folders that it has in the backup, as far as those differ; default: each path right below. */
  readonly keepsFolders?: boolean;
  /** What `paths` are some of, when they are to go where all of it went. */
  readonly partOf?: readonly string[];
  /** To a folder: how many records made files have, by path, so that items are counted by those; default: each file is one. To a phone they always are. */
  readonly recordsIn?: ReadonlyMap<string, number>;
}

/** Where it is to be given back to. A folder need not be there. */
export type GiveBackTo =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'phone'; readonly phone: AndroidPhone };

/** What is the same of both kinds of plan. */
interface Planned {
  /** A folder's path, or a phone's name. */
  readonly target: string;
  /** All that was chosen. */
  readonly items: number;
  /** Those of them with which nothing will be done, records too. */
  readonly settled: readonly SettledItem[];
  /** How many replace what is there, which cannot be undone. */
  readonly replaced: number;
  readonly writeBytes: number;
  readonly totalBytes: number;
}

/** What giving back will do: nothing is written before. Good with the repository it was made with. */
export type GiveBackPlan =
  | (Planned & { readonly kind: 'folder'; readonly plan: RestorePlan; readonly sink: FolderSink })
  | (Planned & {
      readonly kind: 'phone';
      readonly phone: AndroidPhone;
      readonly plan: DevicePlan;
      readonly sink: DeviceSink;
    });

/** How a target is looked at. */
interface PlanOptions {
  /** Its folder is made. */
  readonly create: boolean;
  readonly signal: AbortSignal;
}

/** Looks at the target and decides item by item. Fails with `engine/no-such-path`, and `adb/…` and `devices/…` where the target cannot be used. */
export function planGiveBack(
  { clock }: Pick<Host, 'clock'>,
  indexed: IndexedRepository,
  request: GiveBackRequest,
  to: GiveBackTo,
  options: PlanOptions,
): Promise<GiveBackPlan> {
  return to.kind === 'folder'
    ? planFolder(indexed, request, to.path, options)
    : planPhone(clock, indexed, request, to.phone, options);
}

/** As `planGiveBack`, for a folder. */
export async function planFolder(
  indexed: IndexedRepository,
  { tree, paths, conflict, keepsFolders = false, partOf, recordsIn }: GiveBackRequest,
  path: string,
  { create, signal }: PlanOptions,
): Promise<GiveBackPlan & { readonly kind: 'folder' }> {
  const { planRestore } = await import('@holdfast/engine/restore');
  const { openFolderSink } = await import('@holdfast/devices');
  const sink = openFolderSink(path, { create });
  const selection = { tree, paths, ...(conflict !== undefined && { conflict }) };
  const options = { keepsFolders, ...(partOf && { partOf }), ...(recordsIn && { recordsIn }) };
  const plan = await planRestore(indexed, { ...selection, ...options }, sink, signal);
  return { kind: 'folder', target: create ? sink.root : path, plan, sink, ...ofFolder(plan) };
}

/** As `planGiveBack`, for a phone. */
export async function planPhone(
  clock: Clock,
  indexed: IndexedRepository,
  { tree, paths, conflict, types }: GiveBackRequest,
  phone: AndroidPhone,
  { signal }: PlanOptions,
): Promise<GiveBackPlan & { readonly kind: 'phone' }> {
  const { planDeviceRestore } = await import('@holdfast/engine');
  const { androidSink } = await import('@holdfast/devices/android');
  const sink = await androidSink(phone, { clock, signal });
  const selection = { tree, paths, ...(conflict !== undefined && { conflict }), ...(types && { types }) };
  const plan = await planDeviceRestore(indexed, selection, sink, signal);
  return { kind: 'phone', target: phone.device.name, phone, plan, sink, ...ofPhone(plan) };
}

const ofFolder = (plan: RestorePlan): Omit<Planned, 'target'> => ({
  items: plan.items,
  settled: plan.settled,
  replaced: plan.replaced,
  writeBytes: plan.writeBytes,
  totalBytes: plan.totalBytes,
});

const ofPhone = ({ items, records, replaced, totalBytes, ...plan }: DevicePlan): Omit<Planned, 'target'> => ({
  items,
  settled: [...plan.settled, ...records.flatMap(({ settled }) => settled)],
  replaced,
  writeBytes: [...plan.writeBytes.values()].reduce((sum, each) => sum + each, 0),
  totalBytes,
});
