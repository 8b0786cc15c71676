import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Run } from '@holdfast/contract/api';
import { DEFAULT_RULES, DEFAULT_SETTINGS } from '@holdfast/home';
import { fakeClock } from '@holdfast/testkit';
import { alertsOf } from '#alerts/alerts-of.ts';
import { failuresOf, gatherAlertFacts } from '#alerts/gather.ts';
import { gatherDiagnostics } from '#diagnostics/gather.ts';

const PHONE = { id: 'android-1', name: 'Pixel', kind: 'android' } as const;
const NONE = { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 };

const run = (state: Run['state'], more: Partial<Run> = {}): Run => ({
  id: 'r',
  kind: 'backup',
  device: PHONE,
  startedBy: 'rule',
  began: '2026-03-14T15:00:00Z',
  state,
  balance: NONE,
  items: { done: 0 },
  bytes: { done: 0 },
  setAside: 0,
  lastSetAside: [],
  ...more,
});

const failed = (message: string): Run => run({ kind: 'failed', problem: { code: 'adb/gone', message } });
const DONE = run({ kind: 'done', sentence: 'Done.' });
const STOPPED = run({ kind: 'stopped' });

const ROWS: readonly [string, readonly Run[], number, string | undefined][] = [
  ['none', [], 0, undefined],
  ['those since the last that was done', [failed('b'), failed('a'), DONE, failed('old')], 2, 'b'],
  ['none that a person stopped', [STOPPED, failed('a'), STOPPED], 1, 'a'],
  ['no other kind of run', [{ ...failed('a'), kind: 'audit' }, DONE], 0, undefined],
];

suite('facts of alerts', () => {
  for (const [name, runs, failures, lastFailure] of ROWS)
    test(`it counts failures: ${name}`, () => deepEqual(failuresOf(runs), { failures, lastFailure }));

  test('it gathers them from where they are', async () => {
    const clock = fakeClock();
    const lastSeen = clock.now().subtract({ hours: 24 * 20 });
    const known = { facts: {}, firstSeen: lastSeen, lastSeen };
    const stuck = run(
      { kind: 'running', phase: 'saving' },
      { id: 's', stuckSince: clock.now().subtract({ hours: 1 }).toString({ smallestUnit: 'second' }) },
    );
    const runs = [stuck, failed('no'), failed('no'), failed('no')];
    const sources = {
      clock,
      catalog: {
        devices: async () => [
          { ...PHONE, ...known },
          { ...PHONE, id: 'android-2', ...known },
          { ...PHONE, id: 'android-3', ...known },
        ],
        alarms: async (id: string) =>
          id === PHONE.id ? [{ kind: 'photo' as const, before: 90, now: 3, run: 1, since: lastSeen }] : [],
        counts: async () => [],
      },
      settings: {
        settings: DEFAULT_SETTINGS,
        rulesOf: () => ({ ...DEFAULT_RULES, isOn: true }),
        removed: ['android-2'],
        keptAside: undefined,
      },
      runs: { list: (id?: string) => (id === undefined || id === PHONE.id ? runs : []) },
      isInSight: (id: string) => id === 'android-3',
      care: {
        facts: async () => ({ isStoreThere: true, hasBackups: true, hasRecoveryKit: true }),
        view: () => Promise.reject(new Error('a bug')),
      },
    };
    const alerts = alertsOf(await gatherAlertFacts(sources));
    deepEqual(
      alerts.map(({ id }) => id),
      ['not-seen:android-1', 'failing:android-1', 'fewer:photo:android-1', 'stuck:s'],
    );
  });
});

suite('facts of diagnostics', () => {
  test('it gathers them from where they are', async () => {
    const clock = fakeClock();
    const facts = await gatherDiagnostics({
      clock,
      version: '0.1.0',
      catalog: { devices: async () => [], counts: async () => [] },
      settings: { settings: DEFAULT_SETTINGS, rulesOf: () => DEFAULT_RULES },
      board: {
        cards: async () => [
          {
            device: PHONE,
            state: 'safe',
            sentence: '',
            button: { label: '', action: { kind: 'none' } },
            isInSight: false,
            isBackupOn: true,
            lastSeen: '2026-03-14T15:00:00Z',
            balance: NONE,
          },
        ],
      },
      strangers: () => [],
      runs: { list: () => [DONE] },
      decisions: new Map([[PHONE.id, { kind: 'hold', rule: 'battery', sentence: '', remedy: '' }]]),
      alerts: () => [],
      care: {
        view: async () => ({
          place: '/p',
          usedBytes: 0,
          backups: 0,
          keys: 0,
          readBackShare: 0,
          hasRecoveryKit: false,
        }),
      },
    });
    equal(facts.devices[0]?.heldBy, 'battery');
    equal(facts.machine.node, process.version);
  });
});
