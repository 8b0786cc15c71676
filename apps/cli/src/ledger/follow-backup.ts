import type { Ledger, ListedEntry } from '@holdfast/catalog';
import { fileKindOf, type SourceEntry } from '@holdfast/devices';
import type { BackupEvent } from '@holdfast/engine';

/**
 * Writes down in the ledger what a backup tells. With `isSelective` what is not in the root was not asked for, and is not
 * taken for gone.
 */
export function followBackup(ledger: Ledger, event: BackupEvent, isSelective: boolean): void {
  switch (event.kind) {
    case 'listed': {
      const { path, entries, problem } = event.folder;
      const isPartial = problem !== undefined || (isSelective && path === '');
      ledger.listed(path, { [Symbol.iterator]: () => listed(entries) }, { isPartial });
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
