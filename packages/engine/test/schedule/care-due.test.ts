import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type CareHistory, type CareSettings, careDue } from '@holdfast/engine';

const NOW = Temporal.Instant.from('2026-03-14T12:00:00Z');
const daysAgo = (days: number): Temporal.Instant => NOW.subtract({ hours: 24 * days });
const ALL: CareSettings = { checkEveryDays: 3, drillEveryDays: 30, isRetentionAutomatic: true };

const ROWS: readonly [string, Partial<CareSettings>, CareHistory, string | undefined][] = [
  ['no backup', {}, {}, undefined],
  ['a first backup of today', {}, { firstBackup: NOW }, undefined],
  ['nothing done so far', {}, { firstBackup: daysAgo(4) }, 'check'],
  ['nothing done for long: the most overdue', {}, { firstBackup: daysAgo(400) }, 'check'],
  [
    'a check of yesterday',
    {},
    { firstBackup: daysAgo(100), check: { done: daysAgo(1) }, retention: { done: daysAgo(1) } },
    'drill',
  ],
  [
    'all done',
    {},
    {
      firstBackup: daysAgo(100),
      check: { done: daysAgo(1) },
      drill: { done: daysAgo(29) },
      retention: { done: daysAgo(6) },
    },
    undefined,
  ],
  [
    'a drill that was tried an hour ago',
    { checkEveryDays: 0, isRetentionAutomatic: false },
    { firstBackup: daysAgo(100), drill: { done: daysAgo(40), tried: daysAgo(1 / 24) } },
    undefined,
  ],
  [
    'a drill that was tried yesterday',
    { checkEveryDays: 0, isRetentionAutomatic: false },
    { firstBackup: daysAgo(100), drill: { tried: daysAgo(1) } },
    'drill',
  ],
  [
    'nothing wanted',
    { checkEveryDays: 0, drillEveryDays: 0, isRetentionAutomatic: false },
    { firstBackup: daysAgo(100) },
    undefined,
  ],
  [
    'a check that a wrong clock dated ahead',
    {},
    {
      firstBackup: daysAgo(100),
      check: { done: daysAgo(-900) },
      drill: { done: NOW },
      retention: { done: NOW },
    },
    'check',
  ],
];

suite('care that is due', () => {
  for (const [name, settings, history, expected] of ROWS)
    test(`it knows what is due with ${name}`, () =>
      equal(careDue(NOW, { ...ALL, ...settings }, history).due, expected));

  test('it says when each is next', () => {
    const { next } = careDue(
      NOW,
      { ...ALL, drillEveryDays: 0 },
      { firstBackup: daysAgo(10), check: { done: daysAgo(1) } },
    );
    deepEqual(Object.fromEntries(Object.entries(next).map(([kind, time]) => [kind, time.toString()])), {
      check: daysAgo(-2).toString(),
      retention: daysAgo(3).toString(),
    });
  });
});
