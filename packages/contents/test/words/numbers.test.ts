import { equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { addressKey, tailOf, threadKeyOf } from '#words/numbers.ts';

const alike: readonly [one: string, other: string, isAlike: boolean][] = [
  ['+49 171 1234567', '0171/1234567', true],
  ['0049 171 1234567', '+49 (171) 123-4567', true],
  ['+351910000001', '+351910000002', false],
  ['4151', '+49 4151', false],
  ['Bela@Example.org', 'bela@example.org ', true],
  ['BANK', 'bank', true],
];

suite('numbers of people', () => {
  for (const [one, other, isAlike] of alike)
    test(`it takes ${one} and ${other} for ${isAlike ? 'the same' : 'others'}`, () => {
      equal(tailOf(addressKey(one)) === tailOf(addressKey(other)), isAlike);
      equal(threadKeyOf(one) === threadKeyOf(other), isAlike);
    });
});
