import type { Balance, ItemKind, ItemState, ReasonCode } from '@holdfast/contract';
import type { IndexState } from '@holdfast/devices';

/** A record of a made file: a message, a contact, … */
export interface RestoredRecord {
  /** The record's own, the same in every backup and on every device. */
  readonly key: string;
  readonly kind: ItemKind;
  /** One line for a person. From outside: to be shown as such. */
  readonly title: string;
}

/**
 * What became of an item that was to be given back. Those that are `restored` are what the restore added to its target: their `to`
 * and their records' keys are what is to be taken away again should that be wanted.
 */
export interface RestoredItem {
  /** In the backup, without the leading `/`; of a record, that of its file, `#` and its key. */
  readonly path: string;
  /** Below the target; of a device, a volume's id and what is below it. */
  readonly to: string;
  readonly record?: RestoredRecord;
  /** Something else had its name, and is gone: that cannot be undone. */
  readonly hasReplaced?: true;
  readonly state: Exclude<ItemState, 'waiting'>;
  readonly reason: ReasonCode;
  /** What the system said, where it said anything. */
  readonly detail?: string;
  /** How many items it is; default 1. More of a file with many records, none of what belongs to one. */
  readonly items?: number;
  readonly bytes: number;
}

/** What a restore tells while it runs; `stepRestore` turns it into a state. */
export type RestoreEvent =
  | { readonly kind: 'began'; readonly items: number; readonly bytes: number }
  | ({ readonly kind: 'item' } & RestoredItem)
  /** Bytes written so far of files that are not finished, and are no items yet. */
  | { readonly kind: 'under-way'; readonly bytes: number }
  | { readonly kind: 'done'; readonly summary: RestoreSummary };

/** How a restore ended. `found` are the items chosen. */
export interface RestoreSummary {
  readonly balance: Balance;
  readonly totalBytes: number;
  readonly restoredItems: number;
  readonly restoredBytes: number;
  readonly alreadyThere: number;
  /** Items of the balance's `skipped` and `failed`, the first thousand of them. */
  readonly setAside: readonly RestoredItem[];
  /** Of a device: whether its own apps show the pictures and music that it was given. */
  readonly index?: IndexState;
}
