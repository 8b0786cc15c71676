import type { FolderTotals, SourceEntry, SourceProblem } from './source.ts';

/** Counts a listing; a folder that could not be listed is an item itself. */
export function totalsOf(entries: readonly SourceEntry[], problem?: SourceProblem): FolderTotals {
  let items = problem === undefined ? 0 : 1;
  let bytes = 0;
  for (const entry of entries) {
    if (entry.kind === 'folder') continue;
    items += entry.kind === 'file' ? (entry.made?.items ?? 1) : 1;
    if (entry.kind === 'file') bytes += entry.sizeBytes;
  }
  return { entries: entries.length, items, bytes };
}
