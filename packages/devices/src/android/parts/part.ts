import type { ReasonCode } from '@holdfast/contract';
import { type ByteSource, type Clock, isFailure, systemClock } from '@holdfast/kernel';
import { type PhoneRecord, recordKey, recordTitle } from '@holdfast/records';
import { DEVICE_FAILURES } from '#failures.ts';
import type {
  Source,
  SourceEntry,
  SourceFile,
  SourceFolder,
  SourceProblem,
  SourceRecord,
  SourceSubfolder,
} from '#source.ts';
import { totalsOf } from '#totals.ts';
import { type ContentLink, refusalOf } from '../content/content-query.ts';
import { valueOf } from '../facts/told.ts';
import { problemEntry } from '../files/entry.ts';
import type { AndroidPhone } from '../phone.ts';

/** One folder of a snapshot's root: files, messages, … */
export interface SourcePart extends Disposable {
  /** The folder's name, which each of its paths begins with. */
  readonly name: string;
  /** As of a source; the folder itself first. */
  walk(signal?: AbortSignal): AsyncIterable<SourceFolder>;
  read: Source['read'];
  asRead?: Source['asRead'];
  recordsOf?(path: string): readonly SourceRecord[];
}

/** What parts that are made of records are read with. */
export interface PartOptions {
  readonly phone: AndroidPhone;
  readonly link: ContentLink;
  readonly clock?: Clock;
}

/** Takes a record that was read, or could not be. */
export type Tell = (record: SourceRecord) => void;

/** The records of made files, as told while each was read. */
export class ToldRecords {
  readonly #records = new Map<string, readonly SourceRecord[]>();

  /** The file's bytes; its records count from when the last byte was taken. */
  async *reading(path: string, bytes: (tell: Tell) => ByteSource): ByteSource {
    const records: SourceRecord[] = [];
    yield* bytes((record) => records.push(record));
    this.#records.set(path, records);
  }

  of(path: string): readonly SourceRecord[] {
    return this.#records.get(path) ?? [];
  }
}

/** A record that is in its file. */
export const toldRecord = (record: PhoneRecord, kind: SourceRecord['kind']): SourceRecord => ({
  key: recordKey(record),
  kind,
  title: recordTitle(record),
});

/** A row that could not be read; it goes by where it is, since what it says is not known. */
export const unreadableRow = (
  kind: SourceRecord['kind'],
  table: string,
  { id, problem }: { readonly id: string; readonly problem?: string },
): SourceRecord => ({
  key: `unreadable-${table}-${id}`,
  kind,
  title: `${table} ${id}`,
  reason: 'read-error',
  ...(problem !== undefined && { detail: problem }),
});

/** A file made of so many records, each of about so many bytes. */
export const madeFile = (
  name: string,
  items: number,
  bytesEach: number,
  clock: Clock = systemClock,
): SourceFile => ({
  kind: 'file',
  name,
  mode: 0o100644,
  mtimeNs: clock.now().epochNanoseconds,
  uid: 0,
  gid: 0,
  sizeBytes: items * bytesEach,
  made: { items },
});

/** A folder that the phone does not have: as old as nothing, so that it stays the same. */
export const ownFolder = (name: string): SourceSubfolder => ({
  kind: 'folder',
  name,
  mode: 0o040755,
  mtimeNs: 0n,
  uid: 0,
  gid: 0,
});

/** Such a folder's listing. */
export const listed = (path: string, entries: readonly SourceEntry[]): SourceFolder => ({
  path,
  facts: ownFolder(path.slice(path.lastIndexOf('/') + 1)),
  entries,
  totals: totalsOf(entries),
});

/**
 * What `list` gives, or why there is nothing to be had, under this name. A phone that has no such provider has no such things: then
 * there is no entry. What is no trouble of a provider is thrown.
 */
export async function entriesOr(
  phone: AndroidPhone,
  name: string,
  list: () => Promise<readonly SourceEntry[]>,
): Promise<readonly SourceEntry[]> {
  try {
    return await list();
  } catch (error) {
    const problem = providerProblem(phone, name, error);
    return problem === 'none' ? [] : [problem];
  }
}

/** The entry for a provider that does not answer; `none` where the phone has no such provider. Throws other errors. */
function providerProblem(phone: AndroidPhone, name: string, error: unknown): SourceProblem | 'none' {
  const why = refusalOf(error);
  if (why === undefined && !isFailure(error, DEVICE_FAILURES.unrecognisedOutput)) throw error;
  const { details, message } = error as { details: Readonly<Record<string, unknown>>; message: string };
  const { said } = details;
  const detail = typeof said === 'string' ? said : message;
  if (why === 'missing') {
    if (valueOf(phone.facts.isUnlocked) === false) return problemEntry(name, 'phone-locked', detail);
    return 'none';
  }
  const reason: ReasonCode = why === 'permission' ? 'phone-refuses' : 'read-error';
  return problemEntry(name, reason, detail);
}
