import type { Id } from '#id.ts';

/** What a blob is: part of a file, or a directory. */
export type BlobType = 'data' | 'tree';

/** Where a blob lies in its pack. */
export interface BlobEntry {
  readonly id: Id;
  readonly type: BlobType;
  /** First byte of the sealed box in the pack. */
  readonly offset: number;
  /** Length of the sealed box. */
  readonly length: number;
  /** Length of the plaintext, present only when it was compressed before it was sealed. */
  readonly uncompressedLength?: number;
}
