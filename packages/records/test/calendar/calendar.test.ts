import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import {
  type Calendar,
  type CalendarEvent,
  eventUid,
  formatCalendar,
  parseCalendar,
} from '@holdfast/records';
import fc from 'fast-check';
import { bytesOf, inChunks, textOf, textSource } from '../../test-setup/bytes.ts';
import { calendars, events } from '../../test-setup/events.ts';
import { hostileBytes } from '../../test-setup/hostile-bytes.ts';

const HOME: Calendar = { kind: 'calendar', name: 'Home', extras: {} };
const at = (time: string): number => Date.parse(time);
const PLAIN: CalendarEvent = {
  kind: 'event',
  uid: 'u',
  isAllDay: false,
  start: { ms: at('2026-07-01T08:00:00Z'), zone: 'Europe/Berlin' },
  attendees: [],
  reminders: [],
  extras: {},
};

/** The lines of the event after those that every event has, unfolded. */
async function linesOf(event: Partial<CalendarEvent>): Promise<string[]> {
  const text = await textOf(formatCalendar(HOME, [{ ...PLAIN, ...event }]));
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  const [first, uid, ...rest] = lines.slice(lines.indexOf('BEGIN:VEVENT'), lines.lastIndexOf('END:VEVENT'));
  assert.deepEqual([first, uid], ['BEGIN:VEVENT', 'UID:u']);
  assert.ok(rest.includes('DTSTAMP:19700101T000000Z'));
  return rest.filter((line) => !line.startsWith('DTSTAMP:'));
}

