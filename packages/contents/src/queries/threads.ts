import type { Answer, Message, Thread } from '@holdfast/contract/api';
import { originalText } from '@holdfast/kernel';
import type { Database, Row } from '../database/database.ts';
import { badPage, noThread } from '../failures.ts';
import { inRange, type Zone } from '../words/zone.ts';
import { attachmentsIn } from './attachments.ts';
import { numberIn, pageOf } from './page.ts';
import { People } from './people.ts';

interface Page {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A page has no more text than this, and at least one message. */
const MOST_TEXT = 1_000_000;

/** More people than this are not named. */
const MOST_NAMED = 50;

/** A page of threads, the one with the last message first. */
export function threadsOf(database: Database, { after, limit }: Page, zone: Zone): Answer<'threads'> {
  const last = after === undefined ? undefined : threadRow(database, numberIn(after), badPage);
  const rows = database.all(
    'SELECT * FROM thread WHERE (last, t) < (?, ?) ORDER BY last DESC, t DESC LIMIT ?',
    last === undefined ? Number.MAX_SAFE_INTEGER : Number(last['last']),
    last === undefined ? 0 : Number(last['t']),
    limit + 1,
  );
  const people = new People(database);
  return {
    threads: rows.slice(0, limit).map((row) => threadOf(row, people, zone)),
    ...pageOf(rows, limit, 't'),
  };
}

/** A page of a thread's messages, the newest first. Fails with `contents/missing-thread`. */
export function messagesOf(
  database: Database,
  thread: number,
  { after, limit }: Page,
  zone: Zone,
): Answer<'messages'> {
  const row = threadRow(database, thread, () => noThread(thread));
  const people = new People(database);
  const last =
    after === undefined
      ? undefined
      : database.get('SELECT n, time FROM message WHERE n = ? AND thread = ?', numberIn(after), thread);
  if (after !== undefined && last === undefined) throw badPage();
  const found = database.all(
    'SELECT n, length(text) AS size FROM message WHERE thread = ? AND (time, n) < (?, ?) ORDER BY time DESC, n DESC LIMIT ?',
    thread,
    last === undefined ? Number.MAX_SAFE_INTEGER : Number(last['time']),
    last === undefined ? 0 : Number(last['n']),
    limit + 1,
  );
  const fits = fitting(found, limit);
  const isGroup = peopleIn(row).length > 1;
  return {
    thread: threadOf(row, people, zone),
    messages: found
      .slice(0, fits)
      .map(({ n }) => database.get('SELECT * FROM message WHERE n = ?', Number(n)) ?? {})
      .map((each) => messageOf(each, isGroup, people, zone)),
    ...pageOf(found, fits),
  };
}

/** Who a thread is with: names, or numbers. */
export const peopleOf = (database: Database, thread: number, people: People): string[] => {
  const row = database.get('SELECT people FROM thread WHERE t = ?', thread);
  return row === undefined ? [] : namesIn(row, people);
};

function fitting(rows: readonly Row[], limit: number): number {
  let text = 0;
  let fits = 0;
  for (; fits < Math.min(limit, rows.length); fits++) {
    text += Number(rows[fits]?.['size'] ?? 0);
    if (text > MOST_TEXT && fits > 0) break;
  }
  return fits;
}

function threadRow(database: Database, thread: number, refusal: () => Error): Row {
  const row = database.get('SELECT * FROM thread WHERE t = ?', thread);
  if (row === undefined) throw refusal();
  return row;
}

function threadOf(row: Row, people: People, zone: Zone): Thread {
  return {
    thread: Number(row['t']),
    people: namesIn(row, people),
    messages: Number(row['messages']),
    last: zone.clockOf(inRange(Number(row['last']))),
    snippet: originalText(String(row['snippet'])),
  };
}

const peopleIn = (row: Row): string[] => JSON.parse(originalText(String(row['people']))) as string[];

const namesIn = (row: Row, people: People): string[] =>
  peopleIn(row)
    .slice(0, MOST_NAMED)
    .map((address) => people.nameOf(address));

function messageOf(row: Row, isGroup: boolean, people: People, zone: Zone): Message {
  const { sender, note, attachments } = row;
  return {
    entry: Number(row['n']),
    isOwn: row['own'] === 1,
    ...(isGroup && typeof sender === 'string' && { from: people.nameOf(originalText(sender)) }),
    time: zone.clockOf(inRange(Number(row['time']))),
    text: originalText(String(row['text'])),
    attachments: attachmentsIn(attachments),
    ...(typeof note === 'string' && { note }),
  };
}
