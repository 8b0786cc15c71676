import type { StagedFile } from '@holdfast/local-files';
import type { BlobEntry, BoxKey, Id, IndexColumns } from '@holdfast/restic-format';

/** What tells whether a file is still the one that was looked at. Times are nanoseconds since 1970. */
export interface FileFacts {
  readonly sizeBytes: number;
  readonly inode: bigint;
  readonly deviceId: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/**
 * Whether blobs are compressed in format version 2: `true` where that saves something, `always` even where it does not, as
 * restic does with trees.
 */
export type Compressing = boolean | 'always';

/** Some bytes to save: from a local file, or in memory. */
export type Piece =
  | {
      readonly kind: 'file';
      /** Absolute; surrogate-escaped where it is not UTF-8. */
      readonly path: string;
      readonly offset: number;
      /** From the first piece on: the file must still have them. */
      readonly facts: FileFacts | undefined;
      /** From the first piece on: whether blobs of this file are worth compressing. */
      readonly compress: Compressing | undefined;
    }
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      /** Nothing follows: the rest is a chunk too. */
      readonly isLast: boolean;
      readonly compress: Compressing | undefined;
      /** One blob, however long: a tree. */
      readonly isWhole: boolean;
    };

/** A chunk of a piece, in the order of the piece. */
export interface HashedChunk {
  readonly id: Id;
  readonly length: number;
}

/** What became of a piece: its chunks, or why it could not be read. */
export type HashedPiece =
  | {
      readonly kind: 'hashed';
      readonly chunks: readonly HashedChunk[];
      /** Bytes of the piece that are in `chunks`; what follows comes with the next piece. */
      readonly consumed: number;
      readonly isLast: boolean;
      readonly compress: Compressing;
      readonly facts: FileFacts | undefined;
    }
  | { readonly kind: 'unreadable'; readonly errno: string; readonly syscall: string }
  /** It is something else now, or its size or times moved while it was read. */
  | { readonly kind: 'changed' };

/** A finished pack: `bytes` up to `length`, whose SHA-256 is `id`. The memory is shared between threads and comes back as a spare. */
export interface SealedPack {
  readonly id: Id;
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly entries: readonly BlobEntry[];
}

/** A stretch of a pack that holds wanted blobs. */
interface PackStretch {
  /** Sealed bytes of the pack from `offset` on. */
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/** Where a blob goes. `file` is the asker's number of the file. */
export type WriteTarget =
  /** It is all of the file, which gets its name. */
  | { readonly kind: 'whole'; readonly file: number; readonly destination: StagedFile }
  | {
      readonly kind: 'part';
      readonly file: number;
      /** It is there, and as long as it will be. */
      readonly stagePath: string;
      readonly offset: number;
      /** What is there: zeros (so zeros need not be written), or anything. */
      readonly onto: 'zeros' | 'anything';
    };

/** A blob of a pack, and all it is wanted for. */
export interface BlobWrite {
  readonly entry: BlobEntry;
  readonly targets: readonly WriteTarget[];
}

/** Why a file will not be there. */
export type WriteFailure =
  | { readonly kind: 'taken' | 'differs' }
  | { readonly kind: 'refused'; readonly errno: string; readonly syscall: string };

/** A file on this machine, of these chunks. */
export interface LocalTarget {
  /** Absolute; surrogate-escaped where it is not UTF-8. */
  readonly path: string;
  readonly chunks: readonly HashedChunk[];
}

/** What reading a file back showed. */
export type Proof = 'proved' | 'differs' | { readonly errno: string };

/** A damaged blob in a pack. */
export interface BlobProblem {
  readonly id: Id;
  readonly type: 'data' | 'tree';
  readonly problem: 'unauthentic' | 'wrong-content';
}

/** What a worker can be asked, and what it answers; each pair is one member. */
export interface Jobs {
  /** Reads, cuts and hashes pieces; the bytes stay with the worker, under `lane`, for the `pack` job that must follow. */
  hash: [{ lane: number; pieces: readonly Piece[] }, readonly HashedPiece[]];
  /** Seals those chunks of the lane's pieces that are wanted (one flag a chunk, in order) and gives packs that are full. */
  pack: [
    { lane: number; type: 'data' | 'tree'; wanted: Uint8Array; spares: readonly Uint8Array[] },
    { packs: readonly SealedPack[]; sealedBytes: number },
  ];
  /** Finishes the packs begun. */
  flush: [Record<string, never>, { packs: readonly SealedPack[] }];
  /** Brings a file that an earlier attempt left to its length; then one flag a chunk: 1 where it is right already. */
  takeUp: [LocalTarget, { readonly have: Uint8Array } | { readonly errno: string; readonly syscall: string }];
  /**
   * Opens blobs of a pack, writes them to files and reads them back from there, which proves both. Gives the blobs, by
   * their place in `blobs`, that the pack does not hold whole, and the files that failed: all others are right.
   */
  write: [
    { stretch: PackStretch; blobs: readonly BlobWrite[] },
    {
      lost: readonly number[];
      failures: readonly { file: number; outcome: WriteFailure }[];
    },
  ];
  /** Reads files back and tells of each whether it consists of exactly these chunks; an error's code where it cannot be read. */
  prove: [{ files: readonly LocalTarget[] }, readonly Proof[]];
  /** Opens every blob of a pack, and its header, and compares all with what the index says. */
  checkPack: [
    { id: Id; bytes: Uint8Array; entries: readonly BlobEntry[] },
    { isNameRight: boolean; header: 'right' | 'unreadable' | 'differs'; problems: readonly BlobProblem[] },
  ];
  /** Opens an index file, named `id`; `restic-format/…` failures where it does not open. */
  parseIndex: [{ id: Id; sealed: Uint8Array }, IndexColumns];
}

/** What a job is asked for by. */
export type JobName = keyof Jobs;

/** What a job is given. */
export type JobInput<N extends JobName> = Jobs[N][0];

/** What it gives. */
export type JobOutput<N extends JobName> = Jobs[N][1];

/** What a thread needs to begin. */
export interface WorkerSetup {
  readonly key: BoxKey;
  readonly version: 1 | 2;
  readonly packBytes: number;
}
