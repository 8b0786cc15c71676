import { deepEqual, equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { alertsOf } from '#alerts/alerts-of.ts';
import type { AlertFacts, DeviceFacts } from '#alerts/facts.ts';

const NOW = Temporal.Instant.from('2026-03-14T12:00:00Z');

const PHONE: DeviceFacts = {
  device: { id: 'android-1', name: 'Pixel 8', kind: 'android' },
  isBackupOn: true,
  isInSight: false,
  lastSeen: NOW.subtract({ hours: 1 }),
  failures: 0,
  alarms: [],
};

const FINE: AlertFacts = {
  now: NOW,
  notSeenDays: 7,
  devices: [PHONE],
  runs: [],
  isStoreThere: true,
  freeBytes: 90e9,
  lastCheck: { isClean: true, findings: 0 },
  lastDrill: { isGood: true, sentence: '20 items.' },
  hasBackups: true,
  hasRecoveryKit: true,
};

const phone = (more: Partial<DeviceFacts>): Partial<AlertFacts> => ({ devices: [{ ...PHONE, ...more }] });
const hoursAgo = (hours: number): Temporal.Instant => NOW.subtract({ hours });

const ROWS: readonly [string, Partial<AlertFacts>, readonly string[]][] = [
  ['nothing', {}, []],
  [
    'a phone that was away for long',
    phone({ lastSeen: hoursAgo(9 * 24) }),
    ['Pixel 8 was not seen for 9 days.'],
  ],
  ['one that was away for almost long', phone({ lastSeen: hoursAgo(7 * 24 - 1) }), []],
  ['one that is there, whatever was written down', phone({ lastSeen: hoursAgo(900), isInSight: true }), []],
  ['one that is off', phone({ lastSeen: hoursAgo(900), isBackupOn: false, failures: 9 }), []],
  ['alerts that nobody wants', { ...phone({ lastSeen: hoursAgo(900) }), notSeenDays: 0 }, []],
  ['two failures', phone({ failures: 2 }), []],
  [
    'three failures',
    phone({ failures: 3, lastFailure: 'The cable was pulled' }),
    ['The last 3 backups of Pixel 8 did not get to their end: The cable was pulled'],
  ],
  [
    'far fewer photos',
    phone({ alarms: [{ kind: 'photo', before: 400, now: 12 }] }),
    ['Pixel 8 has far fewer photos than before: 12 instead of 400.'],
  ],
  [
    'a run that is stuck',
    { runs: [{ id: 'r', kind: 'backup', device: PHONE.device, stuckSince: NOW.subtract({ minutes: 10 }) }] },
    ['A run (backup of Pixel 8) has stopped making progress.'],
  ],
  ['one that is slow', { runs: [{ id: 'r', kind: 'check', stuckSince: NOW.subtract({ minutes: 9 }) }] }, []],
  [
    'a drive that is away: nothing else of it',
    { isStoreThere: false, freeBytes: 0 },
    ['The place that backups are kept in is not there.'],
  ],
  [
    'a repository that does not open: nothing else of it',
    { storeTrouble: { message: 'The password file /p is empty', hint: 'Put it in.' }, freeBytes: 0 },
    ['The backups cannot be opened: the password file /p is empty.'],
  ],
  ['little room', { freeBytes: 4.2e9 }, ['The drive with the backups is nearly full: 4.2 GB are left.']],
  [
    'no room',
    { freeBytes: 1e8, fullInDays: 0 },
    ['The drive with the backups is all but full: 100 MB are left.'],
  ],
  ['room that goes', { fullInDays: 13 }, ['The drive with the backups will be full in about 13 days.']],
  [
    'damage',
    { lastCheck: { isClean: false, findings: 3 } },
    ['The last check found 3 pieces of damage in the backups.'],
  ],
  [
    'a file of the repository that is missed',
    { missedFiles: 1 },
    ['Backups are damaged: 1 file of the repository is gone or cannot be read.'],
  ],
  [
    'files that are missed, and what a check found since: once',
    { missedFiles: 2, lastCheck: { isClean: false, findings: 1 } },
    ['The last check found a piece of damage in the backups.'],
  ],
  ['files that are all gone', { missedFiles: 'all' }, ['The files that hold what was backed up are gone.']],
  [
    'a ledger that is damaged',
    { ledgerTrouble: 'damaged', knowsBackups: false },
    ['The ledger is damaged: what is shown here of your items may be wrong.'],
  ],
  [
    'a ledger that another took the place of',
    { ledgerTrouble: 'gone' },
    ['The ledger was removed or replaced: what is shown here of your items may be old.'],
  ],
  [
    'a ledger that knows of no backup',
    { knowsBackups: false },
    ['There are backups that the ledger of this computer knows nothing of.'],
  ],
  ['one that has none to know of', { knowsBackups: false, hasBackups: false }, []],
  [
    'a drill that failed',
    { lastDrill: { isGood: false, sentence: '1 of 20 items differs.' } },
    ['The last restore drill failed: 1 of 20 items differs.'],
  ],
  [
    'no recovery kit',
    { hasRecoveryKit: false },
    ['There is no recovery kit: without the password nobody can read the backups, you included.'],
  ],
  ['no recovery kit and nothing to recover', { hasRecoveryKit: false, hasBackups: false }, []],
  [
    'damaged settings',
    { damagedSettings: '/home/me/settings.json.damaged' },
    ['The settings could not be read whole: some are as they were at the beginning.'],
  ],
  [
    'names that a terminal would obey',
    phone({ device: { ...PHONE.device, name: 'P\x1b[2J' }, lastSeen: hoursAgo(9 * 24) }),
    ['P\\x1b[2J was not seen for 9 days.'],
  ],
];

suite('alerts', () => {
  for (const [name, more, expected] of ROWS)
    test(`it knows what to tell of ${name}`, () => {
      const alerts = alertsOf({ ...FINE, ...more });
      deepEqual(
        alerts.map(({ sentence }) => sentence),
        expected,
      );
      for (const { remedy } of alerts) ok(remedy?.endsWith('.'));
    });

  test('it keeps the id of an alert whose numbers change', () => {
    const idAfter = (hours: number) => alertsOf({ ...FINE, ...phone({ lastSeen: hoursAgo(hours) }) })[0]?.id;
    equal(idAfter(8 * 24), idAfter(12 * 24));
  });
});
