import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { type CalendarEvent, parseCalendar, parseCalls } from '@holdfast/records';
import { lockPhone, NASTY_TEXTS, type Release, type Vendor } from '@holdfast/testkit/phone';
import { calendarFileName } from '#android/parts/calendar/file-names.ts';
import { inPieces, rowsOf } from '../../../test-setup/phone-rows.ts';
import { type Given, given, samplePhoneWith } from '../../../test-setup/sample-phones.ts';

const CALLS = 'calls/calls.ndjson';

const PHONES: readonly (readonly [Release, Vendor])[] = [
  [12, 'aosp'],
  [14, 'samsung'],
  [16, 'xiaomi'],
];

for (const [release, vendor] of PHONES) {
  test(`it reads every call of a ${vendor} phone with Android ${release} as it is there`, async () => {
    await using phone = await samplePhoneWith({ release, vendor, calls: 50 }, ({ database }) => {
      const put = database.prepare('UPDATE calls SET name = ?, geocoded_location = ? WHERE _id = ?');
      for (const [at, text] of NASTY_TEXTS.entries()) put.run(text, NASTY_TEXTS.at(-at) ?? '', at + 1);
      put.run('\nRow: 18 _id=19, name=', 'Row: 17 _id=18, name=\nRow: 18 _id=19, geocoded_location=', 18);
    });
    const calls = await given(phone.source, 'calls');
    const read = await Array.fromAsync(parseCalls(inPieces(calls.files.get(CALLS) ?? new Uint8Array(0))));
    // Two of the table's columns are not among those that this provider shows.
    const shown = rowsOf(phone.android, 'SELECT * FROM calls WHERE type != 4 ORDER BY _id').map(
      ({ block_reason: _block, missed_reason: _missed, ...columns }) => ({ kind: 'call', columns }),
    );
    deepEqual(read, shown);
    equal(calls.records.get(CALLS)?.length, 50);
  });
}

for (const release of [9, 10] as const) {
  test(`it says that Android ${release} does not give its calls`, async () => {
    await using phone = await samplePhoneWith({ release });
    const { entries } = await given(phone.source, 'calls');
    const problem = entries.get(CALLS);
    ok(problem?.kind === 'problem');
    equal(problem.reason, 'phone-refuses');
    ok(problem.detail.startsWith('java.lang.SecurityException: Permission Denial'));
  });
}

test('it says that all of this is sealed before the phone is unlocked', async () => {
  await using phone = await samplePhoneWith({}, lockPhone);
  for (const part of ['calls', 'calendar', 'contacts', 'messages']) {
    const { entries } = await given(phone.source, part);
    deepEqual(
      [...entries.values()].map((entry) => entry.kind === 'problem' && entry.reason),
      ['phone-locked'],
      part,
    );
  }
});

const eventsIn = async ({ files }: Given, name: string): Promise<readonly CalendarEvent[]> => {
  const bytes = files.get(`calendar/${name}`);
  ok(bytes);
  const read = await Array.fromAsync(parseCalendar(inPieces(bytes)));
  return read.filter((each): each is CalendarEvent => {
    if (each.kind === 'unreadable') throw new Error(each.detail);
    return each.kind === 'event';
  });
};

for (const [release, vendor] of [[9, 'samsung'], ...PHONES] as const) {
  test(`it reads every event of a ${vendor} phone with Android ${release}`, async () => {
    await using phone = await samplePhoneWith({ release, vendor, events: 45 });
    const calendar = await given(phone.source, 'calendar');
    deepEqual([...calendar.files.keys()], ['calendar/Ana.ics', 'calendar/On_phone_ _own_.ics']);
    for (const [name, id] of [
      ['Ana.ics', 1],
      ['On_phone_ _own_.ics', 2],
    ] as const) {
      const rows = rowsOf(phone.android, `SELECT * FROM events WHERE calendar_id = ${id} ORDER BY _id`);
      const expected = rows.map((row) => [
        row['title'] || undefined,
        row['description'],
        row['eventLocation'],
        row['dtstart'],
        row['dtend'],
        row['duration'],
        row['rrule'],
        row['uid2445'],
        row['allDay'] === '1',
        row['eventTimezone'],
        rowsOf(phone.android, `SELECT * FROM reminders WHERE event_id = ${row['_id']}`).map(
          ({ minutes }) => minutes,
        ),
        rowsOf(phone.android, `SELECT * FROM attendees WHERE event_id = ${row['_id']}`).map(
          ({ attendeeName }) => attendeeName,
        ),
      ]);
      const events = await eventsIn(calendar, name);
      deepEqual(
        events.map((event) => [
          event.title,
          event.description,
          event.location,
          String(event.start.ms),
          event.end && String(event.end.ms),
          event.duration,
          event.rrule,
          event.uid,
          event.isAllDay,
          event.start.zone,
          event.reminders.map(({ minutes }) => String(minutes)),
          event.attendees.map(({ name: attendee }) => attendee),
        ]),
        expected,
      );
      equal(calendar.records.get(`calendar/${name}`)?.length, rows.length);
    }
  });
}

test('it ties one time of a repeated event to it, whether that has an id or not', async () => {
  await using phone = await samplePhoneWith({ events: 8 }, ({ database }) => {
    database.exec(`UPDATE events SET uid2445 = NULL WHERE _id = 2;
      INSERT INTO events(calendar_id, title, dtstart, dtend, eventTimezone, original_id, originalInstanceTime, eventStatus)
      VALUES (2, 'moved', 1773900000000, 1773903600000, 'Europe/Lisbon', 2, 1773800000000, 2),
        (2, 'never', NULL, NULL, 'UTC', NULL, NULL, 1), (2, 'gone', 1, 2, 'UTC', NULL, NULL, 1);
      UPDATE events SET deleted = 1 WHERE title = 'gone'`);
  });
  const calendar = await given(phone.source, 'calendar');
  const events = await eventsIn(calendar, 'On_phone_ _own_.ics');
  const moved = events.find(({ title }) => title === 'moved');
  equal(moved?.status, 'cancelled');
  deepEqual([moved?.original?.ms, moved?.original?.isAllDay], [1773800000000, false]);
  ok(moved?.original?.uid.endsWith('@holdfast'));
  equal(events.length, 5);
  const bad = calendar.records.get('calendar/On_phone_ _own_.ics')?.filter(({ reason }) => reason);
  deepEqual(
    bad?.map(({ key, detail }) => [key, detail]),
    [['unreadable-events-10', 'it has no time']],
  );
});

test('it gives every calendar a file name that every system takes, each once', () => {
  const taken = new Set<string>();
  const names = [
    'Ana',
    'ana',
    '',
    '..',
    '../../etc/passwd',
    'a/b:c*?"<>|',
    '\u0000\n',
    '. hidden .',
    '🏖'.repeat(90),
  ];
  deepEqual(
    names.map((name) => calendarFileName(name, taken)),
    [
      'Ana.ics',
      'ana (2).ics',
      'calendar.ics',
      'calendar (2).ics',
      '_.._etc_passwd.ics',
      'a_b_c______.ics',
      '__.ics',
      'hidden.ics',
      `${'🏖'.repeat(40)}.ics`,
    ],
  );
});
