import type { ItemKind } from '@holdfast/contract';
import type { Id } from '@holdfast/restic-format';

/** Something in a backup, by its number. */
export interface Entry {
  readonly entry: number;
  /** Names from the backup's root, joined by `/`; of a record, that of its file, `#` and its key. */
  readonly path: string;
  readonly name: string;
  readonly what: 'folder' | 'file' | 'link' | 'special' | 'record';
  /** Of a file, by its name or what a message says of it; of a record. */
  readonly kind?: ItemKind;
  /** Of a file; 0 for all else. */
  readonly sizeBytes: number;
  /** Milliseconds since 1970; 0 where nothing says. */
  readonly mtime: number;
  /** A file's blobs, in order; empty for all else. */
  readonly content: readonly Id[];
}
