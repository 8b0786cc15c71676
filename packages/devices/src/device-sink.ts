import type { ItemKind, ItemType, ReasonCode } from '@holdfast/contract';
import type { ByteSource, Failure } from '@holdfast/kernel';
import type { Device } from './source.ts';
import type { UndoNote, UndoNotes } from './undo-note.ts';

/** Why something cannot be given to a device. */
export interface SinkRefusal {
  readonly reason: ReasonCode;
  /** What the device said, or what rule it is, for the technically minded. */
  readonly detail: string;
}

/** Storage of a device that files can go to. */
export interface SinkVolume {
  /** As in snapshots: `internal`, or a card's. */
  readonly id: string;
  /** Absent where the device does not say. */
  readonly freeBytes?: number;
}

/** What has a name in a folder of a device. */
export interface TakenName {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly sizeBytes: number;
}

/** What is where a folder would be. */
export type FolderThere =
  | { readonly kind: 'absent' }
  | { readonly kind: 'folder'; readonly names: readonly TakenName[] }
  /** Something that is no folder has its name, or the name of one above it. */
  | { readonly kind: 'blocked' }
  | ({ readonly kind: 'problem' } & SinkRefusal);

/** A file to be given. */
export interface FileToGive {
  readonly number: number;
  readonly to: readonly string[];
  readonly sizeBytes: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** What has its name may be replaced. */
  readonly replaces: boolean;
  /** 16 hexadecimal digits that are its own among all that go there: they name it until it is proved. */
  readonly key: string;
  readonly content: (signal: AbortSignal) => ByteSource;
}

/** What became of a file. */
export type FileOutcome = { readonly number: number } & (
  | { readonly kind: 'given' }
  /** Something else has the name. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'differs' }
  | ({ readonly kind: 'refused' } & SinkRefusal)
  /** Its content failed to be read. */
  | { readonly kind: 'lost'; readonly failure: Failure }
);

/** Whether the device's own index of pictures and music knows what it was given. */
export type IndexState = 'nothing-to-index' | 'indexed' | 'late';

/**
 * Files go to it. A path is the volume's id and the names below it. Trouble with the device as a whole is thrown (`adb/…`); a
 * file's own is its outcome.
 */
export interface FileSink {
  readonly volumes: readonly SinkVolume[];
  /** The text that is the same for all names that are one name there. */
  fold(name: string): string;
  /** Why no file of this path and size can be there; `undefined` when it can. */
  refuse(path: readonly string[], sizeBytes: number): SinkRefusal | undefined;
  /** A path in the same folder that nothing else has: `photo (restored).jpg`, `photo (restored 2).jpg`, … */
  otherName(name: string, attempt: number): string;
  /** What is where these folders would be, in their order. */
  look(folders: readonly (readonly string[])[], signal?: AbortSignal): Promise<readonly FolderThere[]>;
  /** SHA-256 of files that are there, in their order; `undefined` for what cannot be read. `sizeBytes` are theirs in all. */
  hashes(
    paths: readonly (readonly string[])[],
    sizeBytes: number,
    signal?: AbortSignal,
  ): Promise<readonly (string | undefined)[]>;
  /**
   * Gives files, each read back on the device before it gets its name; each's outcome once, soon after it was given. Nothing gets
   * the name of a file that is not whole.
   */
  give(files: Iterable<FileToGive>, signal?: AbortSignal): AsyncGenerator<FileOutcome, void, undefined>;
  /** Has the device look at what it was given. */
  index(signal?: AbortSignal): Promise<IndexState>;
}

/** A file of a backup, to be read as often as needed. */
export interface BackupFile {
  /** From the backup's root. */
  readonly path: string;
  readonly sizeBytes: number;
  read(signal?: AbortSignal): ByteSource;
  /** SHA-256 in hexadecimal digits. */
  hash(signal?: AbortSignal): Promise<string>;
}

/** Records of a backup that belong together: a made file, and the files that it names. */
export interface RecordFile extends BackupFile {
  /** A file of its folder, by its path below that. */
  beside(path: string, signal?: AbortSignal): Promise<BackupFile | undefined>;
}

/** One record of a backup, and whether it can be given. */
export interface RecordVerdict {
  /** Its number in its file. */
  readonly number: number;
  /** The record's own; of those that say the very same, all have one. */
  readonly key: string;
  readonly kind: ItemKind;
  readonly title: string;
  /** Why it is not to be given: that it is there already, or that it cannot be. */
  readonly reason?: ReasonCode;
  /** What is there would be gone for it. */
  readonly replaces?: true;
  readonly detail?: string;
}

/** What became of a record that was to be given, or why it was not. */
export interface RecordOutcome extends RecordVerdict {
  readonly reason: ReasonCode;
}

/** How records are given. */
export interface GiveRecordsOptions {
  readonly undoNotes: UndoNotes;
  /** Those that were chosen, by key; default: all. */
  readonly isChosen: (key: string) => boolean;
  /** What is there may be replaced, where that can be. */
  readonly replaces: boolean;
}

/** Records of one type go to it. */
export interface RecordSink {
  /** A verdict on each record of the file that is chosen, in their order. Changes nothing. */
  plan(
    file: RecordFile,
    options: Omit<GiveRecordsOptions, 'undoNotes'>,
    signal?: AbortSignal,
  ): AsyncGenerator<RecordVerdict, void, undefined>;
  /** Gives what is new of them; each's outcome once, after it was read back. */
  give(
    file: RecordFile,
    options: GiveRecordsOptions,
    signal?: AbortSignal,
  ): AsyncGenerator<RecordOutcome, void, undefined>;
}

/** A device that things can be given to. */
export interface DeviceSink {
  readonly device: Device;
  readonly files: FileSink;
  /** `undefined` for types that no computer can give it. */
  recordsOf(type: ItemType): RecordSink | undefined;
  /** Puts back what a run that died had changed; false when the note is about another device. */
  undo(note: UndoNote, signal?: AbortSignal): Promise<boolean>;
}
