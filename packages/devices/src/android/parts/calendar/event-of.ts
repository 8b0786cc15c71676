import type {
  Attendee,
  Calendar,
  CalendarEvent,
  Columns,
  Moment,
  OriginalTime,
  Reminder,
} from '@holdfast/records';
import { filled } from '../words.ts';
import { CALENDAR_EXTRAS, EVENT_EXTRAS } from './tables.ts';

/** Words for Android's numbers (CalendarContract); an empty one says nothing. */
export const STATUS = ['tentative', 'confirmed', 'cancelled'];
export const VISIBILITY = ['', 'confidential', 'private', 'public'];
export const AVAILABILITY = ['busy', 'free', 'tentative'];
export const METHOD = ['default', 'alert', 'email', 'sms', 'alarm'];
export const ATTENDEE_TYPE = ['', 'required', 'optional', 'resource'];
export const ATTENDEE_STATUS = ['none', 'accepted', 'declined', 'invited', 'tentative'];
export const RELATIONSHIP = ['none', 'attendee', 'organizer', 'performer', 'speaker'];

const wordOf = (list: readonly string[], number: string | undefined): string | undefined =>
  number === undefined ? undefined : (list[Number(number)] ?? number);

/** A calendar, from its row. */
export function calendarOf(row: Columns): Calendar {
  const { calendar_displayName: name = '', calendar_color: color, calendar_timezone: zone } = row;
  return {
    kind: 'calendar',
    name,
    ...(color !== undefined && { color: colorOf(color) }),
    ...(zone && { zone }),
    extras: pick(row, CALENDAR_EXTRAS),
  };
}

/** `#rrggbb`, from a signed number whose highest byte is opacity. */
const colorOf = (number: string): string =>
  `#${Number(BigInt.asUintN(24, BigInt(number)))
    .toString(16)
    .padStart(6, '0')}`;

/** An event, from its row and those that belong to it; `undefined` when it has no time. */
export function eventOf(
  row: Columns,
  {
    attendees,
    reminders,
    originalUid,
  }: {
    readonly attendees: readonly Columns[];
    readonly reminders: readonly Columns[];
    /** Of the repeated event, for one that stands for one of its times. */
    readonly originalUid: string | undefined;
  },
): CalendarEvent | undefined {
  const start = momentOf(row['dtstart'], row['eventTimezone']);
  if (start === undefined) return undefined;
  const end = momentOf(row['dtend'], row['eventEndTimezone']);
  const original = originalOf(row, originalUid);
  return {
    kind: 'event',
    ...filled({
      uid: uidOf(row),
      title: row['title'],
      description: row['description'],
      location: row['eventLocation'],
      duration: row['duration'],
      rrule: row['rrule'],
      exrule: row['exrule'],
      rdate: row['rdate'],
      exdate: row['exdate'],
      status: wordOf(STATUS, row['eventStatus']),
      visibility: wordOf(VISIBILITY, row['accessLevel']),
      availability: wordOf(AVAILABILITY, row['availability']),
      organizer: row['organizer'],
    }),
    isAllDay: row['allDay'] === '1',
    start,
    ...(end && { end }),
    attendees: attendees.map(attendeeOf),
    reminders: reminders.map(reminderOf),
    ...(original && { original }),
    extras: extrasOf(row),
  };
}

/** Its id in iCalendar, else the one its account gave it. */
export const uidOf = (row: Columns): string | undefined => row['uid2445'] || row['_sync_id'] || undefined;

function extrasOf(row: Columns): Columns {
  const { _sync_id: synced } = row;
  return { ...pick(row, EVENT_EXTRAS), ...(synced && uidOf(row) !== synced && { _sync_id: synced }) };
}

function momentOf(ms: string | undefined, zone: string | undefined): Moment | undefined {
  const exact = ms === undefined ? Number.NaN : Number(ms);
  if (!Number.isSafeInteger(exact)) return undefined;
  return { ms: exact, ...(zone && { zone }) };
}

function originalOf(row: Columns, uid: string | undefined): OriginalTime | undefined {
  const ms = Number(row['originalInstanceTime'] ?? Number.NaN);
  if (uid === undefined || !Number.isSafeInteger(ms)) return undefined;
  return { uid, ms, isAllDay: row['originalAllDay'] === '1' };
}

const attendeeOf = (row: Columns): Attendee => ({
  email: row['attendeeEmail'] ?? '',
  ...filled({
    name: row['attendeeName'],
    type: wordOf(ATTENDEE_TYPE, row['attendeeType']),
    status: wordOf(ATTENDEE_STATUS, row['attendeeStatus']),
    relationship: wordOf(RELATIONSHIP, row['attendeeRelationship']),
  }),
});

const reminderOf = (row: Columns): Reminder => ({
  minutes: Number(row['minutes'] ?? -1),
  ...filled({ method: wordOf(METHOD, row['method']) }),
});

const pick = (row: Columns, names: readonly string[]): Columns =>
  Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
