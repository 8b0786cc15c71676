import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DoctorFix, FixPlan, FixRecord } from '@holdfast/contract/api';
import {
  adviceOf,
  changesOf,
  consentOf,
  consentWords,
  fixAfter,
  fixesByWay,
  fixesOf,
  recordWords,
} from '../../src/doctor/fix-view.ts';

const fix = (code: string, way: number, rest: Partial<DoctorFix> = {}): DoctorFix => ({
  code,
  way,
  title: code,
  risk: 'reversible',
  explain: '',
  canBeUndone: true,
  isAdvised: false,
  ...rest,
});
const record = (code: string, state: FixRecord['state']): FixRecord => ({
  id: code,
  device: { id: 'p', name: 'P', kind: 'android' },
  code,
  title: code,
  at: '2026-11-23T12:00:00Z',
  state,
  before: [],
  after: [],
  canBeUndone: false,
});
const plan = (rest: Partial<FixPlan>): FixPlan => ({
  plan: '1',
  code: 'clear-data',
  title: 'Clear the data',
  risk: 'destructive',
  steps: [],
  before: [],
  ...rest,
});
const AT = '2026-11-23T12:00:00Z';
const codes = (fixes: readonly DoctorFix[]): string[] => fixes.map(({ code }) => code);

test('it groups fixes by the seven ways in safe order, what this phone cannot do last', () => {
  const ways = fixesByWay([
    fix('clear', 4, { isAdvised: true }),
    fix('no', 3, { whyNot: 'Not here.' }),
    fix('maybe', 3),
    fix('advised', 3, { isAdvised: true }),
  ]);
  assert.deepEqual(
    ways.map(({ way, advised, others }) => [way, codes(advised), codes(others)]),
    [
      [3, ['advised'], ['maybe', 'no']],
      [4, ['clear'], []],
    ],
  );
});

test('it offers for a complaint only fixes that there are and that this phone allows, in their order', () => {
  const complaint = { code: 'c', severity: 'info', title: '', explain: '', fix: '', probes: [] } as const;
  const fixes = [fix('a', 3), fix('b', 2, { whyNot: 'Not here.' }), fix('c', 1)];
  assert.deepEqual(codes(fixesOf({ ...complaint, probes: [], fixes: ['c', 'b', 'gone', 'a'] }, fixes)), [
    'c',
    'a',
  ]);
});

test('it goes on in the order of the doctor with what was not tried since, or was undone', () => {
  const report = {
    at: AT,
    fixes: ['a', 'b', 'c', 'd'].map((code) => fix(code, 1)),
    next: 'd',
    thenTry: ['b', 'a'],
  };
  const done = { kind: 'done', moved: 'no', sentence: '' } as const;
  const codeAfter = (code: string, ...records: FixRecord[]): string | undefined =>
    fixAfter(code, report, records)?.code;
  assert.equal(codeAfter('d'), 'b');
  assert.equal(codeAfter('c'), 'd');
  assert.equal(codeAfter('b', record('d', done), record('b', done)), 'a');
  assert.equal(codeAfter('b', record('d', { kind: 'undone', at: AT })), 'd');
  assert.equal(codeAfter('b', record('d', { kind: 'begun' })), 'd');
  assert.equal(codeAfter('b', { ...record('d', done), at: '2020-01-01T00:00:00Z' }), 'd');
  assert.equal(codeAfter('a', record('d', done), record('b', done)), undefined);
});

test('it marks the one to try next among those that are advised', () => {
  const advised = fix('a', 1, { isAdvised: true });
  assert.equal(adviceOf(advised, 'a'), 'Try this next');
  assert.equal(adviceOf(advised, 'b'), 'Advised');
  assert.equal(adviceOf(advised, undefined), 'Advised');
  assert.equal(adviceOf(fix('a', 1), 'a'), undefined);
});

suite('consentOf', () => {
  const rescue = plan({ rescueFirst: 214, waiverWords: 'clear it' });
  for (const [name, asked, typed, kind] of [
    ['a plan that risks no photo', plan({}), '', 'may'],
    ['a plan whose photos are all saved', plan({ rescueFirst: 0, waiverWords: 'clear it' }), '', 'may'],
    ['a plan with photos to be saved', rescue, '', 'rescue-first'],
    ['words that are nearly the same', rescue, 'Clear it', 'rescue-first'],
    ['words with a space behind', rescue, 'clear it ', 'rescue-first'],
    ['the words, letter by letter', rescue, 'clear it', 'may'],
    ['no words where the plan has none', plan({ rescueFirst: 2 }), '', 'rescue-first'],
    [
      'empty words where the plan has empty ones',
      plan({ rescueFirst: 2, waiverWords: '' }),
      '',
      'rescue-first',
    ],
  ] as const)
    test(`it answers "${kind}" to ${name}`, () => assert.equal(consentOf(asked, typed).kind, kind));
});

test('it says on the button what will be done', () => {
  assert.equal(consentWords(plan({})), 'Clear the data');
  assert.equal(
    consentWords(plan({ risk: 'guided', steps: [{ says: '', command: 'am start' }] })),
    'Open it on the phone',
  );
  assert.equal(consentWords(plan({ risk: 'guided', steps: [{ says: 'Tap.' }] })), 'I have done this');
});

test('it says what came of a fix', () => {
  const done = (code: string, moved: 'yes' | 'no' | 'unknown') =>
    recordWords(record(code, { kind: 'done', moved, sentence: '' }));
  assert.equal(done('clear-data', 'yes').word, 'It helped');
  assert.equal(done('clear-data', 'unknown').tone, 'idle');
  assert.equal(recordWords(record('clear-data', { kind: 'begun' })).word, 'Cut off');
  // It moves nothing in Google Photos.
  assert.equal(done('back-up-here', 'yes').word, 'Saved here');
  assert.equal(done('back-up-here', 'unknown').word, 'Being saved');
});

test('it puts values before and after side by side, also those that were not there before', () => {
  assert.deepEqual(
    changesOf({
      before: [
        { what: 'bucket', value: '40' },
        { what: 'gone', value: '1' },
      ],
      after: [
        { what: 'new', value: 'x' },
        { what: 'bucket', value: '10' },
      ],
    }),
    [
      { what: 'bucket', before: '40', after: '10' },
      { what: 'gone', before: '1', after: undefined },
      { what: 'new', before: undefined, after: 'x' },
    ],
  );
});
