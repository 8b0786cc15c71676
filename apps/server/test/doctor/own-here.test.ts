import { deepEqual } from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Catalog } from '@holdfast/catalog';
import type { Run } from '@holdfast/contract/api';
import { ownReport } from '@holdfast/doctor';
import { ownFactsHere } from '#doctor/own-here.ts';
import { testHome } from '../../test-setup/test-server.ts';

const PHONE = { id: 'android-0123456789abcdef', name: 'Pixel', kind: 'android' } as const;
const NOW = Temporal.Now.instant();
const before = (hours: number): Temporal.Instant => NOW.subtract({ hours });

type KnownDevice = Awaited<ReturnType<Catalog['devices']>>[number];
type LedgerRun = Awaited<ReturnType<Catalog['runs']>>[number];

const known = (lastSeen: Temporal.Instant): KnownDevice => ({
  ...PHONE,
  facts: {},
  firstSeen: before(9000),
  lastSeen,
});

/** A backup as the ledger has it. */
const backup = (hoursAgo: number, failed = false): LedgerRun => ({
  number: 1,
  kind: 'backup',
  began: before(hoursAgo),
  state: failed ? 'stopped' : 'finished',
  ...(failed && { failure: { code: 'adb/gone', message: 'The connection was lost' } }),
});

/** A run as the app has it. */
const ofApp = (hoursAgo: number, state: Run['state']): Run => ({
  id: '20260314t092653-00000001',
  kind: 'backup',
  device: PHONE,
  startedBy: 'person',
  began: before(hoursAgo).toString(),
  ...(state.kind === 'failed' && { ended: before(hoursAgo).toString() }),
  state,
  balance: { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 },
  items: { done: 0 },
  bytes: { done: 0 },
  setAside: 0,
  lastSetAside: [],
});
const FAILED = { kind: 'failed', problem: { code: 'a/b', message: 'The drive is full' } } as const;

const rows: readonly (readonly [
  is: string,
  ledger: readonly LedgerRun[],
  app: readonly Run[],
  codes: readonly string[],
  lastSeen?: Temporal.Instant,
])[] = [
  ['nothing where the last backup went well', [backup(1)], [], []],
  ['a backup that failed, whoever began it', [backup(1, true), backup(2)], [], ['own-run-failed']],
  ['nothing of one that failed before one that went well', [backup(1), backup(2, true)], [], []],
  ['a backup of the app that failed, once', [backup(2, true)], [ofApp(1, FAILED)], ['own-run-failed']],
  ['nothing of it after one that went well', [backup(1)], [ofApp(2, FAILED)], []],
  [
    'a run that goes on with the app only',
    [],
    [ofApp(1, { kind: 'running', phase: 'saving' })],
    ['own-run-waiting'],
  ],
  ['nothing of a run that a person paused', [], [ofApp(1, { kind: 'paused' })], []],
  ['nothing of a phone away for long that is backed up by hand', [backup(900)], [], [], before(900)],
];
for (const [is, ledger, app, codes, lastSeen = before(1)] of rows)
  test(`it finds in a home folder ${is}`, async () => {
    await using home = await testHome();
    await mkdir(join(home.home, 'runs'), { mode: 0o700 });
    for (const view of app) {
      const journal = { request: { kind: 'backup', device: PHONE.id }, wants: 'run', view };
      await writeFile(join(home.home, 'runs', `${view.id}.json`), JSON.stringify(journal), { mode: 0o600 });
    }
    const facts = await ownFactsHere(
      home.host,
      {
        devices: async () => [known(lastSeen)],
        runs: async () => [...ledger],
        setting: async () => undefined,
      },
      [],
    );
    deepEqual(
      ownReport(facts, 'command-line').complaints.map(({ code }) => code),
      codes,
    );
  });

test('it finds in a home folder a check that is overdue and found damage', async () => {
  await using home = await testHome();
  const notes = {
    readAt: Array.from({ length: 256 }, () => 0),
    packDamage: {},
    check: { doneMs: before(24 * 90).epochMilliseconds, findings: 2, readBytes: 1 },
    tried: {},
    sizes: [],
  };
  await writeFile(join(home.home, 'care'), JSON.stringify(notes), { mode: 0o600 });
  const none = { devices: async () => [], runs: async () => [], setting: async () => undefined };
  const { complaints } = ownReport(await ownFactsHere(home.host, none, []), 'command-line');
  deepEqual(
    complaints.map(({ code, explain }) => [code, explain]),
    [
      ['own-damage', 'It found 2 pieces of damage.'],
      ['own-check-overdue', complaints.at(-1)?.explain],
    ],
  );
});
