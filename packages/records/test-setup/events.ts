import type { Attendee, Calendar, CalendarEvent, Moment, OriginalTime, Reminder } from '@holdfast/records';
import fc from 'fast-check';
import { columns, partly, someTexts, texts } from './texts.ts';

const zones = fc.oneof(
  fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'america/new_york',
    'Africa/Casablanca',
    'Asia/Kolkata',
    '+02:00',
    'GMT',
    'Nowhere/At_All',
  ),
  someTexts,
);

/** Most on whole seconds, some in hours that come twice, some that no calendar can tell. */
const times = fc.oneof(
  fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
  fc.integer({ min: 0, max: 7200 }).map((seconds) => Date.parse('2026-10-25T00:00:00Z') + seconds * 1000),
  fc.constantFrom(0, 1, -1, 86_400_000),
  fc.maxSafeInteger(),
);

const moments: fc.Arbitrary<Moment> = fc.record(
  { ms: times, zone: zones },
  { requiredKeys: ['ms'], noNullPrototype: true },
);

const reminders: fc.Arbitrary<Reminder> = fc.record(
  {
    minutes: fc.oneof(fc.integer({ min: -1, max: 50_000 }), fc.maxSafeInteger()),
    method: fc.oneof(fc.constantFrom('alert', 'email'), someTexts),
  },
  { requiredKeys: ['minutes'], noNullPrototype: true },
);

const attendees: fc.Arbitrary<Attendee> = fc.record(
  {
    email: texts,
    name: someTexts,
    type: fc.oneof(fc.constantFrom('required', 'optional', 'resource', '7'), someTexts),
    status: fc.oneof(fc.constantFrom('none', 'accepted', 'declined', 'invited', 'tentative'), someTexts),
    relationship: fc.oneof(fc.constantFrom('none', 'attendee', 'organizer'), someTexts),
  },
  { requiredKeys: ['email'], noNullPrototype: true },
);

const originals: fc.Arbitrary<OriginalTime> = fc.record(
  { uid: texts, ms: times, isAllDay: fc.boolean() },
  { noNullPrototype: true },
);

const dates = fc.oneof(
  fc.constantFrom(
    '20260101T100000Z',
    '20260101T000000Z',
    '20260101',
    '20260101,20260102',
    '20260101,20260102T000000Z',
    '20260101T000000Z,20260102T000000Z',
    'Europe/Berlin;20260101T100000,20260108T100000',
    'europe/berlin;20260101T100000',
    'Europe/Berlin;20260101',
    '20260101T100000Z\n20260108T100000Z',
    'UTC;20260101T100000',
  ),
  someTexts,
);
const rules = fc.oneof(
  fc.constantFrom(
    'FREQ=DAILY',
    'FREQ=WEEKLY;WKST=MO;BYDAY=MO,-1SU',
    'WKST=SU;FREQ=YEARLY',
    'FREQ=DAILY\nFREQ=YEARLY',
    'INTERVAL=2',
    'FREQ=DAILY\r\nX:1',
  ),
  someTexts,
);

/** Any event a phone may have. */
export const events: fc.Arbitrary<CalendarEvent> = fc
  .tuple(
    fc.record(
      {
        isAllDay: fc.boolean(),
        start: moments,
        attendees: fc.array(attendees, { maxLength: 2 }),
        reminders: fc.array(reminders, { maxLength: 2 }),
        extras: columns,
      },
      { noNullPrototype: true },
    ),
    partly<Omit<CalendarEvent, 'kind' | 'isAllDay' | 'start' | 'attendees' | 'reminders' | 'extras'>>({
      uid: someTexts,
      title: someTexts,
      description: someTexts,
      location: someTexts,
      end: moments,
      duration: fc.oneof(
        fc.constantFrom('P3600S', 'PT1H', 'P1D', 'P1W', 'P1DT1H', 'P', 'PT', 'P1H1M'),
        someTexts,
      ),
      rrule: rules,
      exrule: rules,
      rdate: dates,
      exdate: dates,
      status: fc.oneof(fc.constantFrom('tentative', 'confirmed', 'cancelled'), someTexts),
      visibility: fc.oneof(fc.constantFrom('public', 'private', 'confidential'), someTexts),
      availability: fc.oneof(fc.constantFrom('busy', 'free', 'tentative'), someTexts),
      organizer: someTexts,
      original: originals,
    }),
  )
  .map(([always, sometimes]) => ({ kind: 'event', ...always, ...sometimes }));

/** Any calendar. */
export const calendars: fc.Arbitrary<Calendar> = fc.record(
  { kind: fc.constant('calendar'), name: texts, color: someTexts, zone: zones, extras: columns },
  { requiredKeys: ['kind', 'name', 'extras'], noNullPrototype: true },
);
