import type { EntryTraits, Occupied, StagePaths } from '@holdfast/local-files';

/** What is at a place, seen without following links. */
export type Place =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly sizeBytes: number; readonly mtimeNs: bigint }
  | { readonly kind: 'folder' }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'special' }
  /** A file or a link stands where a folder above it should be. */
  | { readonly kind: 'blocked' };

/**
 * Items go to it: a folder on this machine, below which alone anything is ever written, changed or removed, whatever the
 * names and whatever links lie there already.
 *
 * A path is the names from the root. A name that could lead elsewhere (empty, `.`, `..`, with `/` or NUL) is refused with
 * `devices/unsafe-name` by every call. Calls are synchronous: they are made for every item, and each takes microseconds.
 */
export interface FolderSink {
  /** Absolute path of the root. */
  readonly root: string;
  look(path: readonly string[]): Place;
  /** Makes the folder and those above it; fine when it is there. Fails with `devices/in-the-way` where something else is. */
  makeFolder(path: readonly string[]): void;
  /**
   * Where an item's content is to be written first, and the item's own path. `key`, 16 hex digits, makes it the same again
   * after an interruption. The folder must have been made; then nobody's link is followed on the way there.
   */
  staging(path: readonly string[], key: string): StagePaths;
  /** True when something is there under the stage's name. */
  hasStage(path: readonly string[], key: string): boolean;
  /** Removes a stage if it can; fine when it is not there. */
  discard(path: readonly string[], key: string): void;
  /** False when the name is taken and to be kept. */
  makeSymlink(path: readonly string[], target: string, mtimeNs: bigint, occupied: Occupied): boolean;
  /**
   * Gives a file of this sink, by its path, one more name. False when the name is taken and to be kept. Fails with
   * `devices/no-hard-links` where the file system cannot, and with `devices/in-the-way` when it is no ordinary file.
   */
  makeHardLink(path: readonly string[], file: readonly string[], occupied: Occupied): boolean;
  /** Sets a folder's traits, after everything in it was written. */
  finishFolder(path: readonly string[], traits: EntryTraits): void;
  /** A path in the same folder with a name that is free: `photo (restored).jpg`, `photo (restored 2).jpg`, … */
  freePath(path: readonly string[]): readonly string[];
  /** Room left in bytes; `undefined` where the system does not say. */
  freeBytes(): number | undefined;
}
