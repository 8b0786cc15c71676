import { join } from 'node:path';
import { assertFile } from '#assert-file.ts';
import { type FileKind, type FileRef, isFileName } from '#file.ts';

/** The folder of each kind below the root (restic design, "Repository Layout"); packs are one level deeper. */
export const FOLDERS: Readonly<Record<FileKind, string>> = {
  config: '',
  key: 'keys',
  lock: 'locks',
  snapshot: 'snapshots',
  index: 'index',
  pack: 'data',
};

/** The folder and the path of a file; refuses (`store/bad-name`) what would lie anywhere else. */
export function locate(root: string, file: FileRef): { folder: string; path: string } {
  assertFile(file);
  const parent = join(root, FOLDERS[file.kind]);
  const folder = file.kind === 'pack' ? join(parent, file.name.slice(0, 2)) : parent;
  return { folder, path: join(folder, entryOf(file)) };
}

const PACK_FOLDER = /^[0-9a-f]{2}$/;

/** True for the folders that packs are spread over, named for the first two digits of theirs. */
export const isPackFolder = (entry: string): boolean => PACK_FOLDER.test(entry);

/** What a file is called in its folder. */
export const entryOf = ({ kind, name }: FileRef): string => (kind === 'config' ? 'config' : name);

/** The store's name for an entry of a folder; `undefined` for foreign files, unfinished ones, and packs in a wrong folder. */
export function nameOf(kind: FileKind, prefix: string, entry: string): string | undefined {
  if (kind === 'config') return entry === 'config' ? '' : undefined;
  return isFileName(kind, entry) && entry.startsWith(prefix) ? entry : undefined;
}

/** A temporary name beside `path`, unlike those of restic (`-tmp-` and decimal digits). */
export const temporaryName = (path: string, random: Uint8Array): string => `${path}-tmp-${random.toHex()}`;

/** Bytes of chance in a temporary name. */
export const TEMPORARY_BYTES = 8;

const TEMPORARY = /^(?:config|[0-9a-f]{64})-tmp-[0-9a-f]{16}$/;

/** True for names made by {@link temporaryName}. */
export const isTemporary = (entry: string): boolean => TEMPORARY.test(entry);
