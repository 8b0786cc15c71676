import { ITEM_TYPES, type ItemType, reasonEntry } from '@holdfast/contract';
import type { RestorePlan } from '@holdfast/contract/api';
import type { SettledItem } from '@holdfast/engine';
import type { GiveBackPlan } from '@holdfast/home';
import { PackedList } from './packed-list.ts';
import { recordsText, runItemOf, typeOfPath } from './plan-words.ts';
import type { PlannedItem, PlannedItems } from './plans.ts';

/** A plan as a person looks at it. `counts` and `byType` are items; a line of `items` may be several, and says so. */
export interface SortedPlan {
  readonly items: PlannedItems;
  readonly counts: RestorePlan['counts'];
  readonly byType: RestorePlan['byType'];
}

type ComesTo = keyof RestorePlan['counts'];

/** Sorts what is planned by what it comes to. */
export async function sortPlan(planned: GiveBackPlan, signal: AbortSignal): Promise<SortedPlan> {
  const sorting = new Sorting();
  if (planned.kind === 'folder') await addFolderPlan(sorting, planned, signal);
  else addPhonePlan(sorting, planned);
  return sorting.sorted();
}

async function addFolderPlan(
  sorting: Sorting,
  { plan }: GiveBackPlan & { readonly kind: 'folder' },
  signal: AbortSignal,
): Promise<void> {
  const { files, links, excerpts, counts, settled } = plan;
  const add = (path: string, to: readonly string[], replaces: boolean): void => {
    const items = counts.of(path);
    const title = counts.isMade(path) ? { title: recordsText(typeOfPath(path), items) } : {};
    sorting.add(replaces ? 'replaces' : 'new', { path, to: to.join('/'), ...title }, items);
  };
  for (let file = 0; file < files.length; file++) {
    const { path, to, replaces } = files.at(file);
    add(path, to, replaces);
  }
  for (const { path, to, replaces } of links) add(path, to, replaces);
  for (const { path, to, replaces, records } of excerpts)
    for await (const { key, title } of records(signal)) {
      if (counts.isWithheld(path, key)) continue;
      sorting.add(replaces ? 'replaces' : 'new', { path: `${path}#${key}`, to: to.join('/'), title }, 1);
    }
  for (const item of settled) sorting.addSettled(item);
}

function addPhonePlan(sorting: Sorting, { plan }: GiveBackPlan & { readonly kind: 'phone' }): void {
  const { files } = plan;
  for (let file = 0; file < files.length; file++) {
    const { path, to, replaces } = files.at(file);
    sorting.add(replaces ? 'replaces' : 'new', { path, to: to.join('/') }, 1);
  }
  for (const item of plan.settled) sorting.addSettled(item);
  for (const { type, file, toGive, replaced, settled } of plan.records) {
    const { path } = file;
    const add = (comesTo: ComesTo, items: number): void =>
      sorting.add(comesTo, { path, title: recordsText(type, items) }, items);
    if (toGive > replaced) add('new', toGive - replaced);
    if (replaced > 0) add('replaces', replaced);
    for (const item of settled) sorting.addSettled(item);
  }
}

class Sorting {
  readonly #items: PlannedItems = {
    new: new PackedList<PlannedItem>(),
    'already-there': new PackedList<PlannedItem>(),
    conflict: new PackedList<PlannedItem>(),
    replaces: new PackedList<PlannedItem>(),
    impossible: new PackedList<PlannedItem>(),
  };
  readonly #counts = { new: 0, 'already-there': 0, conflict: 0, replaces: 0, impossible: 0 };
  readonly #byType = new Map<ItemType, { new: number; items: number }>();

  add(comesTo: ComesTo, item: PlannedItem, items: number): void {
    this.#items[comesTo].add(item);
    this.#counts[comesTo] += items;
    const type = typeOfPath(item.path);
    const known = this.#byType.get(type) ?? { new: 0, items: 0 };
    const isWritten = comesTo === 'new' || comesTo === 'replaces';
    this.#byType.set(type, { new: known.new + (isWritten ? items : 0), items: known.items + items });
  }

  addSettled(item: SettledItem): void {
    const { state } = reasonEntry(item.reason);
    const comesTo =
      state === 'verified' ? 'already-there' : item.reason === 'conflict' ? 'conflict' : 'impossible';
    this.add(comesTo, runItemOf({ ...item, to: item.to.join('/') }), item.items ?? 1);
  }

  sorted(): SortedPlan {
    const byType = ITEM_TYPES.flatMap((type) => {
      const of = this.#byType.get(type);
      return of === undefined || of.items === 0 ? [] : [{ type, ...of }];
    });
    return { items: this.#items, counts: this.#counts, byType };
  }
}
