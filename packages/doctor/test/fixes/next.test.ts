import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { DoctorFix, FixRecord } from '@holdfast/contract/api';
import type { FixCode } from '#fix-code.ts';
import { nextFix } from '#fixes/next.ts';
import type { KeptFix } from '#fixes/record.ts';

const NOW = Temporal.Instant.from('2026-03-14T12:00:00Z');
const done = (moved: 'yes' | 'no' | 'unknown'): FixRecord['state'] => ({ kind: 'done', moved, sentence: '' });
const UNDONE = { kind: 'undone', at: NOW.toString() } as const;

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

const cases: readonly (readonly [
  name: string,
  kept: readonly KeptFix[],
  expected: ReturnType<typeof nextFix>,
  urgent?: readonly FixCode[],
])[] = [
  ['the first that is advised and possible', [], { next: 'open-app' }],
  ['the second after the first moved nothing', [kept('open-app', done('no'))], { next: 'allow-background' }],
  ['the second after nobody could tell', [kept('open-app', done('unknown'))], { next: 'allow-background' }],
  ['the same again after it was cut off', [kept('open-app', { kind: 'begun' })], { next: 'open-app' }],
  ['the same again after it was undone', [kept('open-app', UNDONE)], { next: 'open-app' }],
  ['the first again on another day', [kept('open-app', done('no'), 25)], { next: 'open-app' }],
  [
    'none once one helped',
    [kept('open-app', done('no')), kept('allow-background', done('yes'))],
    { helped: 'allow-background' },
  ],
  ['the next although photos are saved here', [kept('back-up-here', done('yes'))], { next: 'open-app' }],
  [
    'none when none is left',
    ['open-app', 'allow-background', 'back-up-here'].map((code) => kept(code as FixCode, done('no'))),
    {},
  ],
  ['what is for what stops it before what may', [], { next: 'allow-background' }, ['allow-background']],
  ['what touches little before what touches more', [], { next: 'open-app' }, ['back-up-here']],
  [
    'what is for what still stops it, although another helped',
    [kept('open-app', done('yes'))],
    { next: 'allow-background' },
    ['allow-background'],
  ],
  [
    'nothing that was tried for what stops it again',
    [kept('open-app', done('yes')), kept('allow-background', done('no'), 2)],
    { helped: 'open-app' },
    ['allow-background'],
  ],
];
for (const [name, records, expected, urgent = []] of cases)
  test(`it says to try ${name}`, () => deepEqual(nextFix(FIXES, new Set(urgent), records, NOW), expected));
