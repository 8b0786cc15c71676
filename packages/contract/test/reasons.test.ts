import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { balances, ITEM_STATES, REASONS, reasonEntry } from '../src/index.ts';

suite('reasons', () => {
  for (const [code, { state, sentence, ...rest }] of Object.entries(REASONS)) {
    test(`it tells ${code} in a plain sentence`, () => {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(ITEM_STATES.includes(state));
      assert.match(sentence, /^[A-Z].*\.$/);
      if ('remedy' in rest) assert.match(rest.remedy, /^[A-Z].*\.$/);
    });
  }

  test('it has a remedy for everything that failed', () => {
    const failed = Object.entries(REASONS).filter(([, { state }]) => state === 'failed');
    assert.deepEqual(
      failed.filter(([, entry]) => !('remedy' in entry)).map(([code]) => code),
      [],
    );
  });

  test('it knows each reason by its code', () => {
    assert.equal(reasonEntry('special-file').state, 'skipped');
  });
});

suite('balance', () => {
  test('it holds only when every item is in one state', () => {
    assert.equal(balances({ found: 4, verified: 1, waiting: 1, skipped: 1, failed: 1 }), true);
    assert.equal(balances({ found: 5, verified: 1, waiting: 1, skipped: 1, failed: 1 }), false);
  });
});
