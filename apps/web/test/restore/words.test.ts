import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { beginWords, planHeading, planSentence, writtenItems, wrongWithPath } from '#restore/words.ts';

const plan = {
  plan: 'p',
  target: 'Pixel\u202e 8',
  items: 40,
  writeBytes: 1_500_000,
  counts: { new: 30, 'already-there': 4, conflict: 2, replaces: 1, impossible: 3 },
  byType: [],
  notes: [],
};

suite('words about giving back', () => {
  test('it says how many items it writes, and where', () => {
    assert.equal(writtenItems(plan), 31);
    assert.equal(beginWords(plan), 'Give back 31 items to Pixel\ufffd 8');
  });

  test('it says on which device, or in which folder', () => {
    assert.equal(planHeading(plan), 'What would be done on Pixel\ufffd 8');
    for (const target of ['/tmp/out', 'C:\\Restored'])
      assert.equal(planHeading({ ...plan, target }), `What would be done in ${target}`);
  });

  test('it says what a plan does, also where that is nothing', () => {
    assert.equal(planSentence(plan), '31 items of 40 would be written to Pixel\ufffd 8: 1.5 MB.');
    const none = { ...plan, counts: { ...plan.counts, new: 0, replaces: 0 } };
    assert.equal(planSentence(none), 'Nothing has to be written: Pixel\ufffd 8 has all that it can take.');
    const records = '31 items of 40 would be written to Pixel\ufffd 8.';
    assert.equal(planSentence({ ...plan, writeBytes: 0 }), records);
    assert.equal(planSentence({ ...none, items: 0 }), 'Nothing that is ticked is in this backup.');
  });

  test('it says in how many files records come, and what is missing beside those that are there', () => {
    const counts = { ...plan.counts, new: 40, replaces: 0 };
    assert.equal(
      planSentence({ ...plan, counts, files: 3 }),
      '40 items would be written to Pixel\ufffd 8 in 3 files: 1.5 MB.',
    );
    const there = { ...plan, counts: { ...counts, new: 0, 'already-there': 40 }, files: 1 };
    assert.equal(planSentence(there), '1 missing file would be written to Pixel\ufffd 8: 1.5 MB.');
    assert.equal(beginWords(there), 'Give back 1 missing file to Pixel\ufffd 8');
  });

  for (const [path, isRight] of [
    ['', true],
    ['/home/anna/Restored', true],
    ['C:\\Restored', true],
    ['Restored', false],
    ['~/Restored', false],
    [`/${'x'.repeat(5000)}`, false],
  ] as const) {
    test(`it ${isRight ? 'takes' : 'refuses'} the path "${path.slice(0, 30)}"`, () => {
      assert.equal(wrongWithPath(path) === undefined, isRight);
    });
  }
});
