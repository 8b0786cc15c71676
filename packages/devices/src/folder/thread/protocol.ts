import type { ErrorFields } from '@holdfast/kernel';
import type { PackedFolder } from './packed-folder.ts';

/** What a walking thread is started with. */
export interface WalkOrder {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly excludes: readonly string[];
  readonly skipPaths: readonly string[];
  /** Shared: entries sent and not yet taken by the reader. The thread sleeps while they are too many. */
  readonly ahead: Int32Array<SharedArrayBuffer>;
}

/** What it tells. */
export type FromWalk =
  | { readonly kind: 'folder'; readonly folder: PackedFolder }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: ErrorFields };
