import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { errnoOf } from '@holdfast/kernel';

test('it knows the system’s own errors from all others', () => {
  const system = Object.assign(new Error('no such file'), { code: 'ENOENT', errno: -2 });
  const rows: [what: string, error: unknown, expected: string | undefined][] = [
    ['a system error', system, 'ENOENT'],
    ['one of Node', Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' }), undefined],
    ['an abort', new DOMException('stopped', 'AbortError'), undefined],
    ['a bug', new TypeError('x'), undefined],
    ['what is no error', { code: 'ENOENT', errno: -2 }, undefined],
  ];
  for (const [what, error, expected] of rows) equal(errnoOf(error), expected, what);
});
