import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { errorFrom, Failure, fieldsOf, isFailure } from '@holdfast/kernel';

test('it carries a failure whole, but for its cause', () => {
  const failure = new Failure('store/full', 'The disk is full', {
    retry: 'later',
    hint: 'Make room.',
    details: { freeBytes: 0 },
    cause: new Error('ENOSPC'),
  });
  const again = errorFrom(structuredClone(fieldsOf(failure)));
  ok(isFailure(again, 'store/full'));
  deepEqual(
    [again.message, again.retry, again.hint, again.details, again.stack],
    [failure.message, 'later', 'Make room.', { freeBytes: 0 }, failure.stack],
  );
  equal(again.cause, undefined);
});

test('it keeps the name of an error that is no failure', () => {
  const again = errorFrom(structuredClone(fieldsOf(new RangeError('too much'))));
  deepEqual([again.name, again.message, isFailure(again)], ['RangeError', 'too much', false]);
});

test('it makes an error of anything thrown', () => {
  equal(errorFrom(fieldsOf('a text')).message, 'a text');
});
