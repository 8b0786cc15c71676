import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, errnoOf, mapOrdered } from '@holdfast/kernel';
import type { FileKind } from '#file.ts';
import type { ListedFile } from '#store.ts';
import { entryOf, FOLDERS, isPackFolder, isTemporary, nameOf } from './layout.ts';

/** `stat` calls under way at a time: keeps the four threads that Node gives to files busy. */
const STATS_AT_A_TIME = 16;

/** Likewise, of folders being listed. */
const FOLDERS_AT_A_TIME = 8;

/** What is under a name at the moment. */
export type Entry = 'file' | 'folder' | 'other' | 'nothing';

/** What `path` leads to, symbolic links followed; a broken link leads to nothing. */
export async function entryAt(path: string): Promise<{ entry: Entry; sizeBytes: number }> {
  try {
    const stats = await stat(path);
    const entry = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
    return { entry, sizeBytes: stats.size };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { entry: 'nothing', sizeBytes: 0 };
    throw error;
  }
}

/** The files of a kind under a root; fails with the system's errors, `ENOENT` only if the kind's own folder is not there. */
export async function* scanKind(
  root: string,
  kind: FileKind,
  signal?: AbortSignal,
): AsyncGenerator<ListedFile> {
  const parent = join(root, FOLDERS[kind]);
  const entries = await readdir(parent);
  if (kind !== 'pack') {
    yield* statAll(parent, kind, entries, '', signal);
    return;
  }
  for (const prefix of entries.filter(isPackFolder)) {
    signal?.throwIfAborted();
    const folder = join(parent, prefix);
    yield* statAll(folder, kind, await readdirIfFolder(folder), prefix, signal);
  }
}

/** The names of all packs under a root, by their folders' listings alone; fails as `scanKind`. */
export async function scanPackNames(root: string, signal?: AbortSignal): Promise<Set<string>> {
  const parent = join(root, FOLDERS.pack);
  const prefixes = (await readdir(parent)).filter(isPackFolder);
  const namesIn = async (prefix: string): Promise<string[]> => {
    const entries = await readdirIfFolder(join(parent, prefix));
    return entries.flatMap((entry) => nameOf('pack', prefix, entry) ?? []);
  };
  const names = new Set<string>();
  for await (const found of mapOrdered(prefixes, FOLDERS_AT_A_TIME, namesIn, signal))
    for (const name of found) names.add(name);
  return names;
}

async function* statAll(
  folder: string,
  kind: FileKind,
  entries: readonly string[],
  prefix: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListedFile> {
  const names = entries.flatMap((entry) => nameOf(kind, prefix, entry) ?? []);
  const lookUp = async (name: string) => ({
    name,
    ...(await entryAt(join(folder, entryOf({ kind, name })))),
  });
  for await (const { name, entry, sizeBytes } of mapOrdered(names, STATS_AT_A_TIME, lookUp, signal)) {
    if (entry === 'file') yield { name, sizeBytes };
  }
}

/** The entries of a folder; none of what is a file, or has just been removed. */
async function readdirIfFolder(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR' || errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Temporary files older than this are nobody's: no single file takes that long to write. */
const LEFT_BEHIND_AFTER = Temporal.Duration.from({ hours: 24 });

/** Removes what crashed writers left in a folder. Never fails: the leftovers do no harm. */
export async function sweep(folder: string, clock: Clock): Promise<void> {
  const before = clock.now().subtract(LEFT_BEHIND_AFTER).epochMilliseconds;
  for (const entry of await readdir(folder).catch(() => [])) {
    if (!isTemporary(entry)) continue;
    const path = join(folder, entry);
    const writtenAt = await stat(path).then(
      (stats) => stats.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (writtenAt < before) await unlink(path).catch(() => {});
  }
}
