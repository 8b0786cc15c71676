import type { ByteSource } from '@holdfast/kernel';
import type { Columns } from '../lines/columns.ts';
import { formatContentLine, type Parameter } from '../lines/content-line.ts';
import { foldLine } from '../lines/fold.ts';
import { textChunks } from '../lines/text-chunks.ts';
import { escapeText } from '../lines/text-value.ts';
import type { Attendee, Calendar, CalendarEvent, Moment, Reminder } from './event.ts';
import { formatMoment } from './moments.ts';
import * as ours from './names.ts';
import { formatDates, formatDuration, formatRules, type Spelled } from './repetition.ts';
import { eventUid } from './uid.ts';
import { PARTICIPATIONS, ROLES, theirWord, WORD_PROPERTIES } from './words.ts';
import { zoneDefinition } from './zones.ts';

/** Names the program, as the standard demands (RFC 5545 section 3.7.3). */
const PRODUCT = '-//Holdfast//Holdfast//EN';

/** `<calendar>.ics`: the events, each zone defined before its first use (docs/records.md). */
export function formatCalendar(
  calendar: Calendar,
  events: AsyncIterable<CalendarEvent> | Iterable<CalendarEvent>,
): ByteSource {
  return textChunks(textsOf(calendar, events));
}

async function* textsOf(
  calendar: Calendar,
  events: AsyncIterable<CalendarEvent> | Iterable<CalendarEvent>,
): AsyncGenerator<string> {
  const head = new Lines();
  head.add('BEGIN', 'VCALENDAR');
  head.add('VERSION', '2.0');
  head.add('PRODID', PRODUCT);
  head.addText(ours.CALENDAR_NAME, calendar.name);
  if (calendar.zone) head.addText(ours.CALENDAR_ZONE, calendar.zone);
  if (calendar.color) head.addText(ours.CALENDAR_COLOR, calendar.color);
  head.addColumns(calendar.extras);
  yield head.text();
  const defined = new Set<string>();
  for await (const event of events) {
    const lines = new Lines();
    addEvent(lines, event);
    for (const zone of lines.zones) {
      if (defined.has(zone)) continue;
      defined.add(zone);
      yield zoneDefinition(zone).map(foldLine).join('');
    }
    yield lines.text();
  }
  yield 'END:VCALENDAR\r\n';
}

class Lines {
  /** Zones that the lines refer to. */
  readonly zones = new Set<string>();
  readonly #lines: string[] = [];

  add(name: string, value: string, params: readonly Parameter[] = []): void {
    this.#lines.push(formatContentLine({ name, value, params }));
  }

  addText(name: string, text: string, params: readonly Parameter[] = []): void {
    this.add(name, escapeText(text), params);
  }

  addSpelled(name: string, { params, value, zone }: Spelled): void {
    if (zone !== undefined) this.zones.add(zone);
    this.add(name, value, params);
  }

  addColumns(columns: Columns): void {
    for (const [name, text] of Object.entries(columns)) this.addText(ours.COLUMN, text, [[ours.NAME, name]]);
  }

  /** The column as `name`, or as a property of our own where it is not what the standard has there. */
  addField(
    field: string,
    name: string,
    column: string | undefined,
    spelled: readonly Spelled[] | undefined,
  ): void {
    if (!column) return;
    if (spelled === undefined) this.addText(ours.FIELD, column, [[ours.NAME, field]]);
    else for (const one of spelled) this.addSpelled(name, one);
  }

  text(): string {
    return this.#lines.join('');
  }
}

function addEvent(lines: Lines, event: CalendarEvent): void {
  const { isAllDay, start, end, original } = event;
  lines.add('BEGIN', 'VEVENT');
  addUid(lines, event);
  // Demanded; when the file was made is the snapshot's to say, and the same events make the same bytes.
  lines.add('DTSTAMP', '19700101T000000Z');
  lines.addSpelled('DTSTART', formatMoment(start, isAllDay));
  if (end !== undefined) lines.addSpelled('DTEND', formatMoment(end, isAllDay, start.zone ?? 'UTC'));
  const duration = event.duration && end === undefined ? formatDuration(event.duration) : undefined;
  lines.addField('duration', 'DURATION', event.duration, duration === undefined ? undefined : [duration]);
  for (const [name, text] of [
    ['SUMMARY', event.title],
    ['DESCRIPTION', event.description],
    ['LOCATION', event.location],
  ] as const)
    if (text) lines.addText(name, text);
  for (const [field, name] of [
    ['rrule', 'RRULE'],
    ['exrule', 'EXRULE'],
  ] as const)
    lines.addField(field, name, event[field], formatRules(event[field] ?? ''));
  for (const [field, name] of [
    ['rdate', 'RDATE'],
    ['exdate', 'EXDATE'],
  ] as const)
    lines.addField(field, name, event[field], formatDates(event[field] ?? '', isAllDay));
  for (const [field, name, words] of WORD_PROPERTIES) {
    const value = theirWord(words, event[field]);
    lines.addField(field, name, event[field], value === undefined ? undefined : [{ params: [], value }]);
  }
  if (original !== undefined) {
    const moment: Moment = { ms: original.ms, zone: 'UTC' };
    lines.addSpelled('RECURRENCE-ID', formatMoment(moment, original.isAllDay));
  }
  if (event.organizer) lines.add('ORGANIZER', `mailto:${event.organizer}`);
  for (const attendee of event.attendees)
    lines.add('ATTENDEE', `mailto:${attendee.email}`, attendeeParams(attendee));
  lines.addColumns(event.extras);
  for (const reminder of event.reminders) addReminder(lines, reminder);
  lines.add('END', 'VEVENT');
}

function addUid(lines: Lines, event: CalendarEvent): void {
  const { uid, original } = event;
  if (original !== undefined) {
    lines.addText('UID', original.uid);
    if (uid) lines.addText(ours.OWN_UID, uid);
  } else {
    lines.addText('UID', eventUid(event), uid ? [] : [[ours.MADE, '1']]);
  }
}

function attendeeParams({ name, type, status, relationship }: Attendee): Parameter[] {
  const params: Parameter[] = [];
  const role = theirWord(ROLES, type);
  const participation = theirWord(PARTICIPATIONS, status);
  if (name) params.push(['CN', name]);
  if (type === 'resource') params.push(['CUTYPE', 'RESOURCE']);
  else if (role !== undefined) params.push(['ROLE', role]);
  else if (type) params.push([ours.TYPE, type]);
  if (participation !== undefined) params.push(['PARTSTAT', participation]);
  else if (status) params.push([ours.STATUS, status]);
  if (relationship) params.push([ours.RELATIONSHIP, relationship]);
  return params;
}

/** Ten years: more is a mistake, and beyond what others can count in. */
const LONGEST_MINUTES = 10 * 366 * 24 * 60;

function addReminder(lines: Lines, { minutes, method }: Reminder): void {
  const isSpellable = Number.isSafeInteger(minutes) && minutes >= 0 && minutes <= LONGEST_MINUTES;
  lines.add('BEGIN', 'VALARM');
  // An alarm by mail would have to name whom to write to, which the phone does not know.
  lines.add('ACTION', 'DISPLAY');
  lines.add('DESCRIPTION', 'Reminder');
  const exact: Parameter[] = isSpellable ? [] : [[ours.MINUTES, String(minutes)]];
  lines.add('TRIGGER', isSpellable && minutes > 0 ? `-PT${minutes}M` : 'PT0M', exact);
  if (method) lines.addText(ours.METHOD, method);
  lines.add('END', 'VALARM');
}
