import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { countOf, queryOf, readFilter, reasonsOf, writeFilter } from '../../src/ledger/filter.ts';

const counted: Parameters<typeof countOf>[0] = {
  present: { found: 15, verified: 10, waiting: 0, skipped: 4, failed: 1 },
  gone: { found: 2, verified: 2, waiting: 0, skipped: 0, failed: 0 },
  rows: [
    { kind: 'photo', state: 'verified', reason: 'unchanged', isGone: false, items: 10 },
    { kind: 'photo', state: 'skipped', reason: 'rule-size', isGone: false, items: 1 },
    { kind: 'video', state: 'skipped', reason: 'rule-size', isGone: false, items: 2 },
    { kind: 'file', state: 'skipped', reason: 'special-file', isGone: false, items: 1 },
    { kind: 'file', state: 'failed', reason: 'read-error', isGone: false, items: 1 },
    { kind: 'photo', state: 'verified', reason: 'unchanged', isGone: true, items: 2 },
  ],
};

suite('readFilter', () => {
  test('it reads what writeFilter wrote', () => {
    const filter = {
      state: 'failed',
      reason: 'read-error',
      kind: 'photo',
      text: 'a & b',
      gone: 'only',
    } as const;
    assert.deepEqual(readFilter(writeFilter(filter)), filter);
  });

  test('it leaves out what there are no words for', () => {
    const read = readFilter(new URLSearchParams('state=lost&reason=%3Cscript%3E&kind=cat&gone=maybe&text='));
    assert.deepEqual(Object.values(read), [undefined, undefined, undefined, undefined, undefined]);
  });
});

suite('queryOf', () => {
  test('it asks for just what the filter says', () => {
    assert.deepEqual(queryOf({ state: 'failed', text: 'x' }), { limit: 200, states: 'failed', text: 'x' });
  });
});

suite('countOf', () => {
  test('it counts what a filter shows', () => {
    assert.equal(countOf(counted, {}), 15);
    assert.equal(countOf(counted, { state: 'skipped' }), 4);
    assert.equal(countOf(counted, { state: 'skipped', kind: 'video' }), 2);
    assert.equal(countOf(counted, { gone: 'only' }), 2);
  });

  test('it knows no count where text is looked for', () => {
    assert.equal(countOf(counted, { text: 'a' }), undefined);
  });
});

suite('reasonsOf', () => {
  test('it sums reasons over kinds, the most frequent first', () => {
    assert.deepEqual(
      reasonsOf(counted, {}).map(({ reason, items }) => [reason, items]),
      [
        ['rule-size', 3],
        ['special-file', 1],
        ['read-error', 1],
      ],
    );
  });

  test('it gives those of one state', () => {
    assert.deepEqual(
      reasonsOf(counted, { state: 'failed' }).map(({ reason }) => reason),
      ['read-error'],
    );
  });
});
