import type { Attendee, Calendar, CalendarEvent, Reminder } from '@holdfast/records';
import {
  ATTENDEE_STATUS,
  ATTENDEE_TYPE,
  AVAILABILITY,
  METHOD,
  RELATIONSHIP,
  STATUS,
  VISIBILITY,
} from '../../../parts/calendar/event-of.ts';
import { words } from '../../../parts/words.ts';
import type { Row } from '../../script/bind.ts';
import { pickRow } from '../pick-row.ts';

const EXTRA_NUMBERS = words(
  'eventColor selfAttendeeStatus guestsCanModify guestsCanInviteOthers guestsCanSeeGuests',
);
const EXTRA_TEXTS = words('customAppPackage customAppUri');

type NumberCell = { readonly number: string } | undefined;

const ms = (value: number | undefined): NumberCell =>
  value === undefined ? undefined : { number: String(value) };

const flag = (is: boolean): NumberCell => ({ number: is ? '1' : '0' });

/** Android's number for a word, or the number itself where it has no word; none where it is neither. */
function numbered(list: readonly string[], word: string | undefined): NumberCell {
  if (word === undefined) return undefined;
  const at = list.indexOf(word);
  if (at >= 0) return { number: String(at) };
  return /^-?\d{1,9}$/.test(word) ? { number: word } : undefined;
}

/** An event's row, without what it goes by: while it has none, it is unfinished. */
export function eventRow(event: CalendarEvent): Row {
  return {
    title: event.title,
    description: event.description,
    eventLocation: event.location,
    allDay: flag(event.isAllDay),
    dtstart: ms(event.start.ms),
    dtend: ms(event.end?.ms),
    // Android takes no event without one.
    eventTimezone: event.start.zone ?? 'UTC',
    eventEndTimezone: event.end?.zone,
    duration: event.duration,
    rrule: event.rrule,
    exrule: event.exrule,
    rdate: event.rdate,
    exdate: event.exdate,
    eventStatus: numbered(STATUS, event.status),
    accessLevel: numbered(VISIBILITY, event.visibility),
    availability: numbered(AVAILABILITY, event.availability),
    organizer: event.organizer,
    hasAlarm: flag(event.reminders.length > 0),
    hasAttendeeData: flag(event.attendees.length > 0),
    ...pickRow(event.extras, EXTRA_NUMBERS, EXTRA_TEXTS),
  };
}

/** What an event goes by; `original` is the row of the repeated event, of which it stands for one time. */
export const identityRow = (event: CalendarEvent, original: string | undefined): Row => ({
  _sync_id: '',
  uid2445: event.uid,
  ...(event.original !== undefined &&
    original !== undefined && {
      original_id: { number: original },
      originalInstanceTime: ms(event.original.ms),
      originalAllDay: flag(event.original.isAllDay),
    }),
});

export const reminderRow = (event: string, { minutes, method }: Reminder): Row => ({
  event_id: { number: event },
  minutes: ms(minutes),
  method: numbered(METHOD, method ?? 'default'),
});

export const attendeeRow = (event: string, { email, name, type, status, relationship }: Attendee): Row => ({
  event_id: { number: event },
  attendeeEmail: email,
  attendeeName: name,
  attendeeType: numbered(ATTENDEE_TYPE, type),
  attendeeStatus: numbered(ATTENDEE_STATUS, status),
  attendeeRelationship: numbered(RELATIONSHIP, relationship),
});

/** A calendar of the phone's own, that all may write to. */
export const calendarRow = ({ name, color, zone }: Calendar, account: string): Row => ({
  account_name: account,
  account_type: 'LOCAL',
  ownerAccount: account,
  name,
  calendar_displayName: name,
  calendar_access_level: { number: '700' },
  visible: { number: '1' },
  sync_events: { number: '1' },
  calendar_timezone: zone,
  // Opaque, as the signed number that Android keeps.
  ...(color !== undefined &&
    /^#[0-9a-f]{6}$/i.test(color) && {
      calendar_color: { number: String(Number.parseInt(`ff${color.slice(1)}`, 16) | 0) },
    }),
});
