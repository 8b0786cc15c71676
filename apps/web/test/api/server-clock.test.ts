import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteServerTime, serverNow } from '../../src/api/server-clock.ts';

const NOW = Date.parse('2026-03-14T12:00:00Z');

for (const [date, now] of [
  ['Sat, 14 Mar 2026 15:00:00 GMT', '2026-03-14T15:00:00.000Z'],
  ['Sat, 14 Mar 2026 11:00:00 GMT', '2026-03-14T11:00:00.000Z'],
  ['Sat, 14 Mar 2026 11:59:40 GMT', '2026-03-14T12:00:00.000Z'],
] as const)
  test(`it tells the time by a server that says ${date}`, () => {
    noteServerTime(date, NOW);
    assert.equal(new Date(serverNow(NOW)).toISOString(), now);
    // What says nothing changes nothing.
    noteServerTime(null, NOW);
    noteServerTime('soon', NOW);
    assert.equal(new Date(serverNow(NOW)).toISOString(), now);
  });
