/**
 * What a phone keeps in tables, as typed records and as open formats: messages and calls as JSON lines, contacts as
 * vCard, events as iCalendar, apps and settings as JSON (docs/records.md has every field).
 *
 * It reads and writes no file, asks no clock and knows no phone: rows, bytes and names are the caller's. Every text comes back as
 * it went in, and whatever a text holds, it cannot become another record. A parser of many records never throws for what
 * the bytes are: what it cannot read, it yields as `unreadable`, and reads on.
 *
 * ```ts
 * for await (const message of parseMessages(bytes)) {
 *   if (message.kind === 'unreadable') report(message);
 *   else list(recordKey(message), recordTitle(message));
 * }
 * ```
 */
export type {
  Attendee,
  Calendar,
  CalendarEvent,
  Moment,
  OriginalTime,
  Reminder,
} from './calendar/event.ts';
export { formatCalendar } from './calendar/format.ts';
export { parseCalendar } from './calendar/parse.ts';
export { eventUid } from './calendar/uid.ts';
export {
  type Address,
  type Contact,
  type ContactName,
  contact,
  type ExtraRow,
  type Im,
  type Kinded,
  type Labelled,
  type Organisation,
} from './contacts/contact.ts';
export { formatContacts } from './contacts/format.ts';
export { parseContacts } from './contacts/parse.ts';
export { IM_PROTOCOLS, TYPES, type TypedList, typeNumber, typeWord } from './contacts/types.ts';
export { type Apk, type AppFacts, formatAppFacts, parseAppFacts } from './facts/app.ts';
export {
  formatSettings,
  parseSettings,
  type SavedNetwork,
  type Setting,
  type Settings,
} from './facts/settings.ts';
export { RECORDS_FAILURES } from './failures.ts';
export { type PhoneRecord, recordKey } from './key.ts';
export type { Columns } from './lines/columns.ts';
export { formatCalls, formatMessages, parseCalls, parseMessages } from './messages/format.ts';
export type { Call, Message, MmsMessage, MmsPart, SmsMessage } from './messages/message.ts';
export { isPartFileName, partFileName } from './messages/part-file.ts';
export { recordTitle } from './title.ts';
export type { Unreadable } from './unreadable.ts';
