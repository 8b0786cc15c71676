import { storedText } from '../database/stored-text.ts';
import type { ListedRecord } from './entries.ts';
import type { FolderRows } from './folder-rows.ts';
import type { ItemRows } from './item-rows.ts';
import { recordPath } from './paths.ts';

/** When and in which run records are told. */
interface Moment {
  readonly run: number;
  readonly began: number;
}

/** Brings the rows of a made file's records up to date with all the records it has now; they are on their way to the store. */
export function compareRecords(
  items: ItemRows,
  folders: FolderRows,
  made: string,
  records: Iterable<ListedRecord>,
  { run, began }: Moment,
): void {
  const stored = storedText(made);
  // Now that the records are known, they are the items.
  const standIn = items.at(stored);
  if (standIn !== undefined) items.remove(standIn);
  const folder = folders.numberOf(stored, true);
  const unlisted = items.in(folder);
  const counts = new Map<string, number>();
  for (const record of records) {
    const { kind, title, reason, detail } = record;
    const count = (counts.get(record.key) ?? 0) + 1;
    counts.set(record.key, count);
    // Of records that say the very same each is an item.
    const at = storedText(recordPath(made, count === 1 ? record.key : `${record.key}~${count}`));
    const listed = unlisted.get(at);
    unlisted.delete(at);
    const row = listed ?? items.at(at);
    if (row === undefined) {
      const state = reason === undefined ? { onItsWayIn: run } : { ...(detail !== undefined && { detail }) };
      items.insert({ folder, path: at, kind, reason: reason ?? 'discovered', title, since: began, ...state });
      continue;
    }
    if (listed === undefined) {
      items.adopt(row, folder);
      items.titled(row, title);
    }
    const { standing } = row;
    if (standing.isGone || standing.kind !== kind) items.isHere(row, kind);
    const now = { ...row, standing: items.standings.for(kind, standing.reason) };
    if (reason !== undefined) {
      items.settle(now, reason, detail, standing.reason === reason ? undefined : began);
    } else if (standing.state !== 'verified') {
      items.onItsWay(now, run, began);
    }
  }
  for (const row of unlisted.values()) if (!row.standing.isGone) items.gone(row, began);
}
