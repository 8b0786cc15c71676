import type { AdbTransport, ListedFolder, RemoteFilesOptions } from '@holdfast/adb';
import type { SourceEntry, SourceFolder, SourceSubfolder } from '#source.ts';
import { totalsOf } from '#totals.ts';
import { entryOf, type FoundLink, factsOf, problemEntry, problemOf } from './entry.ts';
import { fullSizes } from './full-sizes.ts';
import { linkTarget } from './link-target.ts';

/** A folder of a phone. */
export interface Place {
  /** On the phone. */
  readonly remotePath: string;
  /** From the source's root. */
  readonly path: string;
  readonly facts: SourceSubfolder;
}

/** What a walk needs to know. */
export interface WalkOptions {
  readonly transport: AdbTransport;
  readonly files: RemoteFilesOptions;
  /** The pattern that leaves a path out; `undefined` for none. Paths are from the source's root. */
  readonly excludedBy: (path: string) => string | undefined;
}

/** What a phone listed, as far as that tells. */
export interface Listing {
  readonly place: Place;
  readonly entries: SourceEntry[];
  readonly problem: ListedFolder['problem'];
  /** Where in `entries` are files whose size is known modulo 4 GiB only. */
  readonly unsureSizes: readonly number[];
  /** Links, and where their entries belong. */
  readonly links: readonly { readonly at: number; readonly link: FoundLink }[];
}

/** What a folder was listed to have. */
export function listingOf(listed: ListedFolder, place: Place, { excludedBy }: WalkOptions): Listing {
  const entries: SourceEntry[] = [];
  const unsureSizes: number[] = [];
  const links: { at: number; link: FoundLink }[] = [];
  const names = new Set<string>();
  for (const remote of listed.entries) {
    const { name } = remote;
    // A folder that changes meanwhile may name an entry twice (POSIX readdir).
    if (names.has(name)) continue;
    names.add(name);
    const pattern = excludedBy(`${place.path}/${name}`);
    const entry = pattern === undefined ? entryOf(remote) : problemEntry(name, 'excluded', pattern);
    if (entry.kind === 'link') links.push({ at: entries.length, link: entry });
    if (entry.kind === 'file' && remote.kind === 'found' && !remote.stat.isSizeSure)
      unsureSizes.push(entries.length);
    entries.push(entry.kind === 'link' ? problemEntry(name, 'read-error', 'readlink') : entry);
  }
  return { place, entries, problem: listed.problem, unsureSizes, links };
}

/** True when the phone has to be asked more. */
export const isUnfinished = ({ unsureSizes, links }: Listing): boolean =>
  unsureSizes.length > 0 || links.length > 0;

/** Asks the phone what the listing did not tell. */
export async function finish(listing: Listing, options: WalkOptions, signal?: AbortSignal): Promise<void> {
  const { transport, files } = options;
  const { entries, place, unsureSizes, links } = listing;
  const below = (name: string): string => `${place.remotePath}/${name}`;
  const paths = unsureSizes.map((at) => below(entries[at]?.name ?? ''));
  const sizes = paths.length === 0 ? [] : await fullSizes(transport, paths, files, signal);
  for (const [index, at] of unsureSizes.entries()) {
    const entry = entries[at];
    const sizeBytes = sizes[index];
    if (entry?.kind === 'file' && sizeBytes !== undefined) entries[at] = { ...entry, sizeBytes };
  }
  for (const { at, link } of links) {
    const target = await linkTarget(transport, below(link.name), files, signal);
    if (target === undefined) continue;
    entries[at] = { kind: 'symlink', ...factsOf(link.name, link.stat), target };
  }
}

/** The listing as sources give it. */
export function folderOf({ place: { path, facts }, entries, problem }: Listing): SourceFolder {
  const why = problem && problemOf(facts.name, problem);
  return { path, facts, entries, totals: totalsOf(entries, why), ...(why && { problem: why }) };
}
