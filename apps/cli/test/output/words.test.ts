import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCount, formatDuration, formatMoment, plural, roughly } from '#output/words.ts';

test('it groups digits and counts in words', () => {
  assert.deepEqual([0, 999, 1000, 12_402, 1_234_567].map(formatCount), [
    '0',
    '999',
    '1,000',
    '12,402',
    '1,234,567',
  ]);
  assert.equal(plural(1, 'file'), '1 file');
  assert.equal(plural(0, 'file'), '0 files');
  assert.equal(plural(12_402, 'entry', 'entries'), '12,402 entries');
});

test('it is as exact about time as can be known', () => {
  const coming: [number, string][] = [
    [0, 'a few seconds'],
    [12, 'about 10 seconds'],
    [54, 'about 55 seconds'],
    [60, 'about a minute'],
    [180, 'about 3 minutes'],
    [5400, 'about 1½ hours'],
    [7200, 'about 2 hours'],
    [200_000, 'about 2 days'],
  ];
  for (const [seconds, expected] of coming) assert.equal(roughly(seconds), expected);
  const passed: [number, string][] = [
    [0.44, '0.4 s'],
    [9.96, '10 s'],
    [185, '3 min 5 s'],
    [7500, '2 h 5 min'],
  ];
  for (const [seconds, expected] of passed) assert.equal(formatDuration(seconds), expected);
});

test('it shows moments on the clocks of a place', () => {
  const momentNs = 1_795_426_496_000_000_000n;
  assert.equal(formatMoment(momentNs, 'UTC'), '2026-11-23 09:34');
  assert.equal(formatMoment(momentNs, 'Asia/Kolkata'), '2026-11-23 15:04');
});
