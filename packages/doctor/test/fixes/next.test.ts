import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { DoctorFix, FixRecord } from '@holdfast/contract/api';
import type { Complaint } from '#diagnose.ts';
import type { FixCode } from '#fix-code.ts';
import { nextFix } from '#fixes/next.ts';
import type { KeptFix } from '#fixes/record.ts';

const NOW = Temporal.Instant.from('2026-03-14T12:00:00Z');
const done = (moved: 'yes' | 'no' | 'unknown'): FixRecord['state'] => ({ kind: 'done', moved, sentence: '' });
const UNDONE = { kind: 'undone', at: NOW.toString() } as const;

type Cause = Pick<Complaint, 'severity' | 'fixes'>;

const fix = (code: FixCode, more: Partial<DoctorFix> = {}): DoctorFix => ({
  code,
  way: 1,
  title: '',
  explain: '',
  risk: 'none',
  canBeUndone: false,
  isAdvised: true,
  ...more,
});
const FIXES = [
  fix('vpn-off', { isAdvised: false }),
  fix('wifi-on', { whyNot: 'It is on.' }),
  fix('open-app'),
  fix('allow-background'),
  fix('back-up-here'),
];
const kept = (code: FixCode, state: FixRecord['state'], hoursAgo = 1): KeptFix => ({
  id: code,
  device: { id: 'phone', name: 'Phone', kind: 'android' },
  code,
  at: NOW.subtract({ hours: hoursAgo }).toString(),
  state,
  made: [],
});

/** What stands out, with what is for it. */
const cause = (severity: Cause['severity'], ...codes: FixCode[]): Cause => ({ severity, fixes: codes });
const ONE = [cause('warning', 'open-app', 'allow-background')];
const TWO = [cause('warning', 'open-app'), cause('warning', 'allow-background')];
const URGENT = [cause('warning', 'open-app'), cause('blocking', 'allow-background')];

const cases: readonly (readonly [
  name: string,
  causes: readonly Cause[],
  kept: readonly KeptFix[],
  expected: Omit<ReturnType<typeof nextFix>, 'thenTry'>,
])[] = [
  ['the first that is advised and possible', ONE, [], { next: 'open-app' }],
  [
    'the second after the first moved nothing',
    ONE,
    [kept('open-app', done('no'))],
    { next: 'allow-background' },
  ],
  [
    'the second after nobody could tell',
    ONE,
    [kept('open-app', done('unknown'))],
    { next: 'allow-background' },
  ],
  ['the same again after it was cut off', ONE, [kept('open-app', { kind: 'begun' })], { next: 'open-app' }],
  ['the same again after it was undone', ONE, [kept('open-app', UNDONE)], { next: 'open-app' }],
  ['the first again on another day', ONE, [kept('open-app', done('no'), 25)], { next: 'open-app' }],
  ['none once one helped', ONE, [kept('open-app', done('yes'))], { helped: 'open-app' }],
  [
    'none once the last of them helped',
    ONE,
    [kept('open-app', done('no'), 2), kept('allow-background', done('yes'))],
    { helped: 'allow-background' },
  ],
  [
    'what is for another cause once one helped',
    TWO,
    [kept('open-app', done('yes'))],
    { helped: 'open-app', next: 'allow-background' },
  ],
  [
    'nothing once one helped and the rest is good to know',
    [cause('info', 'allow-background')],
    [kept('open-app', done('yes'))],
    { helped: 'open-app' },
  ],
  ['the next although photos are saved here', ONE, [kept('back-up-here', done('yes'))], { next: 'open-app' }],
  [
    'none when none is left',
    ONE,
    ['open-app', 'allow-background', 'back-up-here'].map((code) => kept(code as FixCode, done('no'))),
    {},
  ],
  ['what is for what stops it before what may', URGENT, [], { next: 'allow-background' }],
  [
    'what touches little before what touches more',
    [cause('warning', 'open-app'), cause('blocking', 'back-up-here')],
    [],
    { next: 'open-app' },
  ],
  [
    'another for what still stops it, although one for that helped',
    [cause('blocking', 'open-app', 'allow-background')],
    [kept('open-app', done('yes'))],
    { helped: 'open-app', next: 'allow-background' },
  ],
  [
    'nothing that was tried for what stops it again',
    URGENT,
    [kept('open-app', done('yes')), kept('allow-background', done('no'), 2)],
    { helped: 'open-app' },
  ],
  [
    'nothing more, and says which helped last',
    TWO,
    [kept('allow-background', done('yes'), 2), kept('open-app', done('yes'))],
    { helped: 'open-app' },
  ],
];
for (const [name, causes, records, expected] of cases)
  test(`it says to try ${name}`, () => {
    const { thenTry: _, ...said } = nextFix(FIXES, causes, records, NOW);
    deepEqual(said, expected);
  });

test('it says now what it would say after each of them moved nothing', () => {
  for (const [, causes, records] of cases) {
    let now = records;
    for (let { next, thenTry } = nextFix(FIXES, causes, now, NOW); next !== undefined; ) {
      now = [...now, kept(next as FixCode, done('no'), 0)];
      const after = nextFix(FIXES, causes, now, NOW);
      deepEqual(
        [after.next, ...after.thenTry].filter((code) => code !== undefined),
        thenTry,
      );
      ({ next, thenTry } = after);
    }
  }
});
