import { malformed } from '#failures.ts';
import { goString } from '#go-json.ts';
import { asCount, type JsonObject } from '#json.ts';
import { isTime } from '#time.ts';

/** What a backup found and stored, as restic 0.17 and later keep it in the snapshot. */
export interface SnapshotSummary {
  readonly backupStart: string;
  readonly backupEnd: string;
  readonly filesNew: number;
  readonly filesChanged: number;
  readonly filesUnmodified: number;
  readonly dirsNew: number;
  readonly dirsChanged: number;
  readonly dirsUnmodified: number;
  readonly dataBlobs: number;
  readonly treeBlobs: number;
  /** Bytes of new blobs before compression. */
  readonly dataAdded: number;
  /** The same as stored. */
  readonly dataAddedPacked: number;
  readonly totalFilesProcessed: number;
  readonly totalBytesProcessed: number;
}

type TimeField = 'backupStart' | 'backupEnd';
type CountField = Exclude<keyof SnapshotSummary, TimeField>;

const TIMES: readonly (readonly [TimeField, string])[] = [
  ['backupStart', 'backup_start'],
  ['backupEnd', 'backup_end'],
];

/** In restic's order. */
const COUNTS: readonly (readonly [CountField, string])[] = [
  ['filesNew', 'files_new'],
  ['filesChanged', 'files_changed'],
  ['filesUnmodified', 'files_unmodified'],
  ['dirsNew', 'dirs_new'],
  ['dirsChanged', 'dirs_changed'],
  ['dirsUnmodified', 'dirs_unmodified'],
  ['dataBlobs', 'data_blobs'],
  ['treeBlobs', 'tree_blobs'],
  ['dataAdded', 'data_added'],
  ['dataAddedPacked', 'data_added_packed'],
  ['totalFilesProcessed', 'total_files_processed'],
  ['totalBytesProcessed', 'total_bytes_processed'],
];

/** The summary of a snapshot read as JSON; counts that are not there are 0. `what` names the file in a refusal. */
export function parseSummary(json: JsonObject, what: string): SnapshotSummary {
  const summary: Record<string, string | number> = {};
  for (const [field, name] of TIMES) {
    const time = json[name];
    if (typeof time !== 'string' || !isTime(time)) throw malformed(what, 'a time is not RFC 3339');
    summary[field] = time;
  }
  for (const [field, name] of COUNTS) summary[field] = asCount(json[name] ?? 0, what);
  return summary as unknown as SnapshotSummary;
}

/** The summary's JSON, as restic writes it. */
export function formatSummary(summary: SnapshotSummary): string {
  const times = TIMES.map(([field, name]) => `"${name}":${goString(summary[field])}`);
  const counts = COUNTS.map(([field, name]) => `"${name}":${summary[field]}`);
  return `{${[...times, ...counts].join(',')}}`;
}
