import type { Balance, ItemState, ReasonCode } from '@holdfast/contract';

/** What became of an item that was to be given back. */
export interface RestoredItem {
  /** In the backup, without the leading `/`. */
  readonly path: string;
  /** Below the target. */
  readonly to: string;
  readonly state: Exclude<ItemState, 'waiting'>;
  readonly reason: ReasonCode;
  /** What the system said, where it said anything. */
  readonly detail?: string;
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
}
