import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { failureFrom, isFailure } from '@holdfast/kernel';

const refusalOf = (errno: string) => ({
  code: 'a/b',
  says: `It (${errno.toLowerCase()}) says:`,
  hint: 'Do that.',
});

test('it tells a system error in the words it is given, and a path without what a terminal obeys', () => {
  const error = Object.assign(new Error('system'), { code: 'EIO', errno: -5 });
  const failure = failureFrom(error, '/a\u001b[2Jb', refusalOf);
  if (!isFailure(failure)) throw failure;
  equal(failure.message.includes('\u001b'), false);
  deepEqual(
    [failure.code, failure.retry, failure.hint, failure.details],
    ['a/b', 'never', 'Do that.', { path: '/a\u001b[2Jb', errno: 'EIO' }],
  );
  equal(failure.cause, error);
});

test('it leaves what is no system error as it is', () => {
  const bug = new TypeError('a bug');
  equal(failureFrom(bug, '/a', refusalOf), bug);
});
