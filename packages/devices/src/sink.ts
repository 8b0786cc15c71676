/** What is at a place, seen without following links. */
export type Place =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly sizeBytes: number; readonly mtimeNs: bigint }
  | { readonly kind: 'folder' }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'special' }
  /** A file or a link stands where a folder above it should be. */
  | { readonly kind: 'blocked' };

/** What an entry gets besides its content. Unix permission bits; nanoseconds since 1970. */
export interface EntryTraits {
  readonly mode: number;
  readonly mtimeNs: bigint;
}

/** What happens to something that has the name already. */
export type Occupied = 'keep' | 'replace';

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
   * Absolute path, next to the item's own, where its content is to be written first. `key`, 16 hex digits, makes it the same
   * again after an interruption. The folder must have been made.
   */
  stagePath(path: readonly string[], key: string): string;
  /** Gives the staged file its traits and its name; false, with the stage still there, when the name is taken and to be kept. */
  finish(path: readonly string[], stagePath: string, traits: EntryTraits, occupied: Occupied): boolean;
  /** Removes a staged file; fine when it is not there. */
  discard(stagePath: string): void;
  /** False when the name is taken and to be kept. */
  makeSymlink(path: readonly string[], target: string, mtimeNs: bigint, occupied: Occupied): boolean;
  /** Sets a folder's traits, after everything in it was written. */
  finishFolder(path: readonly string[], traits: EntryTraits): void;
  /** A path in the same folder with a name that is free: `photo (restored).jpg`, `photo (restored 2).jpg`, … */
  freePath(path: readonly string[]): readonly string[];
  /** Room left in bytes; `undefined` where the system does not say. */
  freeBytes(): number | undefined;
}
