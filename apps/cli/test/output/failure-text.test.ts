import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '@holdfast/kernel';
import { exitCodeOf } from '#exit-codes.ts';
import { interrupted } from '#failures.ts';
import { failureLine, failureText } from '#output/failure-text.ts';

const plain = (text: string): string => text;

test('it says what happened, the code, and what to do', () => {
  const failure = new Failure('store/full', 'no room left in /x.', { hint: 'Make room.', retry: 'later' });
  assert.equal(failureText(failure, false, plain), 'holdfast: No room left in /x (store/full)\n→ Make room.');
  assert.deepEqual(failureLine(failure), {
    type: 'error',
    code: 'store/full',
    message: 'No room left in /x',
    hint: 'Make room.',
    retry: 'later',
    exitCode: 1,
  });
});

test('it shows nothing that could move the cursor or give a secret away', () => {
  const failure = new Failure('x/y', 'at https://me:s3cret@host/\x1b[2J\nsecond line');
  const text = failureText(failure, false, plain);
  assert.ok(!text.includes('s3cret') && !text.includes('\x1b'));
  assert.match(text, /^holdfast: At https:\/\/\*\*\*@host\/\\x1b\[2J\\nsecond line \(x\/y\)$/);
});

test('it owns up to its own mistakes, and shows where only when asked', () => {
  const mistake = new TypeError('x is undefined');
  assert.match(
    failureText(mistake, false, plain),
    /TypeError: x is undefined \(bug\)\n→ This is a mistake in Holdfast/,
  );
  assert.doesNotMatch(failureText(mistake, false, plain), /at .*\.ts/);
  assert.match(failureText(mistake, true, plain), /failure-text\.test\.ts/);
});

test('it ends with the status of each failure', () => {
  const cases: [unknown, number][] = [
    [new Failure('cli/usage', ''), 2],
    [new Failure('repository/missing', ''), 10],
    [new Failure('repository/locked', ''), 11],
    [new Failure('repository/wrong-password', ''), 12],
    [new Failure('store/io', ''), 1],
    [interrupted(), 130],
    [new DOMException('stopped', 'AbortError'), 130],
    [new TypeError('x'), 1],
    ['not even an error', 1],
  ];
  for (const [error, status] of cases) assert.equal(exitCodeOf(error), status, String(error));
});
