import { deepEqual, equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { decide, type Situation } from '@holdfast/engine';
import fc from 'fast-check';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

const ON: Situation['rules'] = { isOn: true, onlyCharging: false };

const NOON: Situation = {
  now: at('2026-03-14T12:00:00Z'),
  timeZone: 'UTC',
  rules: ON,
  lastBackup: undefined,
  lastTry: undefined,
  phone: { isCharging: false, batteryPercent: 12 },
  isInSight: true,
  activeRun: false,
};

const inShort = (situation: Situation): string => {
  const decision = decide(situation);
  return decision.kind === 'hold' ? `${decision.rule}: ${decision.sentence}` : decision.kind;
};

const tried = (minutesAgo: number, failures: number): Situation['lastTry'] => ({
  at: NOON.now.subtract({ minutes: minutesAgo }),
  failures,
});

const rules = (more: Partial<Situation['rules']>): Partial<Situation> => ({ rules: { ...ON, ...more } });

const hoursAgo = (hours: number): Temporal.Instant => NOON.now.subtract({ minutes: hours * 60 });

const ROWS: readonly [string, Partial<Situation>, string][] = [
  ['a phone that was never backed up', {}, 'start'],
  ['one that is off', rules({ isOn: false, onlyCharging: true }), 'off: Backup is off.'],
  ['one that is not there', { isInSight: false }, 'nothing-due'],
  ['one that is being backed up', { activeRun: true }, 'nothing-due'],
  [
    'one with too little battery',
    rules({ minBatteryPercent: 20 }),
    'battery: Waiting: battery 12 %, charge to 20 %.',
  ],
  ['one with just enough', rules({ minBatteryPercent: 12 }), 'start'],
  [
    'one that is to be charging',
    rules({ onlyCharging: true }),
    'charging: Waiting: the phone is not charging.',
  ],
  [
    'one that charges',
    { ...rules({ onlyCharging: true }), phone: { isCharging: true, batteryPercent: undefined } },
    'start',
  ],
  [
    'one that says nothing of its battery',
    {
      ...rules({ onlyCharging: true, minBatteryPercent: 90 }),
      phone: { isCharging: undefined, batteryPercent: undefined },
    },
    'start',
  ],
  ['a folder', { ...rules({ onlyCharging: true, minBatteryPercent: 90 }), phone: undefined }, 'start'],
  [
    'quiet hours',
    rules({ quietHours: { from: '11:30', to: '13:00' } }),
    'quiet-hours: Waiting: quiet until 13:00.',
  ],
  [
    'quiet hours over midnight',
    { ...rules({ quietHours: { from: '22:00', to: '07:00' } }), now: at('2026-03-14T23:00:00Z') },
    'quiet-hours: Waiting: quiet until 07:00 on 2026-03-15.',
  ],
  ['quiet hours that are over this minute', rules({ quietHours: { from: '11:30', to: '12:00' } }), 'start'],
  ['quiet hours of no length', rules({ quietHours: { from: '12:00', to: '12:00' } }), 'start'],
  [
    'one that was backed up today and stays',
    { lastBackup: hoursAgo(3), inSightSince: hoursAgo(5) },
    'nothing-due',
  ],
  [
    'one that was backed up today and came back',
    { lastBackup: hoursAgo(3), inSightSince: hoursAgo(1) },
    'start',
  ],
  ['one that was backed up yesterday', { lastBackup: hoursAgo(24), inSightSince: hoursAgo(50) }, 'start'],
  ['one whose backup is dated ahead', { lastBackup: hoursAgo(-50) }, 'start'],
  [
    'one that came back too soon',
    { ...rules({ minHoursBetween: 6 }), lastBackup: hoursAgo(3), inSightSince: hoursAgo(1) },
    'interval: Waiting: backed up at most once in 6 hours, next at 15:00.',
  ],
  ['one whose hours are over', { ...rules({ minHoursBetween: 6 }), lastBackup: hoursAgo(6) }, 'start'],
  [
    'one that failed now',
    { lastTry: tried(1, 1) },
    'retry: Waiting: the last backup did not get to its end, tried again at 12:04.',
  ],
  ['one that failed and came back', { lastTry: tried(1, 2), inSightSince: NOON.now }, 'start'],
  [
    'one that fails whenever it comes back',
    { lastTry: tried(1, 3), inSightSince: NOON.now },
    'retry: Waiting: the last backup did not get to its end, tried again at 12:59.',
  ],
  ['one that failed a while ago', { lastTry: tried(15, 2) }, 'start'],
  [
    'one that failed often',
    { lastTry: tried(60, 40) },
    'retry: Waiting: the last backup did not get to its end, tried again at 23:00.',
  ],
];

const anyInstant = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const timeOfDay = fc.nat(24 * 60 - 1).map((minute) => {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
});
const timeZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe');

suite('whether a backup begins', () => {
  for (const [name, more, expected] of ROWS)
    test(`it decides for ${name}`, () => equal(inShort({ ...NOON, ...more }), expected));

  test('it says what to do of everything that holds a backup back', () => {
    for (const [, more] of ROWS) {
      const decision = decide({ ...NOON, ...more });
      if (decision.kind === 'hold') ok(decision.remedy.endsWith('.'));
    }
  });

  test('it never begins in quiet hours, which are over at the moment that it says', () => {
    fc.assert(
      fc.property(anyInstant, timeOfDay, timeOfDay, timeZone, (now, from, to, zone) => {
        const situation = { ...NOON, now, timeZone: zone, rules: { ...ON, quietHours: { from, to } } };
        const decision = decide(situation);
        const time = now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
        const isQuiet = from <= to ? from <= time && time < to : time >= from || time < to;
        equal(decision.kind, isQuiet ? 'hold' : 'start');
        if (decision.kind !== 'hold' || decision.until === undefined) return;
        ok(Temporal.Instant.compare(decision.until, now) > 0);
        equal(decide({ ...situation, now: decision.until }).kind, 'start');
        const before = decision.until.subtract({ nanoseconds: 1 });
        if (Temporal.Instant.compare(before, now) > 0)
          equal(decide({ ...situation, now: before }).kind, 'hold');
      }),
      {
        numRuns: 300,
        examples: [
          // The hour that comes twice, the second time; the hour that does not come.
          [at('2026-10-25T01:10:00Z'), '02:00', '02:30', 'Europe/Berlin'],
          [at('2026-10-25T00:10:00Z'), '02:00', '02:30', 'Europe/Berlin'],
          [at('2026-03-29T00:30:00Z'), '01:00', '02:30', 'Europe/Berlin'],
          [at('2026-10-03T14:59:00Z'), '22:00', '02:10', 'Australia/Lord_Howe'],
        ],
      },
    );
  });

  for (const [night, noon, expected] of [
    ['put forward', '2026-03-28T11:00:00Z', ['12:00', '18:00', '07:00', '13:00', '19:00']],
    ['put back', '2026-10-24T10:00:00Z', ['12:00', '18:00', '07:00', '13:00', '19:00']],
  ] as const)
    test(`it keeps to quiet hours by the clock and to hours between as they pass, when clocks are ${night}`, () => {
      const zone = 'Europe/Berlin';
      const rules = { ...ON, minHoursBetween: 6, quietHours: { from: '22:00', to: '07:00' } };
      const began: string[] = [];
      let lastBackup: Temporal.Instant | undefined;
      for (let minutes = 0; minutes < 36 * 60; minutes += 5) {
        const now = at(noon).add({ minutes });
        if (decide({ ...NOON, now, timeZone: zone, rules, lastBackup }).kind !== 'start') continue;
        began.push(now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' }));
        lastBackup = now;
      }
      deepEqual(began, expected);
    });

  test('it decides the same when asked again, and holds no longer than it says', () => {
    const situation = fc.record({
      minHoursBetween: fc.option(fc.integer({ min: 1, max: 744 }), { nil: undefined }),
      lastBackup: fc.option(anyInstant, { nil: undefined }),
      failures: fc.nat(9),
      tryAt: anyInstant,
      now: anyInstant,
    });
    fc.assert(
      fc.property(situation, ({ now, minHoursBetween, lastBackup, failures, tryAt }) => {
        const asked = {
          ...NOON,
          now,
          rules: { ...ON, minHoursBetween },
          lastBackup,
          lastTry: { at: tryAt, failures },
        };
        const decision = decide(asked);
        deepEqual(decide(asked), decision);
        if (decision.kind !== 'hold' || decision.until === undefined) return;
        const later = decide({ ...asked, now: decision.until });
        ok(later.kind !== 'hold' || later.rule !== decision.rule);
      }),
    );
  });
});
