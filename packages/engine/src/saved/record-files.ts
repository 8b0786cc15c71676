import type { ListedRecord } from '@holdfast/catalog';
import type { ItemKind } from '@holdfast/contract';
import { type ByteSource, collect } from '@holdfast/kernel';
import {
  type Calendar,
  type PhoneRecord,
  parseAppFacts,
  parseCalendar,
  parseCalls,
  parseContacts,
  parseMessages,
  parseSettings,
  recordKey,
  recordTitle,
  type Unreadable,
} from '@holdfast/records';

/** What a file made of records gives, when it is read again. */
type Parsed = PhoneRecord | Calendar | Unreadable;

/** A file of a device's backup that is no item itself: its records are, of which it may have none. */
export interface RecordFile {
  /** Of the records. */
  readonly kind: ItemKind;
  readonly parse: (bytes: ByteSource) => AsyncIterable<Parsed>;
}

/** Most of a document that is read as a whole. */
const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;

/** By path in the backup of a device, as sources lay it out. */
const RECORD_FILES: readonly (readonly [path: RegExp, file: RecordFile])[] = [
  [/^contacts\/contacts\.vcf$/, { kind: 'contact', parse: parseContacts }],
  [/^messages\/messages\.ndjson$/, { kind: 'message', parse: parseMessages }],
  [/^messages\/parts\//, { kind: 'message', parse: nothing }],
  [/^calls\/calls\.ndjson$/, { kind: 'call', parse: parseCalls }],
  [/^calendar\/[^/]+\.ics$/, { kind: 'event', parse: parseCalendar }],
  [/^apps\/[^/]+\/app\.json$/, { kind: 'app', parse: parseApp }],
  [/^apps\/[^/]+\/[^/]+\.apk$/, { kind: 'app', parse: nothing }],
  [/^settings\/settings\.json$/, { kind: 'setting', parse: parseAllSettings }],
];

/** What is known of a file by its path in a device's backup; `undefined` for one that is an item itself. */
export function recordFileAt(path: string): RecordFile | undefined {
  return RECORD_FILES.find(([pattern]) => pattern.test(path))?.[1];
}

/** The records of a file, in its order, and how many things in it are none that can be read. Fails as `bytes` and parsers do. */
export async function readRecords(
  { kind, parse }: RecordFile,
  bytes: ByteSource,
): Promise<{ readonly records: readonly ListedRecord[]; readonly unreadable: number }> {
  const records: ListedRecord[] = [];
  let unreadable = 0;
  for await (const one of parse(bytes)) {
    if (one.kind === 'unreadable') unreadable += 1;
    else if (one.kind !== 'calendar') records.push({ key: recordKey(one), kind, title: recordTitle(one) });
  }
  return { records, unreadable };
}

/** Files that belong to records of another one. */
async function* nothing(): AsyncGenerator<never, void, undefined> {}

async function* parseApp(bytes: ByteSource): AsyncGenerator<PhoneRecord, void, undefined> {
  yield parseAppFacts(await collect(bytes, MOST_DOCUMENT_BYTES));
}

async function* parseAllSettings(bytes: ByteSource): AsyncGenerator<PhoneRecord, void, undefined> {
  yield* parseSettings(await collect(bytes, MOST_DOCUMENT_BYTES)).settings;
}
