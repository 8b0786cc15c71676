import type { Ingested } from '@holdfast/catalog';
import type { Device } from '@holdfast/devices';
import type { Id } from '@holdfast/restic-format';

/** Something of a snapshot that could not be read: what it would have said is not in the ledger. */
export interface Unread {
  /** Absent for a snapshot that cannot be read itself. */
  readonly device?: Device;
  readonly snapshot: Id;
  /** What it is: `snapshot`, its `manifest`, the listing of a `folder`, the content of a `file`, or some of its `records`. */
  readonly what: 'snapshot' | 'manifest' | 'folder' | 'file' | 'records';
  /** Below the device; `''` for the device itself, and for a snapshot. */
  readonly path: string;
  /** What went wrong. */
  readonly detail: string;
}

/** What a rebuild tells while it runs. */
export type RebuildEvent =
  | { readonly kind: 'began'; readonly snapshots: number }
  /** The next one. */
  | { readonly kind: 'snapshot'; readonly snapshot: Id; readonly device: Device }
  /** A folder of it that is not as it was in the device's snapshot before. */
  | { readonly kind: 'folder'; readonly path: string; readonly entries: number }
  | ({ readonly kind: 'unread' } & Unread)
  | { readonly kind: 'repeated'; readonly snapshot: Id; readonly outcome: Ingested }
  | { readonly kind: 'done'; readonly summary: RebuildSummary };

/** How a rebuild ended. */
export interface RebuildSummary {
  readonly devices: number;
  /** Those that are in the ledger now. */
  readonly snapshots: number;
  /** Snapshots that other programs made: of no device. */
  readonly foreign: number;
  readonly unread: number;
}
