import type { ByteSource } from '@holdfast/kernel';
import { type Columns, columnsOf, rowsOf } from '../lines/columns.ts';
import { formatJsonLines, isObject, type JsonObject, parseJsonLines } from '../lines/json-lines.ts';
import type { Unreadable } from '../unreadable.ts';
import type { Call, Message, MmsPart } from './message.ts';
import { isPartFileName } from './part-file.ts';

/** What SMS Import / Export 2 adds to the columns of an MMS (its README, “MMS Messages”). */
const SENDER = '__sender_address';
const RECIPIENTS = '__recipient_addresses';
const PARTS = '__parts';
/** What we add to the columns of a part, in the same spirit. */
const FILE = '__file';
const SHA256 = '__sha256';

const ADDED_TO_MMS: ReadonlySet<string> = new Set([SENDER, RECIPIENTS, PARTS]);
const ADDED_TO_PARTS: ReadonlySet<string> = new Set([FILE, SHA256]);

/** Folder of the parts' files, beside the messages. */
const PARTS_FOLDER = 'parts/';

/** `messages.ndjson`: one message a line, in the shape SMS Import / Export 2 writes (docs/records.md). */
export function formatMessages(messages: AsyncIterable<Message> | Iterable<Message>): ByteSource {
  return formatJsonLines(messages, messageObject);
}

/** The messages of such a file, of ours or of SMS Import / Export 2, in their order; a damaged line costs only itself. */
export function parseMessages(source: ByteSource): AsyncGenerator<Message | Unreadable> {
  return parseJsonLines(source, messageFrom);
}

/** `calls.ndjson`: one call a line, column to text. */
export function formatCalls(calls: AsyncIterable<Call> | Iterable<Call>): ByteSource {
  return formatJsonLines(calls, ({ columns }) => columns);
}

/** The calls of such a file, in their order; a damaged line costs only itself. */
export function parseCalls(source: ByteSource): AsyncGenerator<Call | Unreadable> {
  return parseJsonLines(source, (object): Call => ({ kind: 'call', columns: columnsOf(object) }));
}

function messageObject(message: Message): object {
  if (message.kind === 'sms') return message.columns;
  return {
    ...message.columns,
    ...(message.sender === undefined ? {} : { [SENDER]: message.sender }),
    [RECIPIENTS]: message.recipients,
    [PARTS]: message.parts.map(partObject),
  };
}

function partObject({ columns, file, sha256 }: MmsPart): object {
  return {
    ...columns,
    ...(file === undefined ? {} : { [FILE]: PARTS_FOLDER + file }),
    ...(sha256 === undefined ? {} : { [SHA256]: sha256 }),
  };
}

function messageFrom(object: JsonObject): Message | string {
  // SMS Import / Export writes no list where there is no row; and tells an MMS by its `m_type`.
  const isMms = Array.isArray(object[PARTS]) || object['m_type'] !== undefined;
  if (!isMms) return { kind: 'sms', columns: columnsOf(object) };

  const sender = object[SENDER];
  const recipients = rowsOf(object[RECIPIENTS]);
  const parts = rowsOf(object[PARTS])?.map(partFrom);
  if (sender !== undefined && !isObject(sender)) return 'the sender of an MMS is no row';
  if (recipients === undefined) return 'the recipients of an MMS are no rows';
  if (parts === undefined) return 'the parts of an MMS are no rows';
  if (!parts.every((part) => part !== undefined)) return 'a part of an MMS names no file of its folder';
  return {
    kind: 'mms',
    columns: columnsOf(object, ADDED_TO_MMS),
    ...(sender === undefined ? {} : { sender: columnsOf(sender) }),
    recipients: recipients.map((row): Columns => columnsOf(row)),
    parts,
  };
}

/** Absent when the file it names could be anywhere. */
function partFrom(row: JsonObject): MmsPart | undefined {
  const columns = columnsOf(row, ADDED_TO_PARTS);
  const sha256 = row[SHA256];
  const path = row[FILE];
  const hash = typeof sha256 === 'string' ? { sha256 } : {};
  if (path === undefined) return { columns, ...hash };
  if (typeof path !== 'string' || !path.startsWith(PARTS_FOLDER)) return undefined;
  const file = path.slice(PARTS_FOLDER.length);
  return isPartFileName(file) ? { columns, file, ...hash } : undefined;
}
