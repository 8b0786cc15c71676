import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { failureOf } from '#local/errno.ts';

const ROWS: readonly (readonly [errno: string, code: string, retry: string, message: string])[] = [
  ['ENOSPC', 'store/full', 'later', 'There is no room left for /x (ENOSPC)'],
  ['EDQUOT', 'store/full', 'later', 'There is no room left for /x (EDQUOT)'],
  ['EACCES', 'store/denied', 'never', 'The system does not allow access to /x (EACCES)'],
  ['EPERM', 'store/denied', 'never', 'The system does not allow access to /x (EPERM)'],
  ['EROFS', 'store/read-only', 'never', 'The drive is read-only, so nothing can be changed at /x (EROFS)'],
  ['EISDIR', 'store/not-a-file', 'never', 'Something of the wrong kind is in the way at /x (EISDIR)'],
  ['ELOOP', 'store/not-a-file', 'never', 'Something of the wrong kind is in the way at /x (ELOOP)'],
  ['EIO', 'store/io', 'later', 'The drive failed to answer for /x (EIO)'],
  ['EMFILE', 'store/io', 'later', 'The drive failed to answer for /x (EMFILE)'],
  ['ENOENT', 'store/io', 'later', 'A folder was gone in the middle of writing /x (ENOENT)'],
  ['ENAMETOOLONG', 'store/io', 'never', 'The system refused /x (ENAMETOOLONG)'],
  ['EFBIG', 'store/io', 'never', 'The system refused /x (EFBIG)'],
];

for (const [errno, code, retry, message] of ROWS) {
  test(`it makes ${code} of ${errno}`, () => {
    const cause = Object.assign(new Error('system'), { code: errno, errno: -1 });
    const failure = failureOf(cause, '/x');
    if (!isFailure(failure)) throw failure;
    deepEqual([failure.code, failure.retry, failure.message], [code, retry, message]);
    deepEqual(failure.details, { path: '/x', errno });
    equal(failure.cause, cause);
    match(failure.hint ?? '', /^[A-Z][^.]*\.$/);
  });
}

test('it leaves every other error as it is', () => {
  const errors = [new TypeError('a bug'), new DOMException('stopped', 'AbortError'), 'a word', undefined];
  for (const error of errors) equal(failureOf(error, '/x'), error);
});
