import { equal, match, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DEFAULT_RULES, DEFAULT_SETTINGS } from '@holdfast/home';
import fc from 'fast-check';
import { diagnosticsText } from '#diagnostics/diagnostics-text.ts';
import type { DiagnosticsFacts } from '#diagnostics/facts.ts';
import { codeOf, momentOf, versionOf } from '#diagnostics/words.ts';

const DEVICE = { id: 'android-1', name: 'Ada’s Pixel', kind: 'android' } as const;
const BALANCE = { found: 3, verified: 1, waiting: 1, skipped: 1, failed: 0 };
const TIME = '2026-03-14T15:09:26Z';

const FACTS: DiagnosticsFacts = {
  now: Temporal.Instant.from(TIME),
  version: '0.1.0',
  machine: {
    node: 'v26.1.0',
    platform: 'linux',
    release: '6.12.3-ada-desktop',
    architecture: 'x64',
    cores: 2,
    memoryBytes: 8e9,
  },
  devices: [
    {
      card: {
        device: DEVICE,
        state: 'waiting',
        sentence: 'Ada’s Pixel waits.',
        remedy: 'Charge Ada’s Pixel.',
        button: { label: 'Back up', action: { kind: 'back-up' } },
        isInSight: true,
        route: 'cable',
        isBackupOn: true,
        lastSeen: TIME,
        balance: BALANCE,
        lastBackup: { id: 'ab'.repeat(32), time: TIME, proved: 'cache' },
      },
      facts: { manufacturer: 'Google', android: '16', sdk: 36, serial: 'R58M123ABC', model: 'Pixel 8' },
      rules: { ...DEFAULT_RULES, foldersOff: ['files/internal/Diary'] },
      counts: [{ kind: 'photo', state: 'skipped', reason: 'rule-folder', isGone: false, items: 1 }],
      heldBy: 'battery',
    },
  ],
  strangers: [{ code: 'adb/unauthorized' }],
  runs: [
    {
      id: '20260314t150000-aa',
      kind: 'backup',
      device: DEVICE,
      target: '/home/ada',
      startedBy: 'rule',
      began: TIME,
      ended: TIME,
      state: {
        kind: 'failed',
        problem: { code: 'adb/gone', message: 'R58M123ABC went away', hint: 'Ada: plug it in' },
      },
      balance: BALANCE,
      items: { done: 1, total: 3 },
      bytes: { done: 1 },
      current: 'files/internal/DCIM/ada.jpg',
      setAside: 1,
      lastSetAside: [
        {
          path: 'files/internal/Diary/1.txt',
          title: 'Call Bob',
          state: 'failed',
          reason: 'read-error',
          sentence: 'No.',
          detail: 'EIO /home/ada',
        },
      ],
    },
  ],
  repository: {
    place: '/home/ada/repository',
    usedBytes: 5,
    backups: 1,
    keys: 1,
    lastCheck: { time: TIME, isClean: true, findings: 0, readBytes: 5 },
    readBackShare: 1,
    lastDrill: { time: TIME, isGood: true, items: 3, sentence: 'Fine on ada-desktop.' },
    hasRecoveryKit: true,
  },
  alerts: [
    {
      id: 'not-seen:android-1',
      severity: 'warning',
      device: DEVICE,
      sentence: 'Ada’s Pixel was not seen.',
      since: TIME,
    },
  ],
  settings: {
    ...DEFAULT_SETTINGS,
    channels: [{ kind: 'ntfy', url: 'https://ntfy.example.org/ada', token: 'tk_ada' }],
  },
};

/** The same, with every text that is not a word of ours followed by a secret, or replaced by it. */
function seeded(value: unknown, secret: string, isReplaced: boolean): unknown {
  if (typeof value === 'string') return isReplaced ? secret : `${value}${secret}`;
  if (value instanceof Temporal.Instant || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => seeded(one, secret, isReplaced));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, seeded(one, secret, isReplaced)]),
  );
}

suite('diagnostics', () => {
  test('it says what somebody who helps needs', () => {
    const text = diagnosticsText(FACTS);
    for (const word of [
      '0.1.0',
      'v26.1.0',
      '6.12.3',
      'device-1',
      'google',
      '"16"',
      '"36"',
      'battery',
      'rule-folder',
    ])
      ok(text.includes(word), word);
    for (const word of ['adb/unauthorized', 'adb/gone', 'read-error', 'not-seen', 'ntfy', '"foldersOff": 1'])
      ok(text.includes(word), word);
  });

  test('it has no name, place, number or secret', () => {
    const text = diagnosticsText(FACTS).toLowerCase();
    for (const word of [
      'ada',
      'pixel',
      'r58m',
      'android-1',
      'diary',
      'dcim',
      '/home',
      'bob',
      'tk_',
      'example.org',
    ])
      ok(!text.includes(word), word);
  });

  test('it keeps secrets wherever they are put', () => {
    const secret = fc
      .array(fc.constantFrom(...'SECRETsecret0123456789 ./:@#-_é\u202e\n"'.split('')), {
        minLength: 6,
        maxLength: 24,
      })
      .map((parts) => `${parts.join('')}#Zq`);
    fc.assert(
      fc.property(secret, fc.boolean(), (one, isReplaced) => {
        const text = diagnosticsText(seeded(FACTS, one, isReplaced) as DiagnosticsFacts);
        ok(!text.includes(one) && !text.includes(JSON.stringify(one).slice(1, -1)));
        ok(!text.includes('#Zq'));
      }),
    );
  });

  test('it says why nothing can be said of the repository', () => {
    const text = diagnosticsText({ ...FACTS, repository: { failure: 'repository/wrong-password' } });
    match(text, /"failure": "repository\/wrong-password"/);
  });

  const words: readonly [string, string | undefined, string | undefined][] = [
    ['a code', codeOf('adb/gone'), 'adb/gone'],
    ['a code of the doctor', codeOf('doctor/fix-refused'), 'doctor/fix-refused'],
    ['a code of the format', codeOf('restic-format/damaged'), 'restic-format/damaged'],
    ['no code of ours', codeOf('ada/gone'), 'other'],
    ['a code with more behind it', codeOf('adb/gone ada'), 'other'],
    ['no code', codeOf(undefined), undefined],
    ['a version', versionOf('8.1.0'), '8.1.0'],
    ['no version', versionOf('+49 151'), 'other'],
    ['a telephone number', versionOf('4915112345678'), 'other'],
    ['a time with a place’s offset', momentOf('2026-03-14T17:09:26.5+02:00'), '2026-03-14T15:09:26Z'],
    ['no time', momentOf('yesterday'), 'other'],
  ];
  for (const [name, told, expected] of words) test(`it tells ${name}`, () => equal(told, expected));
});
