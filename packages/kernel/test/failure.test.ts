import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Failure, isFailure } from '@holdfast/kernel';

test('a failure may not be retried unless its maker says so', () => {
  equal(new Failure('store/missing', 'gone').retry, 'never');
  equal(new Failure('store/io', 'flaky', { retry: 'later' }).retry, 'later');
});

test('it is recognised by its code, not by its message', () => {
  const failure = new Failure('store/missing', 'gone');
  const rows: [what: string, error: unknown, code: string | undefined, expected: boolean][] = [
    ['any failure', failure, undefined, true],
    ['its own code', failure, 'store/missing', true],
    ['another code', failure, 'store/exists', false],
    [
      'an error with a code that is no failure',
      Object.assign(new Error('gone'), { code: 'ENOENT' }),
      undefined,
      false,
    ],
    ['something that is no error', { name: 'Failure', code: 'store/missing' }, undefined, false],
    ['nothing', undefined, undefined, false],
  ];
  for (const [what, error, code, expected] of rows) equal(isFailure(error, code), expected, what);
});

test('it is recognised although another copy of this package made it', () => {
  const copy = Object.assign(new Error('gone'), { name: 'Failure', code: 'store/missing' });
  equal(isFailure(copy, 'store/missing'), true);
});

test('it keeps its cause only when there is one', () => {
  const cause = new Error('ENOENT');
  equal(new Failure('store/missing', 'gone', { cause }).cause, cause);
  equal('cause' in new Failure('store/missing', 'gone'), false);
});
