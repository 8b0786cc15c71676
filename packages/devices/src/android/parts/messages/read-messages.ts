import { mapOrdered } from '@holdfast/kernel';
import type { Columns, Message, MmsMessage, MmsPart } from '@holdfast/records';
import { rowsByOwner } from '../../content/by-owner.ts';
import type { ContentLink } from '../../content/content-query.ts';
import { readFew, readTable, type TableRow } from '../../content/read-table.ts';
import { shapeOf, type TableShape } from '../../content/shape.ts';
import { type Tell, toldRecord, unreadableRow } from '../part.ts';
import type { Attachments } from './attachments.ts';
import { ADDRESS_COLUMNS, MMS, MMS_COLUMNS, MMS_PART, PART_COLUMNS, SMS, SMS_COLUMNS } from './tables.ts';

/** Text messages, by their ids. Those that cannot be read are told and left out. */
export async function* readSms(
  link: ContentLink,
  tell: Tell,
  signal?: AbortSignal,
): AsyncGenerator<Message, void, undefined> {
  const shape = await shapeOf(link, SMS, SMS_COLUMNS, signal);
  for await (const row of readTable(link, { uri: SMS, shape }, signal)) {
    if (row.problem !== undefined) {
      tell(unreadableRow('message', 'sms', row));
      continue;
    }
    const message = { kind: 'sms' as const, columns: row.columns };
    tell(toldRecord(message, 'message'));
    yield message;
  }
}

/** Messages whose parts are asked for in one query. */
const PAGE_ROWS = 200;

/** Messages whose people are asked for at once: the provider gives those of one message only (AOSP `MmsProvider`). */
const ASKED_AT_ONCE = 4;

/** `address.type` of the sender (AOSP `PduHeaders.FROM`). */
const FROM = '137';

/**
 * Multimedia messages with their people and parts, by their ids: those that were there when the files of their parts were listed. One
 * that came since is the next backup's, with its files.
 */
export async function* readMms(
  link: ContentLink,
  { messages, names }: Attachments,
  tell: Tell,
  signal?: AbortSignal,
): AsyncGenerator<Message, void, undefined> {
  const [first] = messages;
  if (first === undefined) return;
  const shape = await shapeOf(link, MMS, MMS_COLUMNS, signal);
  const partShape = await shapeOf(link, MMS_PART, PART_COLUMNS, signal);
  const addressShape = await shapeOf(link, addressesOf(first), ADDRESS_COLUMNS, signal);
  for (let at = 0; at < messages.length; at += PAGE_ROWS) {
    const page = messages.slice(at, at + PAGE_ROWS);
    const listed = new Set(page);
    const range = (id: string): string => `${id}>=${page[0]} AND ${id}<=${page.at(-1)}`;
    const parts = await rowsByOwner(
      link,
      { uri: MMS_PART, shape: partShape, where: range('mid') },
      'mid',
      signal,
    );
    const rows = readTable(link, { uri: MMS, shape, where: range('_id') }, signal);
    const whole = (row: TableRow, reading: AbortSignal): Promise<Whole> =>
      withPeople(link, addressShape, row, reading);
    for await (const { row, people } of mapOrdered(rows, ASKED_AT_ONCE, whole, signal)) {
      if (!listed.has(row.id)) continue;
      const problem = row.problem ?? parts.unreadable.get(row.id);
      if (problem !== undefined) {
        tell(unreadableRow('message', 'mms', { id: row.id, problem }));
        continue;
      }
      const message = messageOf(row.columns, people, parts.rows.get(row.id) ?? [], names);
      tell(toldRecord(message, 'message'));
      yield message;
    }
  }
}

interface Whole {
  readonly row: TableRow;
  readonly people: readonly Columns[];
}

const addressesOf = (id: string): string => `${MMS}/${id}/addr`;

async function withPeople(
  link: ContentLink,
  shape: TableShape,
  row: TableRow,
  signal: AbortSignal,
): Promise<Whole> {
  if (row.problem !== undefined) return { row, people: [] };
  const rows = await readFew(link, { uri: addressesOf(row.id), shape }, signal);
  const problem = rows.find((each) => each.problem !== undefined)?.problem;
  if (problem !== undefined) return { row: { ...row, problem }, people: [] };
  return { row, people: rows.map(({ columns }) => columns) };
}

function messageOf(
  columns: Columns,
  people: readonly Columns[],
  parts: readonly Columns[],
  names: ReadonlyMap<string, string>,
): MmsMessage {
  const sender = people.find(({ type }) => type === FROM);
  return {
    kind: 'mms',
    columns,
    ...(sender && { sender }),
    recipients: people.filter((each) => each !== sender),
    parts: parts.map((part) => partOf(part, names)),
  };
}

function partOf(columns: Columns, names: ReadonlyMap<string, string>): MmsPart {
  const file = names.get(columns['_id'] ?? '');
  return { columns, ...(file !== undefined && { file }) };
}
