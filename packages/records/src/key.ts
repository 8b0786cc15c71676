import { createHash } from 'node:crypto';
import type { CalendarEvent } from './calendar/event.ts';
import { eventFacts } from './calendar/uid.ts';
import type { Contact } from './contacts/contact.ts';
import type { AppFacts } from './facts/app.ts';
import type { Setting } from './facts/settings.ts';
import type { Columns } from './lines/columns.ts';
import type { Call, MmsMessage, SmsMessage } from './messages/message.ts';

/** Anything that is an item of its own. */
export type PhoneRecord = SmsMessage | MmsMessage | Call | Contact | CalendarEvent | AppFacts | Setting;

/**
 * The record's id: 64 hexadecimal digits, the SHA-256 of what it means to a person.
 *
 * The same from run to run and from another phone that has the same record: rows' ids, threads, and whether it was read count
 * for nothing; docs/records.md lists what counts. Two messages that are alike in all of it have the same key.
 */
export function recordKey(record: PhoneRecord): string {
  // Half a character is escaped in JSON: equal texts only have equal keys.
  return createHash('sha256')
    .update(JSON.stringify(meaning(record)), 'utf8')
    .digest('hex');
}

function meaning(record: PhoneRecord): readonly unknown[] {
  switch (record.kind) {
    case 'sms':
      return ['sms', ...pick(record.columns, ['type', 'address', 'date', 'body'])];
    case 'mms':
      return ['mms', ...mmsMeaning(record)];
    case 'call':
      return ['call', ...pick(record.columns, ['number', 'date', 'duration', 'type'])];
    case 'contact':
      return ['contact', contactMeaning(record)];
    case 'event':
      return ['event', ...eventMeaning(record)];
    case 'app':
      return ['app', record.package];
    case 'setting':
      return ['setting', record.namespace, record.key];
    default:
      return record satisfies never;
  }
}

/** Absent is `null`, so that it differs from every text. */
function pick(columns: Columns, names: readonly string[]): (string | null)[] {
  return names.map((name) => columns[name] ?? null);
}

function mmsMeaning({ columns, sender, recipients, parts }: MmsMessage): unknown[] {
  return [
    pick(columns, ['msg_box', 'date', 'sub']),
    sender?.['address'] ?? null,
    recipients.map((row) => pick(row, ['type', 'address'])).toSorted(byText),
    parts.map((part) => [...pick(part.columns, ['ct', 'text']), part.sha256 ?? null]),
  ];
}

const CONTACT_LISTS = [
  'nicknames',
  'phones',
  'emails',
  'addresses',
  'organisations',
  'websites',
  'events',
  'relations',
  'ims',
  'sips',
  'notes',
  'groups',
] as const satisfies readonly (keyof Contact)[];

/** Lists count without their order, which is the rows'; pictures and rows of other apps do not, as no other phone takes them. */
function contactMeaning(contact: Contact): unknown {
  const lists = CONTACT_LISTS.map((list) => contact[list].map(sorted).toSorted(byText));
  return [sorted(contact.name ?? {}), contact.isStarred, lists];
}

/** The members of an object in order of their names, without empty ones. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== '')
    .toSorted(byText);
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function eventMeaning(event: CalendarEvent): readonly unknown[] {
  const { uid, original } = event;
  if (original !== undefined) return [original.uid, original.ms];
  return uid ? [uid] : eventFacts(event);
}
