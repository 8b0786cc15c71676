import type { Balance, ReasonCode } from '@holdfast/contract';
import type { Device, ReadFacts, SourceFolder, SourceRecord } from '@holdfast/devices';
import type { Id } from '@holdfast/restic-format';
import type { Fewer } from './fewer.ts';

/** Where a backup is. `looking` and `saving` overlap: saving begins as soon as something is found. */
export type BackupPhase = 'looking' | 'saving' | 'proving' | 'done' | 'stopped';

/** An item that is not in the backup, and why. */
export interface SetAside {
  /** Below the folder or device that is backed up: `DCIM/a.jpg`. */
  readonly path: string;
  /** `waiting` is what a later backup can have: the phone is to be unlocked first, … */
  readonly state: 'waiting' | 'skipped' | 'failed';
  readonly reason: ReasonCode;
  /** What the system said (`EACCES`), where it said anything. */
  readonly detail?: string;
  /** RFC 3339: the first backup that set it aside for this reason. */
  readonly since: string;
}

/** An item whose content is stored or on its way; it is proved when the backup is done. */
export interface SavedItem {
  readonly path: string;
  readonly bytes: number;
  readonly newBytes: number;
  /** How many items it is: more than one for a file made of records. */
  readonly items: number;
  /** Blobs of its content, in order; empty for a symbolic link. */
  readonly content: readonly Id[];
  /** Where it is known: the listing says what it was before. */
  readonly asRead?: Pick<ReadFacts, 'sizeBytes' | 'mtimeNs'>;
  /** Of a made file. */
  readonly records?: readonly SourceRecord[];
}

/** What a backup tells while it runs; `stepBackup` turns it into a state. */
export type BackupEvent =
  | {
      readonly kind: 'began';
      readonly device: Device;
      readonly parent: Id | undefined;
      readonly adoptedPacks: number;
      /** Index files, snapshots and locks of the repository that cannot be read: the backup goes on without them. */
      readonly damagedFiles: number;
    }
  /** A folder was looked at. */
  | { readonly kind: 'listed'; readonly folder: SourceFolder }
  /** There is so much more than the listings said (or less, below 0): the records of a made file are known once it is read. */
  | { readonly kind: 'found'; readonly items: number; readonly bytes: number }
  /** The source has been looked through: nothing more will be found. */
  | { readonly kind: 'looked' }
  /** Files of a folder that are as they were when they were proved. */
  | {
      readonly kind: 'unchanged';
      readonly folder: string;
      readonly items: number;
      readonly bytes: number;
      readonly names: Iterable<string>;
    }
  | { readonly kind: 'saving'; readonly path: string }
  /** On its way to the store; not proved yet. */
  | ({ readonly kind: 'saved' } & SavedItem)
  | ({ readonly kind: 'set-aside'; readonly bytes: number } & SetAside)
  /** What the saver has done so far. */
  | {
      readonly kind: 'progress';
      readonly readBytes: number;
      readonly storedBytes: number;
      readonly verifiedBytes: number;
    }
  /** Everything has been handed over; packs are still being stored and read back. */
  | { readonly kind: 'proving' }
  | { readonly kind: 'done'; readonly summary: BackupSummary };

/** How a backup ended. */
export interface BackupSummary {
  /** Absent after a dry run. */
  readonly snapshot: Id | undefined;
  readonly balance: Balance;
  /** Set when the source lists far less than in the last backup, which still has it. */
  readonly fewer?: Fewer & { readonly lastBackup: Id };
  readonly totalBytes: number;
  /** Bytes no pack had before, before compression. */
  readonly newBytes: number;
  /** Bytes of packs written. */
  readonly storedBytes: number;
  readonly verifiedBytes: number;
  /** How the packs were read back: `device` past the system's cache, `mixed` where only some could be. */
  readonly verifiedFrom: 'device' | 'cache' | 'mixed' | 'off' | 'nothing-new';
}
