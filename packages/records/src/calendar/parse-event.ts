import { type ContentLine, parameter } from '../lines/content-line.ts';
import { unescapeText } from '../lines/text-value.ts';
import type { Unreadable } from '../unreadable.ts';
import { columnsIn } from './columns-in.ts';
import type { Attendee, CalendarEvent, Moment, Reminder } from './event.ts';
import { parseMoment } from './moments.ts';
import * as ours from './names.ts';
import { parseDates, parseDuration } from './repetition.ts';
import { ourWord, PARTICIPATIONS, ROLES, WORD_PROPERTIES } from './words.ts';

/** The event of the lines between `BEGIN:VEVENT`, which was line `number`, and its end. */
export function parseEvent(lines: readonly ContentLine[], number: number): CalendarEvent | Unreadable {
  const own = lines.slice(0, firstInner(lines)).concat(lines.slice(lastInner(lines)));
  const all = new Map<string, ContentLine[]>();
  for (const line of own) {
    const same = all.get(line.name);
    if (same === undefined) all.set(line.name, [line]);
    else same.push(line);
  }
  const first = (name: string): ContentLine | undefined => all.get(name)?.[0];

  const startLine = first('DTSTART');
  const start = startLine === undefined ? undefined : parseMoment(startLine);
  if (start === undefined) return { kind: 'unreadable', line: number, detail: 'an event has no start' };
  const endLine = first('DTEND');
  const end = endLine === undefined ? undefined : parseMoment(endLine, start.zone ?? 'UTC');

  const texts = new Map<string, string>();
  const setText = (field: string, text: string | undefined): void => {
    if (text !== undefined && text !== '') texts.set(field, text);
  };
  for (const [field, name] of TEXTS) setText(field, textOf(first(name)));
  setText('duration', mapLine(first('DURATION'), parseDuration));
  for (const [field, name] of RULES)
    setText(
      field,
      all
        .get(name)
        ?.map((line) => line.value)
        .join('\n'),
    );
  for (const [field, name] of DATES) {
    setText(
      field,
      all
        .get(name)
        ?.map((line) => parseDates(line, start.isAllDay))
        .join('\n'),
    );
  }
  for (const [field, name, words] of WORD_PROPERTIES) setText(field, ourWord(words, first(name)?.value));
  for (const line of all.get(ours.FIELD) ?? []) {
    const field = parameter(line, ours.NAME);
    if (field !== undefined && FIELDS.has(field)) setText(field, unescapeText(line.value));
  }
  setText('organizer', mapLine(first('ORGANIZER'), addressOf));

  const original = mapLine(first('RECURRENCE-ID'), (line) => parseMoment(line));
  const uidLine = first('UID');
  const uid = textOf(uidLine) ?? '';
  if (original !== undefined) setText('uid', textOf(first(ours.OWN_UID)));
  else if (uidLine !== undefined && parameter(uidLine, ours.MADE) === undefined) setText('uid', uid);

  return {
    kind: 'event',
    ...Object.fromEntries(texts),
    isAllDay: start.isAllDay,
    start: momentOf(start),
    ...(end === undefined ? {} : { end: momentOf(end) }),
    ...(original === undefined ? {} : { original: { uid, ms: original.ms, isAllDay: original.isAllDay } }),
    attendees: (all.get('ATTENDEE') ?? []).map(parseAttendee),
    reminders: remindersIn(lines),
    extras: columnsIn(own),
  };
}

const TEXTS = [
  ['title', 'SUMMARY'],
  ['description', 'DESCRIPTION'],
  ['location', 'LOCATION'],
] as const;
const RULES = [
  ['rrule', 'RRULE'],
  ['exrule', 'EXRULE'],
] as const;
const DATES = [
  ['rdate', 'RDATE'],
  ['exdate', 'EXDATE'],
] as const;
/** What a property of our own may hold. */
const FIELDS: ReadonlySet<string> = new Set([
  'duration',
  ...[...RULES, ...DATES, ...WORD_PROPERTIES].map(([field]) => field),
]);

function mapLine<T>(line: ContentLine | undefined, map: (line: ContentLine) => T): T | undefined {
  return line === undefined ? undefined : map(line);
}

function textOf(line: ContentLine | undefined): string | undefined {
  return mapLine(line, ({ value }) => unescapeText(value));
}

function momentOf({ ms, zone }: Moment): Moment {
  return { ms, ...(zone === undefined ? {} : { zone }) };
}

function addressOf({ value }: ContentLine): string {
  return value.replace(/^mailto:/i, '');
}

function parseAttendee(line: ContentLine): Attendee {
  const name = parameter(line, 'CN');
  const isResource = parameter(line, 'CUTYPE')?.toUpperCase() === 'RESOURCE';
  const type = isResource
    ? 'resource'
    : (parameter(line, ours.TYPE) ?? ourWord(ROLES, parameter(line, 'ROLE')));
  const status = parameter(line, ours.STATUS) ?? ourWord(PARTICIPATIONS, parameter(line, 'PARTSTAT'));
  const relationship = parameter(line, ours.RELATIONSHIP);
  return {
    email: addressOf(line),
    ...(name ? { name } : {}),
    ...(type ? { type } : {}),
    ...(status ? { status } : {}),
    ...(relationship ? { relationship } : {}),
  };
}

function firstInner(lines: readonly ContentLine[]): number {
  const at = lines.findIndex(({ name }) => name === 'BEGIN');
  return at < 0 ? lines.length : at;
}

function lastInner(lines: readonly ContentLine[]): number {
  return lines.findLastIndex(({ name }) => name === 'END') + 1 || lines.length;
}

function remindersIn(lines: readonly ContentLine[]): Reminder[] {
  const reminders: Reminder[] = [];
  let alarm: ContentLine[] | undefined;
  for (const line of lines) {
    if (line.name === 'BEGIN') alarm = [];
    else if (line.name === 'END') {
      const reminder = alarm === undefined ? undefined : parseReminder(alarm);
      if (reminder !== undefined) reminders.push(reminder);
      alarm = undefined;
    } else alarm?.push(line);
  }
  return reminders;
}

const TRIGGER =
  /^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,15})M)?(?:(\d{1,8})S)?)?$/;

/** Absent for an alarm at a fixed time, or for none. */
function parseReminder(lines: readonly ContentLine[]): Reminder | undefined {
  const trigger = lines.find(({ name }) => name === 'TRIGGER');
  const match = TRIGGER.exec(trigger?.value ?? '');
  if (trigger === undefined || match === null) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((n) => Number(n ?? 0));
  const before = Math.trunc(((weeks * 7 + days) * 24 + hours) * 60 + minutes + seconds / 60);
  const read = match[1] === '-' || before === 0 ? before : -before;
  const exact = Number(parameter(trigger, ours.MINUTES) ?? Number.NaN);
  const method = textOf(lines.find(({ name }) => name === ours.METHOD));
  return { minutes: Number.isSafeInteger(exact) ? exact : read, ...(method ? { method } : {}) };
}
