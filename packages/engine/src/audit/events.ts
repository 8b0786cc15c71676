import type { ItemKind, ReasonCode } from '@holdfast/contract';
import type { Id } from '@holdfast/restic-format';

/** Something that is on the device. */
export interface AuditedThing {
  /** As in the ledger; a record's is its file's and its key. */
  readonly path: string;
  readonly kind: ItemKind;
  /** Of a file. */
  readonly sizeBytes?: number;
  /** Of a record: one line for a person. From outside. */
  readonly title?: string;
}

/** Whether a backup has it: of this device or another, under this name or another. */
export type Verdict =
  | {
      readonly verdict: 'in-backup';
      /** The newest that is known to have it. */
      readonly snapshot: Id;
      /** `time`: the same size and times at the same path as when it was proved. `content`: the very same content. */
      readonly by: 'time' | 'content';
      /** Where that backup has it, from its root, where that is another place. */
      readonly savedAs?: string;
    }
  | {
      readonly verdict: 'not-in-any-backup';
      /** `new`: no backup has anything at its path. `changed`: the last one has something else there. `set-aside`: the last one could not or should not save it. */
      readonly why: 'new' | 'changed' | 'set-aside';
      /** Why it was set aside. */
      readonly reason?: ReasonCode;
      readonly detail?: string;
    }
  | { readonly verdict: 'cannot-tell'; readonly reason: ReasonCode; readonly detail?: string };

/** A thing and what was found out about it. */
export type AuditedItem = AuditedThing & Verdict;

/** What an audit tells while it runs. */
export type AuditEvent =
  /** A folder of the device was looked at. */
  | { readonly kind: 'looked'; readonly items: number }
  /** So many files are not as the last backup has them: their content is to be looked for, of so many on the device. */
  | { readonly kind: 'doubtful'; readonly files: number; readonly bytes: number }
  | { readonly kind: 'hashed'; readonly bytes: number }
  | { readonly kind: 'item'; readonly item: AuditedItem }
  /** Something of a backup that cannot be read: what it has counts as in no backup. */
  | { readonly kind: 'unread'; readonly snapshot: Id; readonly path: string; readonly detail: string }
  | { readonly kind: 'done'; readonly summary: AuditSummary };

/** What an audit came to: `found` is the sum of the three others. */
export interface AuditSummary {
  readonly found: number;
  readonly inBackup: number;
  readonly notInAnyBackup: number;
  readonly cannotTell: number;
  /** Of files that are in no backup. */
  readonly notInAnyBackupBytes: number;
  /** Of those in a backup, which are there under another path only. */
  readonly elsewhere: number;
  /** Files whose content was hashed on the device, or read from it. */
  readonly hashed: number;
  readonly unread: number;
}
