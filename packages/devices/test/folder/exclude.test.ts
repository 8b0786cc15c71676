import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { excluder } from '#folder/exclude.ts';

const ROWS: readonly (readonly [string, string, boolean])[] = [
  ['*.tmp', 'a/b/c.tmp', true],
  ['*.tmp', 'a/c.tmpx', false],
  ['/a', 'a', true],
  ['/a', 'b/a', false],
  ['a/b', 'x/a/b', true],
  ['a/**/z', 'a/b/c/z', true],
  ['a/**/z', 'a/z', true],
  ['[a-c]?', 'bx', true],
  ['[!a-c]?', 'bx', false],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['cache/', 'cache', true],
  ['?', '😀', true],
  [`${'*a'.repeat(20)}b`, 'a'.repeat(250), false],
];

test('it leaves out what a pattern names, and nothing else', () => {
  for (const [pattern, path, isOut] of ROWS)
    equal(excluder([pattern])(path), isOut ? pattern : undefined, `${pattern} ${path}`);
});
