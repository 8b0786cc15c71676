import type { Id } from '@holdfast/restic-format';
import type { BlobProblem } from '../workers/jobs.ts';

/** One thing `check` found, with its facts. Paths are as in the snapshot, from `/` on, and come from outside. */
export type Finding =
  | IndexFinding
  | PackFinding
  | SnapshotFinding
  | { readonly kind: 'config-damaged'; readonly reason: string }
  | {
      readonly kind: 'key-damaged';
      readonly key: Id;
      readonly reason: string;
      /** The repository was opened with it all the same. */
      readonly isCurrent: boolean;
    }
  | { readonly kind: 'lock-damaged'; readonly lock: Id; readonly reason: string }
  | { readonly kind: 'lock-stale'; readonly lock: Id; readonly hostname: string; readonly time: string };

/** About index files. */
type IndexFinding =
  | { readonly kind: 'index-damaged'; readonly index: Id; readonly reason: string }
  /** Two index files say the same of a pack. */
  | { readonly kind: 'pack-listed-twice'; readonly pack: Id; readonly indexes: readonly Id[] }
  /** Two index files, or two places of one, disagree about a pack. */
  | { readonly kind: 'pack-listed-differently'; readonly pack: Id; readonly indexes: readonly Id[] };

/** About packs. */
export type PackFinding =
  | { readonly kind: 'pack-missing'; readonly pack: Id; readonly blobs: number }
  | {
      readonly kind: 'pack-size';
      readonly pack: Id;
      readonly sizeBytes: number;
      /** By what the index lists. */
      readonly expectedBytes: number;
    }
  /** By the index there are gaps between its blobs, or blobs that overlap. */
  | { readonly kind: 'pack-gaps'; readonly pack: Id }
  | { readonly kind: 'pack-mixed'; readonly pack: Id }
  | { readonly kind: 'pack-unlisted'; readonly pack: Id; readonly sizeBytes: number }
  | { readonly kind: 'pack-unreadable'; readonly pack: Id; readonly reason: string }
  /** Read twice, it was damaged once and whole once. */
  | { readonly kind: 'pack-unsteady'; readonly pack: Id }
  | {
      readonly kind: 'blobs-damaged';
      readonly pack: Id;
      readonly blobs: readonly BlobProblem[];
      /** Of all the index lists in the pack. */
      readonly of: number;
    }
  | {
      readonly kind: 'header-damaged';
      readonly pack: Id;
      /** `differs`: it can be read, but lists other blobs than the index does. */
      readonly problem: 'unreadable' | 'differs';
    }
  /** All its blobs are whole, but it is not the pack its name says. */
  | { readonly kind: 'pack-misnamed'; readonly pack: Id };

/** About snapshots and what is below them. A tree that several snapshots have is told of once. */
export type SnapshotFinding =
  | { readonly kind: 'snapshot-damaged'; readonly snapshot: Id; readonly reason: string }
  | { readonly kind: 'tree-missing'; readonly snapshot: Id; readonly path: string; readonly tree: Id }
  | {
      readonly kind: 'tree-damaged';
      readonly snapshot: Id;
      readonly path: string;
      readonly tree: Id;
      readonly reason: string;
      /** Those that hold it, none of them whole. */
      readonly packs: readonly Id[];
    }
  /** Parts of a file are in no pack. */
  | {
      readonly kind: 'blobs-missing';
      readonly snapshot: Id;
      readonly path: string;
      readonly blobs: readonly Id[];
    }
  /** Parts of a file are in a pack, but `--read-data` found no whole copy. */
  | {
      readonly kind: 'file-damaged';
      readonly snapshot: Id;
      readonly path: string;
      readonly blobs: readonly Id[];
    }
  | {
      readonly kind: 'file-size';
      readonly snapshot: Id;
      readonly path: string;
      /** What the snapshot says. */
      readonly sizeBytes: number;
      /** What its blobs are together. */
      readonly contentBytes: number;
    }
  | {
      readonly kind: 'entry-incomplete';
      readonly snapshot: Id;
      readonly path: string;
      readonly problem: 'no-content' | 'no-subtree' | 'unknown-type';
    };

/** What `check` yields. */
export type CheckEvent = { readonly kind: 'finding'; readonly finding: Finding } | CheckProgress;

/** How far `check` is; within a phase `done` only grows. */
export interface CheckProgress {
  readonly kind: 'progress';
  readonly phase: 'files' | 'indexes' | 'packs' | 'trees' | 'data';
  /** Files, index files, packs, trees, packs. */
  readonly done: number;
  /** Of `trees` an upper bound: those the index lists. */
  readonly total: number;
  /** Of `data`, what was read and what will be. */
  readonly bytes: number;
  readonly totalBytes: number;
}
