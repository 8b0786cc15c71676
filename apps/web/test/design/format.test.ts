import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  asSentence,
  folderOf,
  formatAgo,
  formatCount,
  formatDay,
  formatDuration,
  formatLength,
  formatPercent,
  formatRate,
  formatTime,
  localeOf,
  nameOf,
  plural,
  roughly,
  showText,
} from '../../src/design/format.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

const rows: readonly (readonly [does: string, seen: string, expected: string])[] = [
  ['groups thousands', formatCount(12402), '12,402'],
  ['says one of one', plural(1, 'item'), '1 item'],
  ['says many of none', plural(0, 'item'), '0 items'],
  ['knows irregular words', plural(2, 'entry', 'entries'), '2 entries'],
  ['writes rates', formatRate(45_000_000), '45 MB/s'],
  ['never says 100 % before it is all', formatPercent(0.9999), '99 %'],
  ['says 100 % of all', formatPercent(1), '100 %'],
  ['never says 0 % of something', formatPercent(0.0001), '1 %'],
  ['says 0 % of nothing', formatPercent(0), '0 %'],
  ['says roughly how long', roughly(181), 'about 3 minutes'],
  ['says half hours', roughly(5400), 'about 1½ hours'],
  ['says days', roughly(200_000), 'about 2 days'],
  ['says a few seconds', roughly(2), 'a few seconds'],
  ['writes how long something took', formatDuration(185), '3 min 5 s'],
  ['writes less than a second', formatDuration(0.2), 'less than 1 s'],
  ['writes hours', formatDuration(7500), '2 h 5 min'],
  ['writes days', formatDuration(3 * 86_400), '3 days'],
  ['writes lengths of videos', formatLength(65), '1:05'],
  ['writes lengths over an hour', formatLength(3729), '1:02:09'],
  ['says just now', formatAgo('2026-11-23T11:59:50Z', NOW), 'just now'],
  ['says minutes ago', formatAgo('2026-11-23T11:56:00Z', NOW), '4 minutes ago'],
  ['says yesterday', formatAgo('2026-11-22T10:00:00Z', NOW), 'yesterday'],
  ['says days ago', formatAgo('2026-11-14T12:00:00Z', NOW), '9 days ago'],
  ['says months ago', formatAgo('2026-05-14T12:00:00Z', NOW), '6 months ago'],
  ['says what is to come', formatAgo('2026-11-25T12:00:00Z', NOW), 'in about 2 days'],
  ['says so when a time is none', formatAgo('whenever', NOW), 'at an unknown time'],
  [
    'writes a day without a time as that day',
    formatDay('2026-01-31', 'en-GB', 'America/New_York'),
    '31 January 2026',
  ],
  ['writes a time', formatTime('2026-11-23T14:03:00Z', 'en-GB', 'UTC'), '23 Nov 2026, 14:03'],
  ["takes the first English of a person's languages", localeOf(['ar', 'en-AU', 'en-US']), 'en-AU'],
  ['writes plain English for those who read none', localeOf(['fr-FR']), 'en'],
  ['takes the name off a path', nameOf('files/internal/DCIM/a.jpg'), 'a.jpg'],
  ['takes the folder off a path', folderOf('files/internal/DCIM/a.jpg'), 'files/internal/DCIM'],
  ['knows no folder at the top', folderOf('a.jpg'), ''],
  ['replaces bytes that are no text', showText('a\udcffb'), 'a\ufffdb'],
  ['replaces marks that turn writing around', showText('gpj.\u202etxe'), 'gpj.\ufffdtxe'],
  ['replaces control characters', showText('a\u001b[31mb\n'), 'a\ufffd[31mb\ufffd'],
  ['leaves right-to-left names as they are', showText('صور العائلة 👨‍👩‍👧'), 'صور العائلة 👨‍👩‍👧'],
];

suite('format', () => {
  for (const [does, seen, expected] of rows) test(`it ${does}`, () => assert.equal(seen, expected));
});

test('it makes a sentence of what was said, once', () => {
  for (const [text, sentence] of [
    ['the drive is full', 'The drive is full.'],
    ['The connection was lost.', 'The connection was lost.'],
    ['it says “no.”', 'It says “no.”'],
  ] as const) {
    assert.equal(asSentence(text), sentence);
    assert.equal(asSentence(sentence), sentence);
  }
});
