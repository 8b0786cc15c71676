import type { Columns } from '../lines/columns.ts';

/** A calendar, without its events. */
export interface Calendar {
  readonly kind: 'calendar';
  readonly name: string;
  /** `#rrggbb` */
  readonly color?: string;
  /** The zone that times without one are in. */
  readonly zone?: string;
  /** Columns of the provider that have no place of their own here. */
  readonly extras: Columns;
}

/** A point in time and the zone it is kept in. */
export interface Moment {
  /** Whole milliseconds since 1970. Of an all-day event: midnight in UTC. */
  readonly ms: number;
  /** As the phone has it: an IANA name as a rule. */
  readonly zone?: string;
}

/** When to remind. */
export interface Reminder {
  /** Before the start; -1 for the calendar's own default. */
  readonly minutes: number;
  /** `default`, `alert`, `email`, `sms`, `alarm`, or a number that is none of these. */
  readonly method?: string;
}

/** Someone who is asked to come. */
export interface Attendee {
  readonly email: string;
  readonly name?: string;
  /** `required`, `optional`, `resource`, or a number that is none of these. */
  readonly type?: string;
  /** `none`, `accepted`, `declined`, `invited`, `tentative`, or a number that is none of these. */
  readonly status?: string;
  /** `none`, `attendee`, `organizer`, `performer`, `speaker`, or a number that is none of these. */
  readonly relationship?: string;
}

/** The one time of a repeated event that an event stands for. */
export interface OriginalTime {
  /** `eventUid` of the repeated event. */
  readonly uid: string;
  /** When it would have been, in milliseconds since 1970. */
  readonly ms: number;
  readonly isAllDay: boolean;
}

/**
 * An event: what the rows of `content://com.android.calendar` say about it.
 *
 * Texts for repetition and duration are as the provider has them (android.provider.CalendarContract.EventsColumns). An empty
 * text is an absent one.
 */
export interface CalendarEvent {
  readonly kind: 'event';
  /** The same on every phone: `_sync_id` or `uid2445`. */
  readonly uid?: string;
  readonly title?: string;
  readonly description?: string;
  readonly location?: string;
  readonly isAllDay: boolean;
  readonly start: Moment;
  readonly end?: Moment;
  /** `P3600S`: of repeated events, in place of an end. */
  readonly duration?: string;
  /** `FREQ=WEEKLY;BYDAY=MO`; several are separated by line feeds. */
  readonly rrule?: string;
  readonly exrule?: string;
  /** `20260101T100000Z,20260108T100000Z`, after `Europe/Berlin;` if in a zone; several are separated by line feeds. */
  readonly rdate?: string;
  readonly exdate?: string;
  /** `tentative`, `confirmed`, `cancelled`, or a number that is none of these. */
  readonly status?: string;
  /** `public`, `private`, `confidential`, or a number that is none of these. */
  readonly visibility?: string;
  /** `busy`, `free`, or anything else. */
  readonly availability?: string;
  /** An e-mail address. */
  readonly organizer?: string;
  readonly attendees: readonly Attendee[];
  readonly reminders: readonly Reminder[];
  readonly original?: OriginalTime;
  /** Columns of the provider that have no place of their own here. */
  readonly extras: Columns;
}
