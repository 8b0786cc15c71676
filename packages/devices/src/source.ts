import type { DeviceKind, ItemKind, ReasonCode } from '@holdfast/contract';
import type { ByteSource } from '@holdfast/kernel';

/** What a snapshot says of where it came from. */
export interface Device {
  /** Stays the same from run to run, and differs from every other device's. Letters, digits, `-`. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly kind: DeviceKind;
}

/** What a source knows of an entry without reading it. Times are nanoseconds since 1970, modes Unix's with the type bits. */
interface EntryFacts {
  /** One part of a path; bytes that are not UTF-8 as lone surrogates (the kernel's `decodeName`). */
  readonly name: string;
  readonly mode: number;
  readonly mtimeNs: bigint;
  /** Absent where the source has none. */
  readonly ctimeNs?: bigint;
  readonly uid: number;
  readonly gid: number;
  /** Absent where numbers do not outlive a run. */
  readonly inode?: bigint;
  readonly deviceId?: bigint;
  readonly links?: number;
}

/** A file, whose content the source can be asked for. */
export type SourceFile = EntryFacts & {
  readonly kind: 'file';
  /** An estimate for a file that is made. */
  readonly sizeBytes: number;
  /**
   * Set for a file that the source makes out of records when it is read (contacts, messages, …): its items are the records,
   * so many of them as far as the source knows now. It is read in every run, unless it is said to be fixed: then what it holds
   * stays the same as long as its time does (an attachment, which is 0 items of its own).
   */
  readonly made?: { readonly items: number; readonly isFixed?: boolean };
};

/** One record of a file that was made: a contact, a message, … */
export interface SourceRecord {
  /** The same from run to run and on every phone: made of what the record says. */
  readonly key: string;
  readonly kind: ItemKind;
  /** One line for a person. From outside: to be shown as such. */
  readonly title: string;
  /** Set when the record could not be read, and is not in the file. */
  readonly reason?: ReasonCode;
  readonly detail?: string;
}

/** A folder inside one; what is in it comes with its own listing. */
export type SourceSubfolder = EntryFacts & { readonly kind: 'folder' };

/** A symbolic link, never followed; its target is as the link has it. */
export type SourceLink = EntryFacts & { readonly kind: 'symlink'; readonly target: string };

/** A FIFO, a socket or a device file: seen, and skipped with a reason. */
export type SourceSpecial = EntryFacts & {
  readonly kind: 'special';
  readonly what: 'fifo' | 'socket' | 'block-device' | 'character-device';
};

/** Something with a name that could not be looked at. */
export interface SourceProblem {
  readonly kind: 'problem';
  readonly name: string;
  readonly reason: ReasonCode;
  /** What the system said, for the technically minded: `EACCES`, … */
  readonly detail: string;
}

/** What a folder's listing has. */
export type SourceEntry = SourceFile | SourceSubfolder | SourceLink | SourceSpecial | SourceProblem;

/** Counts of a folder's listing. */
export interface FolderTotals {
  readonly entries: number;
  /** Files, links, special files and problems, the folder's own among them; for a made file its records. Plain subfolders come with their own listing. */
  readonly items: number;
  /** Of its files. */
  readonly bytes: number;
}

/** A listing's entries in columns, row by row in their order: for comparing many without making objects of them. */
export interface EntryColumns {
  /** Each with a NUL behind it: no name has one. */
  readonly names: string;
  /** Five a row: `mtimeNs`, `ctimeNs`, `inode`, `deviceId`, and a file's `sizeBytes`. */
  readonly wide: BigInt64Array<ArrayBuffer>;
  /** Four a row: `mode`, `uid`, `gid`, `links`. */
  readonly narrow: Uint32Array<ArrayBuffer>;
}

/** A folder's listing. */
export interface SourceFolder {
  /** From the source's root, parts joined by `/`; `''` for the root itself. */
  readonly path: string;
  /** Of the folder itself. */
  readonly facts: SourceSubfolder;
  readonly totals: FolderTotals;
  /** In no particular order, each name once. May be gone through again; the entries may then be other objects. */
  readonly entries: Iterable<SourceEntry>;
  /** The entries once more, where the source has them so and all of them are files and subfolders with every fact. */
  readonly columns?: EntryColumns;
  /** Set when the listing failed, or stopped before its end: what is in the folder is not known, or not all of it. */
  readonly problem?: SourceProblem;
}

/** Items come from it. */
export interface Source {
  readonly device: Device;

  /**
   * Where its root goes in a snapshot: below `files/<name>` (`files`, the default), or it is the snapshot's own root (`device`),
   * beside `holdfast.json`.
   */
  readonly layout?: 'files' | 'device';

  /**
   * Every folder once, depth first: each before its subfolders, a subfolder's whole branch before the next one, siblings in
   * the order of `entries`. Folders reached again through links are not followed. Fails only when the root cannot be looked at.
   */
  walk(signal?: AbortSignal): AsyncIterable<SourceFolder>;

  /** The file's path on this machine, where worker threads can read it themselves; `undefined` for phones. */
  localPath(path: string): string | undefined;

  /**
   * A file's bytes, for sources that are not on this machine. Up to {@link MOST_READ_AT_ONCE} may be under way.
   *
   * Fails with a `devices/…` failure for trouble with this file alone, which may say the `reason` in its details; with
   * `devices/changed-while-reading` when what was given is not whole. Any other failure is trouble with the device.
   */
  read(path: string, signal?: AbortSignal): ByteSource;

  /**
   * What a file that was just read to its end was meanwhile, where the source knows: it may have changed since it was listed. To be
   * asked once, at once.
   */
  asRead?(path: string): ReadFacts | undefined;

  /** The records of a made file that was read to its end, those it could not read among them. */
  recordsOf?(path: string): readonly SourceRecord[];
}

/** What a file was while it was read. */
export interface ReadFacts {
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs?: bigint;
}

/** Files of one source that are read at the same time. */
export const MOST_READ_AT_ONCE = 64;
