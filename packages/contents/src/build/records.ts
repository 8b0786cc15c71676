import { damageOf, type RecordFile, recordFileAt } from '@holdfast/engine';
import { originalText, storedText } from '@holdfast/kernel';
import { type Message, recordKey } from '@holdfast/records';
import { type IndexedRepository, readContent } from '@holdfast/repository';
import type { Row } from '../database/database.ts';
import { WHAT } from '../database/schema.ts';
import { People } from '../queries/people.ts';
import { idsIn } from '../words/ids.ts';
import { addressKey, tailOf } from '../words/numbers.ts';
import { describeRecord } from './describe.ts';
import type { Draft } from './draft.ts';
import { typeNumber } from './draft.ts';
import { addMessage } from './messages.ts';

type Saved = Pick<IndexedRepository, 'blobs'>;
type Parsed = RecordFile extends { parse(bytes: never): AsyncIterable<infer T> } ? T : never;
type Listed = Exclude<Parsed, { kind: 'unreadable' | 'calendar' } | Message>;

/** Where contacts lie: they come first, so that what others said is found by their names too. */
const CONTACTS = "folder.path = 'contacts'";

/** Adds what is in the files made of records, in their order. A file that cannot be read, or a record, costs only itself. */
export async function addRecords(draft: Draft, saved: Saved, signal: AbortSignal): Promise<void> {
  for (const which of [CONTACTS, `NOT ${CONTACTS}`])
    await addRecordsIn(draft, saved, { which, people: new People(draft.database) }, signal);
}

/** Which files are added, and who is known by then. */
interface Turn {
  /** A condition on the folder they lie in. */
  readonly which: string;
  readonly people: People;
}

async function addRecordsIn(draft: Draft, saved: Saved, turn: Turn, signal: AbortSignal): Promise<void> {
  for (let last = -1; ; ) {
    const row = draft.database.get(
      `SELECT made.n, entry.name, entry.parent, entry.content, folder.path FROM made JOIN entry ON entry.n = made.n
       JOIN folder ON folder.n = entry.parent WHERE made.n > ? AND ${turn.which} ORDER BY made.n LIMIT 1`,
      last,
    );
    if (row === undefined) return;
    last = Number(row['n']);
    await addRecordsOf(draft, saved, row, turn.people, signal);
  }
}

async function addRecordsOf(
  draft: Draft,
  saved: Saved,
  row: Row,
  people: People,
  signal: AbortSignal,
): Promise<void> {
  const file = recordFileAt(originalText(`${String(row['path'])}/${String(row['name'])}`));
  if (file === undefined) return;
  const made = { n: Number(row['n']), folder: Number(row['parent']) };
  let group = '';
  try {
    for await (const each of file.parse(readContent(saved, idsIn(row['content']), signal))) {
      if (each.kind === 'unreadable') draft.damaged += 1;
      else if (each.kind === 'calendar') group = each.name;
      else if (each.kind === 'sms' || each.kind === 'mms') addMessage(draft, made, each, people);
      else addRecord(draft, made.n, each, { group, people });
      await draft.pause(signal);
    }
  } catch (error) {
    signal.throwIfAborted();
    damageOf(error);
    draft.damaged += 1;
  }
}

function addRecord(
  draft: Draft,
  made: number,
  record: Listed,
  { group, people }: { readonly group: string; readonly people: People },
): void {
  const { kind, type, title, subtitle, sort, time, number, fields, words } = describeRecord(
    record,
    group,
    draft.zone,
  );
  const content = Buffer.from(recordKey(record), 'hex');
  const n = draft.add(
    { parent: made, name: title, what: WHAT.record, kind, type, content },
    `${title} ${words} ${(number === undefined ? undefined : people.knownAs(number)) ?? ''}`,
  );
  draft.database.run(
    'INSERT INTO record (n, type, sort, subtitle, time, number, fields) VALUES (?, ?, ?, ?, ?, ?, ?)',
    n,
    typeNumber(type),
    typeof sort === 'string' ? storedText(sort) : sort,
    storedText(subtitle),
    time ?? null,
    number === undefined ? null : storedText(number),
    storedText(JSON.stringify(fields)),
  );
  if (record.kind !== 'contact') return;
  for (const { value } of [...record.phones, ...record.emails]) {
    const digits = storedText(addressKey(value));
    draft.database.run(
      'INSERT OR IGNORE INTO known_number (tail, digits, name, n) VALUES (?, ?, ?, ?)',
      tailOf(digits),
      digits,
      storedText(title),
      n,
    );
  }
}
