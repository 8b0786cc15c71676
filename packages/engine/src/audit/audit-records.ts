import { type Source, type SourceFile, type SourceRecord } from '@holdfast/devices';
import { isFailure } from '@holdfast/kernel';
import { reasonOfFailure } from '../backup/reasons.ts';
import { damageOf, type SavedBlobs } from '../saved/damage.ts';
import { readContent } from '../saved/read-content.ts';
import { readRecords, recordFileAt } from '../saved/record-files.ts';
import type { AuditedItem, Verdict } from './events.ts';
import type { SavedContent } from './saved-contents.ts';

/** A file made of records, as it is on the device and as backups have it, the newest first. */
export interface RecordFiles {
  readonly path: string;
  readonly file: SourceFile;
  readonly saved: readonly SavedContent[];
}

/** What records are compared with. */
interface Parts {
  readonly source: Pick<Source, 'read' | 'recordsOf'>;
  readonly saved: SavedBlobs;
  readonly whyNot: (path: string) => Verdict;
  readonly onUnread: (where: SavedContent, detail: string) => void;
  readonly signal: AbortSignal;
}

/** Each record of a file on the device, and whether a backup has one that says the same. Backups are read until all are found. */
export async function* auditRecords(
  { path, saved: savedFiles }: RecordFiles,
  parts: Parts,
): AsyncGenerator<AuditedItem, void, undefined> {
  const { source, whyNot, signal } = parts;
  const kind = recordFileAt(path)?.kind ?? 'file';
  try {
    for await (const _ of source.read(path, signal));
  } catch (error) {
    if (!isFailure(error) || !error.code.startsWith('devices/')) throw error;
    yield { path, kind, verdict: 'cannot-tell', reason: reasonOfFailure(error), detail: error.message };
    return;
  }
  const missing = new Map<string, SourceRecord[]>();
  for (const record of source.recordsOf?.(path) ?? []) {
    const { key, title, reason, detail } = record;
    const thing = { path: `${path}#${key}`, kind: record.kind, title };
    if (reason !== undefined)
      yield { ...thing, verdict: 'cannot-tell', reason, ...(detail !== undefined && { detail }) };
    else missing.set(key, [...(missing.get(key) ?? []), record]);
  }
  for (const file of savedFiles) {
    if (missing.size === 0) return;
    for (const key of await keysIn(path, file, parts)) {
      for (const { title, kind: of } of missing.get(key) ?? []) {
        const thing = { path: `${path}#${key}`, kind: of, title };
        yield { ...thing, verdict: 'in-backup', snapshot: file.snapshot, by: 'content' };
      }
      missing.delete(key);
    }
  }
  for (const [key, records] of missing)
    for (const { title, kind: of } of records)
      yield { path: `${path}#${key}`, kind: of, title, ...whyNot(`${path}#${key}`) };
}

async function keysIn(
  path: string,
  file: SavedContent,
  { saved, onUnread, signal }: Parts,
): Promise<ReadonlySet<string>> {
  const made = recordFileAt(path);
  if (made === undefined) return new Set();
  try {
    const { records } = await readRecords(made, readContent(saved.blobs, file.content, signal));
    return new Set(records.map(({ key }) => key));
  } catch (error) {
    signal.throwIfAborted();
    onUnread(file, damageOf(error));
    return new Set();
  }
}
