import type { Ledger, ListedEntry } from '@holdfast/catalog';
import { type EntryColumns, fileKindOf, type SourceEntry } from '@holdfast/devices';
import type { BackupEvent } from '@holdfast/engine/backup';

/**
 * Writes down in the ledger what a backup tells. With `isSelective` what is not in the root was not asked for, and is not
 * taken for gone.
 */
export function followBackup(ledger: Ledger, event: BackupEvent, isSelective: boolean): void {
  switch (event.kind) {
    case 'listed': {
      const { path, entries, columns, problem } = event.folder;
      const isPartial = problem !== undefined || (isSelective && path === '');
      const all = (): Iterator<ListedEntry> =>
        columns === undefined ? listed(entries) : listedRows(columns);
      ledger.listed(path, { [Symbol.iterator]: all }, { isPartial });
      return;
    }
    case 'saved': {
      const { path, bytes, asRead, items, content, records } = event;
      if (records !== undefined) ledger.records(path, records);
      else if (items > 0) ledger.saved(path, { content, sizeBytes: bytes, ...asRead });
      return;
    }
    case 'unchanged':
      ledger.unchanged(event.folder, event.names);
      return;
    case 'set-aside': {
      const { path, reason, detail, since } = event;
      const options = { since: Temporal.Instant.from(since), ...(detail !== undefined && { detail }) };
      ledger.settled(path, reason, options);
      return;
    }
    case 'done': {
      const { snapshot, verifiedFrom } = event.summary;
      ledger.finished({ snapshot, proved: verifiedFrom });
      return;
    }
    case 'began':
    case 'found':
    case 'looked':
    case 'saving':
    case 'progress':
    case 'proving':
      return;
    default:
      event satisfies never;
  }
}

function* listed(entries: Iterable<SourceEntry>): Generator<ListedEntry, void, undefined> {
  for (const entry of entries) yield listedEntry(entry);
}

const WIDE = 5;
const NARROW = 4;

/** Bits of a mode that say what kind of thing it is, and a folder's value (inode(7)). */
const KIND_BITS = 0o170000;
const FOLDER = 0o040000;

/** As `listed`, without making of each row all that there is to know of it. */
function* listedRows({ names, wide, narrow }: EntryColumns): Generator<ListedEntry, void, undefined> {
  let from = 0;
  for (let row = 0; from < names.length; row++) {
    const to = names.indexOf('\0', from);
    const name = names.slice(from, to);
    from = to + 1;
    if (((narrow[row * NARROW] ?? 0) & KIND_BITS) === FOLDER) yield { name, kind: 'folder' };
    else
      yield {
        name,
        kind: fileKindOf(name),
        sizeBytes: Number(wide[row * WIDE + 4] ?? 0n),
        mtimeNs: wide[row * WIDE] ?? 0n,
      };
  }
}

function listedEntry(entry: SourceEntry): ListedEntry {
  const { name } = entry;
  switch (entry.kind) {
    case 'file': {
      const { sizeBytes, mtimeNs, made } = entry;
      const isPart = made?.isFixed === true;
      return { name, kind: fileKindOf(name), sizeBytes, mtimeNs, isMade: made !== undefined, isPart };
    }
    case 'folder':
      return { name, kind: 'folder' };
    case 'symlink':
      return { name, kind: 'file', sizeBytes: 0, mtimeNs: entry.mtimeNs };
    case 'special':
      return { name, kind: 'file', problem: { reason: 'special-file', detail: entry.what } };
    case 'problem': {
      const { reason, detail } = entry;
      return { name, kind: fileKindOf(name), problem: { reason, detail } };
    }
    default:
      return entry satisfies never;
  }
}
