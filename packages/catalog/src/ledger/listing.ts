import { storedSize, storedTime } from '../database/stored-numbers.ts';
import { storedText } from '../database/stored-text.ts';
import type { ListedEntry, Problem } from './entries.ts';
import type { FolderRows } from './folder-rows.ts';
import type { ItemRow, ItemRows } from './item-rows.ts';
import type { NewItem } from './new-items.ts';
import { below, childPath, recordsBelow } from './paths.ts';
import { RULE_REASONS } from './rule-reasons.ts';

/** A listing that is not what the folder's last one was. */
export interface ChangedListing {
  readonly path: string;
  readonly entries: Iterable<ListedEntry>;
  /** Absent where the listing is not complete. */
  readonly fingerprint: string | undefined;
}

/** Compares a listing with a folder's rows, name by name, and brings the rows up to date. `began` is when the run began. */
export function compareListing(
  items: ItemRows,
  folders: FolderRows,
  { path, entries, fingerprint }: ChangedListing,
  began: number,
): void {
  const isComplete = fingerprint !== undefined;
  const stored = storedText(path);
  const folder = folders.numberOf(stored);
  const unlisted = items.in(folder);
  /** A string that is looked up in a Map is one more that V8 keeps: not where nothing can be found. */
  const hasRows = unlisted.size > 0;
  /** What may have items inside that this listing says nothing of. */
  const branches = new Set<string>();
  const added: NewItem[] = [];
  for (const entry of entries) {
    const at = storedText(childPath(path, entry.name));
    const row = hasRows ? unlisted.get(at) : undefined;
    if (row !== undefined) unlisted.delete(at);
    if (entry.problem !== undefined) {
      branches.add(at);
      folders.forgetListings(at);
      problemEntry(items, { folder, path: at, since: began }, entry, row);
      if (RULE_REASONS.has(entry.problem.reason)) ruledOut(items, at, entry.problem, began);
    } else if (entry.kind === 'folder') {
      branches.add(at);
    } else if (entry.isPart === true) {
      branches.add(at);
    } else if (entry.isMade === true) {
      branches.add(at);
      // It is an item only as long as nothing is known of its records.
      if (row?.standing.isGone) items.isHere(row, entry.kind);
      else if (row === undefined && folders.at(at)?.isMade !== true)
        added.push(newItem({ folder, path: at, since: began }, entry));
    } else if (row === undefined) {
      added.push(newItem({ folder, path: at, since: began }, entry));
    } else {
      knownEntry(items, row, entry, began);
    }
  }
  items.insertAll(added);
  if (isComplete) {
    for (const row of unlisted.values()) if (!row.standing.isGone) items.gone(row, began);
    for (const child of folders.in(folder)) {
      if (branches.has(child.path)) continue;
      items.allGone(child.isMade ? recordsBelow(child.path) : below(child.path), began);
      folders.forgetListings(child.path);
    }
    // The folder itself is an item while it cannot be looked into.
    const itself = stored === '' ? undefined : items.at(stored);
    if (itself !== undefined && !itself.standing.isGone) items.gone(itself, began);
  }
  folders.listed(folder, fingerprint);
}

/** All that is in a folder, or in a file of records, that a rule leaves out. */
function ruledOut(items: ItemRows, path: string, { reason, detail }: Problem, began: number): void {
  items.allSetAside(below(path), reason, detail, began);
  items.allSetAside(recordsBelow(path), reason, detail, began);
}

/** Where a name that was listed is, and when. */
type Place = Pick<NewItem, 'folder' | 'path' | 'since'>;

function newItem(place: Place, entry: ListedEntry): NewItem {
  const { kind, sizeBytes = 0, mtimeNs = 0n, isMade } = entry;
  return {
    ...place,
    kind: kind === 'folder' ? 'file' : kind,
    reason: 'discovered',
    ...(isMade !== true && { sizeBytes, mtimeNs }),
  };
}

function knownEntry(items: ItemRows, row: ItemRow, entry: ListedEntry, began: number): void {
  const { kind, sizeBytes = 0, mtimeNs = 0n } = entry;
  if (kind === 'folder') return;
  if (row.size !== BigInt(storedSize(sizeBytes)) || row.mtimeNs !== storedTime(mtimeNs))
    items.changed(row, kind, sizeBytes, mtimeNs, began);
  else if (RULE_REASONS.has(row.standing.reason)) items.letIn(row, kind, began);
  else if (row.standing.isGone || row.standing.kind !== kind) items.isHere(row, kind);
}

function problemEntry(items: ItemRows, place: Place, entry: ListedEntry, row: ItemRow | undefined): void {
  const { problem } = entry;
  if (problem === undefined) return;
  if (row !== undefined) {
    const isSame = row.standing.reason === problem.reason;
    items.settle(row, problem.reason, problem.detail, isSame ? undefined : place.since);
    return;
  }
  const kind = entry.kind === 'folder' ? 'file' : entry.kind;
  items.insert({ ...place, kind, ...problem });
}