suite('calendars', () => {
  test('it reads what it wrote, whatever the texts and the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        calendars,
        fc.array(events, { maxLength: 3 }),
        fc.integer({ min: 1, max: 500 }),
        async (calendar, all, size) => {
          const bytes = await bytesOf(formatCalendar(calendar, all));
          assert.deepEqual(await Array.fromAsync(parseCalendar(inChunks(bytes, size))), [calendar, ...all]);
        },
      ),
    );
  });

  test('it never lets a text begin a line, a property or a component of its own', async () => {
    const ours =
      /^(?:BEGIN|END|VERSION|PRODID|UID|DTSTAMP|DTSTART|DTEND|DURATION|SUMMARY|DESCRIPTION|LOCATION|RRULE|EXRULE|RDATE|EXDATE|STATUS|CLASS|TRANSP|RECURRENCE-ID|ORGANIZER|ATTENDEE|ACTION|TRIGGER|TZID|TZOFFSETFROM|TZOFFSETTO|X-(?!EVIL)[A-Z-]+)[;:]/;
    await fc.assert(
      fc.asyncProperty(calendars, fc.array(events, { maxLength: 3 }), async (calendar, all) => {
        const text = await textOf(formatCalendar(calendar, all));
        const physical = text.split('\r\n');
        for (const line of physical) assert.ok(Buffer.byteLength(line) <= 75);
        const lines = text.replaceAll('\r\n ', '').split(/\r\n|\r|\n/);
        for (const line of lines.slice(0, -1)) assert.match(line, ours);
        assert.equal(lines.filter((line) => line === 'BEGIN:VEVENT').length, all.length);
        assert.equal(lines.filter((line) => line === 'END:VCALENDAR').length, 1);
      }),
    );
  });

  test('it reads any bytes without throwing', async () => {
    const pieces = [
      'BEGIN:VCALENDAR\r\n',
      'BEGIN:VEVENT\r\n',
      'END:VEVENT\r\n',
      'END:VCALENDAR\r\n',
      'BEGIN:VALARM\r\n',
      'TRIGGER:-PT',
      'DTSTART:20260101',
      'DTSTART;TZID=Europe/Berlin:20260101T0',
      'T250000Z',
      'X-HOLDFAST-FIELD;X-HOLDFAST-NAME=rrule:',
    ];
    await fc.assert(
      fc.asyncProperty(hostileBytes(pieces), async (bytes) => {
        await Array.fromAsync(parseCalendar(inChunks(bytes, 13)));
      }),
    );
  });

  for (const [name, event, lines] of [
    ['a time in a zone', {}, ['DTSTART;TZID=Europe/Berlin:20260701T100000']],
    [
      'a time in UTC',
      { start: { ms: at('2026-07-01T08:00:00Z'), zone: 'UTC' } },
      ['DTSTART:20260701T080000Z'],
    ],
    [
      'the second of two same hours',
      { start: { ms: at('2026-10-25T01:30:00Z'), zone: 'Europe/Berlin' } },
      ['DTSTART;TZID=Europe/Berlin;X-HOLDFAST-MS=1792891800000:20261025T023000'],
    ],
    [
      'a zone without a name',
      { start: { ms: 0, zone: '+02:00' } },
      ['DTSTART;X-HOLDFAST-ZONE="+02:00":19700101T000000Z'],
    ],
    [
      'a time beyond four digits',
      { start: { ms: 9e15, zone: 'UTC' } },
      ['DTSTART;X-HOLDFAST-MS=9000000000000000:19700101T000000Z'],
    ],
    [
      'an end',
      { end: { ms: at('2026-07-01T09:00:00Z') } },
      ['DTSTART;TZID=Europe/Berlin:20260701T100000', 'DTEND;TZID=Europe/Berlin:20260701T110000'],
    ],
    [
      'a whole day',
      {
        isAllDay: true,
        start: { ms: at('2026-07-01T00:00:00Z'), zone: 'UTC' },
        end: { ms: at('2026-07-02T00:00:00Z') },
      },
      ['DTSTART;VALUE=DATE:20260701', 'DTEND;VALUE=DATE:20260702'],
    ],
    [
      'a repetition',
      { duration: 'P3600S', rrule: 'FREQ=WEEKLY;BYDAY=WE', exdate: 'Europe/Berlin;20260708T100000' },
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'DURATION;X-HOLDFAST-RAW=P3600S:PT3600S',
        'RRULE:FREQ=WEEKLY;BYDAY=WE',
        'EXDATE;TZID=Europe/Berlin:20260708T100000',
      ],
    ],
    [
      'a rule that is none',
      { rrule: 'FREQ=DAILY\nX-EVIL:1' },
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'X-HOLDFAST-FIELD;X-HOLDFAST-NAME=rrule:FREQ=DAILY\\nX-EVIL:1',
      ],
    ],
    [
      'states',
      { status: 'confirmed', visibility: 'private', availability: 'tentative' },
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'STATUS:CONFIRMED',
        'CLASS:PRIVATE',
        'X-HOLDFAST-FIELD;X-HOLDFAST-NAME=availability:tentative',
      ],
    ],
    [
      'people',
      {
        organizer: 'a@b.c',
        attendees: [
          { email: 'd@e.f', name: 'D; E', type: 'optional', status: 'accepted', relationship: 'attendee' },
        ],
      },
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'ORGANIZER:mailto:a@b.c',
        'ATTENDEE;CN="D; E";ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED;X-HOLDFAST-RELATIONSHIP=attendee:mailto:d@e.f',
      ],
    ],
    [
      'a reminder',
      { reminders: [{ minutes: 15, method: 'alert' }] },
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Reminder',
        'TRIGGER:-PT15M',
        'X-HOLDFAST-METHOD:alert',
        'END:VALARM',
      ],
    ],
    [
      'the default reminder',
      { reminders: [{ minutes: -1 }] },
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Reminder',
        'TRIGGER;X-HOLDFAST-MINUTES=-1:PT0M',
        'END:VALARM',
      ],
    ],
    [
      'an exception',
      { uid: 'own', original: { uid: 'u', ms: at('2026-07-08T08:00:00Z'), isAllDay: false } },
      ['X-HOLDFAST-UID:own', 'DTSTART;TZID=Europe/Berlin:20260701T100000', 'RECURRENCE-ID:20260708T080000Z'],
    ],
    [
      'a column of its own',
      { extras: { eventColor: '-1' } },
      ['DTSTART;TZID=Europe/Berlin:20260701T100000', 'X-HOLDFAST-COLUMN;X-HOLDFAST-NAME=eventColor:-1'],
    ],
  ] as const) {
    test(`it writes ${name}`, async () => {
      assert.deepEqual(await linesOf(event), lines);
    });
  }

  test('it keeps a list of any length', async () => {
    const exdate = `${'20260101T000000Z,'.repeat(100_000)}20260101T000000Z`;
    for (const isAllDay of [true, false]) {
      const event: CalendarEvent = {
        ...PLAIN,
        isAllDay,
        start: { ms: 0, zone: 'UTC' },
        exdate,
        rdate: `${exdate}x`,
      };
      assert.deepEqual(await Array.fromAsync(parseCalendar(formatCalendar(HOME, [event]))), [HOME, event]);
    }
  });

  test('it defines a zone once, before its first use, by the dates of its changes', async () => {
    const text = await textOf(formatCalendar(HOME, [PLAIN, PLAIN]));
    const lines = text.replaceAll('\r\n ', '').split('\r\n');
    const from = lines.indexOf('BEGIN:VTIMEZONE');
    assert.equal(lines.lastIndexOf('BEGIN:VTIMEZONE'), from);
    assert.ok(from < lines.indexOf('BEGIN:VEVENT'));
    const zone = lines.slice(from, lines.indexOf('END:VTIMEZONE'));
    assert.deepEqual(zone.slice(1, 11), [
      'TZID:Europe/Berlin',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:19800406T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
    ]);
    assert.match(zone[11] ?? '', /^RDATE:19810329T020000,.*,20260329T020000,/);
  });

  test('it writes the same id for an event without one each time, and reads none', async () => {
    const { uid: _, ...event } = PLAIN;
    const text = await textOf(formatCalendar(HOME, [event]));
    assert.equal(text, await textOf(formatCalendar(HOME, [event])));
    assert.ok(text.replaceAll('\r\n ', '').includes(`UID;X-HOLDFAST-MADE=1:${eventUid(event)}\r\n`));
    assert.deepEqual(await Array.fromAsync(parseCalendar(textSource(text))), [HOME, event]);
  });

  // As written by others: Google Calendar, Apple's Calendar, Outlook.
  for (const [name, lines, event] of [
    ['a time in a zone', ['DTSTART;TZID=Europe/Berlin:20260701T100000'], {}],
    [
      'a whole day',
      ['DTSTART;VALUE=DATE:20260701'],
      { isAllDay: true, start: { ms: at('2026-07-01'), zone: 'UTC' } },
    ],
    [
      'a duration',
      ['DTSTART:20260701T080000Z', 'DURATION:PT1H'],
      { start: { ms: at('2026-07-01T08:00Z'), zone: 'UTC' }, duration: 'PT1H' },
    ],
    [
      'an alarm a day before',
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'BEGIN:VALARM',
        'TRIGGER:-P1D',
        'DESCRIPTION:x',
        'END:VALARM',
      ],
      { reminders: [{ minutes: 1440 }] },
    ],
    [
      'an alarm at a fixed time',
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'BEGIN:VALARM',
        'TRIGGER;VALUE=DATE-TIME:20260701T000000Z',
        'END:VALARM',
      ],
      {},
    ],
    [
      'dates left out',
      [
        'DTSTART;TZID=Europe/Berlin:20260701T100000',
        'EXDATE;TZID=Europe/Berlin:20260708T100000',
        'EXDATE:20260715T080000Z',
      ],
      { exdate: 'Europe/Berlin;20260708T100000\n20260715T080000Z' },
    ],
    [
      'a zone that this system does not know, as UTC',
      ['DTSTART;TZID=Customized Time Zone:20260701T080000'],
      { start: { ms: at('2026-07-01T08:00Z'), zone: 'UTC' } },
    ],
  ] as const) {
    test(`it reads ${name}`, async () => {
      const text = [
        'BEGIN:VCALENDAR',
        'X-WR-CALNAME:Home',
        'BEGIN:VEVENT',
        'UID:u',
        ...lines,
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n');
      assert.deepEqual(await Array.fromAsync(parseCalendar(textSource(text))), [
        HOME,
        { ...PLAIN, ...event },
      ]);
    });
  }

  test('it reads on after what it cannot read', async () => {
    const event = ['BEGIN:VEVENT', 'UID:u', 'DTSTART;TZID=Europe/Berlin:20260701T100000', 'END:VEVENT'];
    const text = [
      'X:1',
      'END:VEVENT',
      'BEGIN:VCALENDAR',
      'X-WR-CALNAME:Home',
      'BEGIN:VTODO',
      'SUMMARY:x',
      'END:VTODO',
      'BEGIN:VEVENT',
      'UID:u',
      'END:VEVENT',
      'BEGIN:VEVENT',
      ...event,
      'BEGIN:VEVENT',
    ];
    assert.deepEqual(await Array.fromAsync(parseCalendar(textSource(text.join('\n')))), [
      { kind: 'unreadable', line: 1, detail: 'a property outside of any calendar' },
      { kind: 'unreadable', line: 2, detail: 'an end without its beginning' },
      HOME,
      { kind: 'unreadable', line: 8, detail: 'an event has no start' },
      { kind: 'unreadable', line: 11, detail: 'an event has no end' },
      PLAIN,
      { kind: 'unreadable', line: 16, detail: 'an event has no end' },
    ]);
  });
});
