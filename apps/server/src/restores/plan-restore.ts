import { ITEM_TYPES, type ItemType, reasonEntry } from '@holdfast/contract';
import type { RestorePlan, RunItem, Selection } from '@holdfast/contract/api';
import { isRecordPath, type SettledItem, typeOfFile } from '@holdfast/engine';
import { type GiveBackPlan, type GiveBackRequest, type Host, planGiveBack } from '@holdfast/home';
import { findSnapshot } from '@holdfast/repository';
import { conflict } from '../failures.ts';
import type { Reader } from '../reading/reading-room.ts';
import { PackedList } from './packed-list.ts';
import { notesOf, recordsText } from './plan-words.ts';
import type { Asked, PlannedItem, PlannedItems, Plans } from './plans.ts';
import { type OpenDevice, openTarget } from './target.ts';

/** What a selection of a backup's contents means to a restore: nothing where there are neither paths nor types. */
interface Resolved {
  readonly paths: readonly string[];
  readonly types?: readonly ItemType[] | undefined;
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
  const paths = isFolder ? withoutRecords(resolved.paths) : resolved.paths;
  await using reader = await deps.read(signal);
  const request = await requestOf({ ...wanted, ...resolved, paths }, reader);
  const options = { create: false, signal: reader.signal };
  const plan = await planGiveBack(deps.host, reader.repository, request, target.to, options);
  const { items, byType } = sorted(plan);
  const asked: Asked = {
    ...wanted,
    paths: [...paths],
    ...(resolved.types && { types: [...resolved.types] }),
    target: plan.target,
    replaces: plan.replaced,
  };
  return {
    plan: deps.plans.keep(asked, items),
    target: plan.target,
    items: plan.items,
    writeBytes: plan.writeBytes,
    counts: countsOf(plan, items),
    byType,
    notes: [
      ...notesOf(plan, {
        hasWholeFiles:
          paths.length < resolved.paths.length || paths.some((path, at) => path !== resolved.paths[at]),
      }),
    ],
  };
}

/** What is asked of `home`, for a backup as it is now. Fails with `repository/…` when it is gone. */
export async function requestOf(
  { backup, paths, types, conflict: onConflict }: Pick<Asked, 'backup' | 'conflict'> & Resolved,
  { repository, signal }: Reader,
): Promise<GiveBackRequest> {
  const { snapshot } = await findSnapshot(repository, backup, signal);
  return {
    tree: snapshot.tree,
    paths,
    ...(types && { types }),
    conflict: onConflict,
    keepsFolders: true,
  };
}

/** Into a folder go files: a record comes with all that are in its file. */
function withoutRecords(paths: readonly string[]): readonly string[] {
  return [
    ...new Set(paths.map((path) => (isRecordPath(path) ? path.slice(0, path.lastIndexOf('#')) : path))),
  ];
}

interface Sorted {
  readonly items: PlannedItems;
  readonly byType: RestorePlan['byType'];
}

function sorted(planned: GiveBackPlan): Sorted {
  const lists = {
    new: new PackedList<PlannedItem>(),
    'already-there': new PackedList<PlannedItem>(),
    conflict: new PackedList<PlannedItem>(),
    replaces: new PackedList<PlannedItem>(),
    impossible: new PackedList<PlannedItem>(),
  };
  const counts = new Map<ItemType, { new: number; items: number }>();
  const count = (type: ItemType, items: number, isNew: boolean): void => {
    const known = counts.get(type) ?? { new: 0, items: 0 };
    counts.set(type, { new: known.new + (isNew ? items : 0), items: known.items + items });
  };
  const { files } = planned.plan;
  for (let file = 0; file < files.length; file++) {
    const { path, to, replaces } = files.at(file);
    lists[replaces ? 'replaces' : 'new'].add({ path, to: to.join('/') });
    count(typeOfPath(path), 1, true);
  }
  for (const { path, to, replaces } of planned.kind === 'folder' ? planned.plan.links : []) {
    lists[replaces ? 'replaces' : 'new'].add({ path, to: to.join('/') });
    count(typeOfPath(path), 1, true);
  }
  for (const item of planned.plan.settled) {
    lists[comesTo(item)].add(settledItem(item));
    count(typeOfPath(item.path), 1, false);
  }
  for (const records of planned.kind === 'phone' ? planned.plan.records : []) {
    const { type, file, toGive, replaced, settled } = records;
    const { path } = file;
    if (toGive > replaced) lists.new.add({ path, title: recordsText(type, toGive - replaced) });
    if (replaced > 0) lists.replaces.add({ path, title: recordsText(type, replaced) });
    count(type, toGive, true);
    count(type, settled.length, false);
    for (const item of settled) lists[comesTo(item)].add(settledItem(item));
  }
  const byType = ITEM_TYPES.flatMap((type) => {
    const of = counts.get(type);
    return of === undefined || of.items === 0 ? [] : [{ type, ...of }];
  });
  return { items: lists, byType };
}

function countsOf(plan: GiveBackPlan, items: PlannedItems): RestorePlan['counts'] {
  const counts = {
    'already-there': items['already-there'].length,
    conflict: items.conflict.length,
    replaces: plan.replaced,
    impossible: items.impossible.length,
  };
  return { ...counts, new: plan.items - plan.settled.length - plan.replaced };
}

function comesTo({ reason }: SettledItem): 'already-there' | 'conflict' | 'impossible' {
  if (reasonEntry(reason).state === 'verified') return 'already-there';
  return reason === 'conflict' ? 'conflict' : 'impossible';
}

/** An item with which nothing is done, as the contract has it. */
function settledItem({ path, to, record, reason, detail }: SettledItem): RunItem {
  const { state, sentence, remedy } = reasonEntry(reason);
  return {
    path,
    to: to.join('/'),
    ...(record !== undefined && { title: record.title }),
    state,
    reason,
    sentence,
    ...(remedy !== undefined && { remedy }),
    ...(detail !== undefined && { detail }),
  };
}

const RECORD_TYPES: ReadonlySet<string> = new Set([
  'contacts',
  'messages',
  'calls',
  'calendar',
  'apps',
  'settings',
] satisfies ItemType[]);

/** Of a phone's backup, files lie below `files`, and all else in a folder with its type's name. */
function typeOfPath(path: string): ItemType {
  const top = path.slice(0, Math.max(0, path.indexOf('/')));
  return RECORD_TYPES.has(top) ? (top as ItemType) : typeOfFile(path);
}
