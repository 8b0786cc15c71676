import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownReport } from '#own/own-complaints.ts';
import type { OwnFacts } from '#own/own-facts.ts';

const now = Temporal.Instant.from('2026-03-14T09:00:00Z');
const ago = (days: number): Temporal.Instant => now.subtract({ hours: 24 * days });
const WELL: OwnFacts = {
  now,
  runs: [],
  devices: [{ name: 'Pixel', isBackupOn: true, isInSight: true, lastSeen: now }],
  notSeenDays: 7,
  freeBytes: 1e12,
  hasBackups: true,
  hasRecoveryKit: true,
  lastCheck: { findings: 0, isClean: true, at: ago(1) },
  checkEveryDays: 7,
  isCatalogHalfRebuilt: false,
};
const run = (state: OwnFacts['runs'][number]['state']) => [{ id: '1', title: 'Backup of Pixel', state }];
const problem = (code: string) => ({ repositoryProblem: { code, message: 'It is so' } });
const [device] = WELL.devices;
if (device === undefined) throw new Error('no device');

const rows: readonly (readonly [change: Partial<OwnFacts>, codes: readonly string[]])[] = [
  [{}, []],
  [{ runs: run({ kind: 'stuck', since: ago(1) }) }, ['own-run-stuck']],
  [{ runs: run({ kind: 'waiting', why: 'the phone is away' }) }, ['own-run-waiting']],
  [{ runs: run({ kind: 'failed', problem: { code: 'a/b', message: 'No' } }) }, ['own-run-failed']],
  [problem('repository/missing'), ['own-repository-missing']],
  [problem('repository/locked'), ['own-repository-locked']],
  [problem('repository/wrong-password'), ['own-wrong-password']],
  [problem('repository/bad-config'), ['own-repository-damaged']],
  [{ freeBytes: 1e8 }, ['own-drive-full']],
  [{ freeBytes: 1e9 }, ['own-drive-nearly-full']],
  [{ freeBytes: undefined, lastCheck: undefined }, []],
  [{ hasRecoveryKit: false }, ['own-no-recovery-kit']],
  [{ lastCheck: { findings: 2, isClean: false } }, ['own-damage']],
  [{ lastCheck: { findings: 0, isClean: true, at: ago(30) } }, ['own-check-overdue']],
  [{ isCatalogHalfRebuilt: true }, ['own-catalog-half-rebuilt']],
  [{ devices: [{ ...device, isInSight: false, lastSeen: ago(9) }] }, ['own-device-not-seen']],
  [{ devices: [{ ...device, obstacle: { says: 'Not allowed', hint: 'Allow it' } }] }, ['own-device-refused']],
  [{ hasRecoveryKit: false, freeBytes: 1e8 }, ['own-drive-full', 'own-no-recovery-kit']],
];
for (const [change, codes] of rows) {
  test(`it complains of ${codes.join(' and ') || 'nothing'} with ${Object.keys(change).join() || 'all well'}`, () => {
    const { complaints, verdict } = ownReport({ ...WELL, ...change }, 'app');
    assert.deepEqual(
      complaints.map(({ code }) => code),
      codes,
    );
    assert.equal(verdict.kind, codes.length === 0 ? 'healthy' : 'complaints');
  });
}

test('it names buttons in the app, and commands on the command line', () => {
  for (const change of [
    { freeBytes: 1e9 },
    { freeBytes: 1e8 },
    { hasRecoveryKit: false },
    { lastCheck: { findings: 0, isClean: true, at: ago(30) } },
    problem('repository/bad-config'),
  ]) {
    const fixOf = (reader: 'app' | 'command-line') =>
      ownReport({ ...WELL, ...change }, reader).complaints[0]?.fix ?? '';
    assert.match(fixOf('app'), /“.+” in Repository/);
    assert.doesNotMatch(fixOf('app'), /holdfast/);
    assert.match(fixOf('command-line'), /"holdfast [a-z]/);
    assert.doesNotMatch(fixOf('command-line'), /in Repository/);
  }
});
