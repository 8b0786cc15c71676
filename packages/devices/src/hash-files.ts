import type { ReasonCode } from '@holdfast/contract';

/** A file whose content is to be hashed. */
export interface HashableFile {
  /** As the source has it. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** SHA-256 of a file's content, in hexadecimal; or why there is none. */
export type FileHash<File extends HashableFile = HashableFile> =
  | { readonly kind: 'hashed'; readonly file: File; readonly sha256: string }
  | {
      readonly kind: 'unreadable';
      readonly file: File;
      readonly reason: ReasonCode;
      /** What the system said. */
      readonly detail?: string;
    };

/** Gives the hash of each of these files, in their order; fails for trouble with the device only. */
export type HashFiles = <File extends HashableFile>(
  files: Iterable<File>,
  signal?: AbortSignal,
) => AsyncIterable<FileHash<File>>;
