import type { FileKind, FileRef } from './file.ts';

/** Where read-back bytes come from: `device` is past the operating system's cache, `cache` may be through it. */
export type ReadFrom = 'cache' | 'device';

/** What part of a file {@link Store.get} gives, and where to. */
export interface GetOptions {
  /** First byte; default 0. */
  readonly offset?: number;
  /** Bytes from there; default: to the end. */
  readonly length?: number;
  /** Refuses (`store/too-large`) to read more than this. */
  readonly limitBytes?: number;
  /** Memory to read into: if long enough, the result is a view of its beginning. */
  readonly into?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** How {@link Store.readBack} reads. */
export interface ReadBackOptions {
  /** What is wanted; the result says what was done. */
  readonly from: ReadFrom;
  /** As in {@link GetOptions}. */
  readonly into?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** A whole file as it is stored, and where it was read from. */
export interface ReadBack {
  readonly bytes: Uint8Array;
  readonly from: ReadFrom;
}

/** A file found by {@link Store.list}. */
export interface ListedFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/** Room on the medium a store is on. */
export interface FreeSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/**
 * Names to immutable bytes: the only thing a repository stands on.
 *
 * Every call may fail with `store/absent` (the place is not there, or {@link Store.create} was never called),
 * `store/denied` and `store/io`; every call with a name refuses a hostile one with `store/bad-name`. All calls may
 * run at the same time. An abort rejects with `signal.reason`.
 */
export interface Store {
  /** For people: a path or URL without credentials. */
  readonly location: string;

  /** Makes the place ready. May be called twice; changes nothing that is there. */
  create(): Promise<void>;

  /**
   * Saves `parts`, in order, as one file. Resolved: durable and whole. Rejected: nothing is under the name that was
   * not before. Refuses a name that is taken (`store/exists`). The parts must not change until it settles.
   * Fails with `store/full` and `store/read-only` too.
   */
  put(file: FileRef, parts: readonly Uint8Array[], signal?: AbortSignal): Promise<void>;

  /**
   * A file or a range of it, the caller's to keep and change.
   * Fails with `store/missing`, and with `store/truncated` if the range reaches past the end.
   */
  get(file: FileRef, options?: GetOptions): Promise<Uint8Array>;

  /** A whole file as it is now on the medium, to be compared with what was put. Fails with `store/missing`. */
  readBack(file: FileRef, options: ReadBackOptions): Promise<ReadBack>;

  /** The file's size in bytes. Fails with `store/missing`. */
  size(file: FileRef, signal?: AbortSignal): Promise<number>;

  /**
   * The files of a kind, once each, in no order; foreign and unfinished ones are not among them. Files put or
   * removed during the listing may be.
   */
  list(kind: FileKind, signal?: AbortSignal): AsyncIterable<ListedFile>;

  /**
   * The names of all packs: `list` without looking at each file, so a name may be there whose file is none. Absent where
   * the store has nothing quicker than `list`.
   */
  packNames?(signal?: AbortSignal): Promise<ReadonlySet<string>>;

  /**
   * Removes a file; durable when resolved, except that a removed pack may be back after a power cut. Fails with
   * `store/missing` and `store/read-only`.
   */
  remove(file: FileRef, signal?: AbortSignal): Promise<void>;

  /** Room left, or `undefined` where the medium does not say. */
  freeSpace(signal?: AbortSignal): Promise<FreeSpace | undefined>;
}
