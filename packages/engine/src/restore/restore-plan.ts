import type { ReasonCode } from '@holdfast/contract';
import type { Failure } from '@holdfast/kernel';
import type { EntryTraits } from '@holdfast/local-files';
import type { Id } from '@holdfast/restic-format';
import type { RestoredRecord } from './events.ts';
import type { Excerpt } from './excerpts.ts';
import type { PlannedHardLink } from './hard-links.ts';
import type { ItemCounts } from './item-counts.ts';
import type { PlannedFiles } from './planned-files.ts';

/** What is done where something else has the name already. */
export type Conflict = 'skip' | 'rename' | 'overwrite';

/** A folder to be made, or to be given its traits. */
export interface PlannedFolder {
  /** Names below the target. */
  readonly to: readonly string[];
  readonly traits: EntryTraits;
}

/** A symbolic link to be given back. */
export interface PlannedLink {
  /** In the backup. */
  readonly path: string;
  readonly to: readonly string[];
  readonly target: string;
  readonly mtimeNs: bigint;
  readonly replaces: boolean;
}

/** A file that is to be made of some of the records of one. */
export interface PlannedExcerpt extends Pick<Excerpt, 'path' | 'sizeBytes' | 'bytes' | 'records'> {
  /** Names below the target. */
  readonly to: readonly string[];
  readonly traits: EntryTraits;
  readonly replaces: boolean;
  /** Names its stage. */
  readonly key: string;
}

/** An item that needs nothing done, or with which nothing can be done. */
export interface SettledItem {
  readonly path: string;
  readonly to: readonly string[];
  readonly record?: RestoredRecord;
  readonly hasReplaced?: true;
  readonly reason: ReasonCode;
  readonly detail?: string;
  /** How many items it is; default 1. See `ItemCounts`. */
  readonly items?: number;
  readonly bytes: number;
}

/** What a restore will do, as data: nothing is written before it is applied. Good with the repository it was made with. */
export interface RestorePlan {
  /** Each before what is in it. */
  readonly folders: readonly PlannedFolder[];
  readonly files: PlannedFiles;
  /** Files of `files` that are one file with another. */
  readonly hardLinks: readonly PlannedHardLink[];
  readonly links: readonly PlannedLink[];
  /** Files with some of the records of one in the backup. */
  readonly excerpts: readonly PlannedExcerpt[];
  readonly settled: readonly SettledItem[];
  /** How many items each file is; what is in `settled` counts already. */
  readonly counts: ItemCounts;
  /** All that was chosen. */
  readonly items: number;
  /** What an interrupted restore left beside files that are there whole. */
  readonly leftOver: readonly { readonly to: readonly string[]; readonly key: string }[];
  /** Files, links and excerpts that replace something. */
  readonly replaced: number;
  readonly writeBytes: number;
  readonly totalBytes: number;
}

/** What of a backup to plan for, and how. */
export interface RestoreSelection {
  /** The snapshot's tree. */
  readonly tree: Id;
  /** See `select`; and of records (`messages/messages.ndjson#KEY`): a file with those alone is given, and what belongs to them. The empty list is everything. */
  readonly paths: readonly string[];
  /** Default `skip`: nothing that is there is ever changed. */
  readonly conflict?: Conflict;
  /** See `select`. */
  readonly keepsFolders?: boolean;
  /** What `paths` are some of, when they are to go where all of it went. */
  readonly partOf?: readonly string[];
  /** How many records made files have, by path: items are counted by them then, as a ledger does. Default: each file is one. */
  readonly recordsIn?: ReadonlyMap<string, number>;
}

/** Why an item is not given back when its target fails like this. */
export function refusalOf({ code }: Failure): ReasonCode {
  if (code === 'devices/unsafe-name') return 'unsafe-name';
  return code === 'devices/path-too-long' ? 'target-path-too-long' : 'target-refused';
}
