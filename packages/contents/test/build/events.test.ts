import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { madeBackups } from '../../test-setup/made-backup.ts';

const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];

test('it has a whole day begin when it does in the zone, so that no month comes twice', async () => {
  await using made = await madeBackups();
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...event('UID:1', 'SUMMARY:Holiday', 'DTSTART;VALUE=DATE:20240701'),
    ...event('UID:2', 'SUMMARY:Dinner', 'DTSTART:20240701T020000Z'),
    ...event('UID:3', 'SUMMARY:Breakfast', 'DTSTART:20240701T120000Z'),
    'END:VCALENDAR',
  ];
  const backup = { calendar: { 'home.ics': calendar.map((line) => `${line}\r\n`).join('') } };
  const contents = made.reopen({ timeZone: 'America/New_York' });
  const index = await contents.ready(await made.save(backup), new AbortController().signal);
  const { records } = index.records({ type: 'calendar', limit: 10 });
  deepEqual(
    records.map(({ title, time }) => [title, time?.slice(0, 7)]),
    [
      ['Breakfast', '2024-07'],
      ['Holiday', '2024-07'],
      ['Dinner', '2024-06'],
    ],
  );
});
