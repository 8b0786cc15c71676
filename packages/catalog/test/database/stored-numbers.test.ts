import { equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { storedSize, storedTime } from '#database/stored-numbers.ts';

const LAST = 2n ** 63n - 1n;
const FIRST = -(2n ** 63n);

const TIMES: readonly (readonly [name: string, ns: bigint, stored: bigint])[] = [
  ['a time of today', 1_763_942_400_000_000_000n, 1_763_942_400_000_000_000n],
  ['the last that has room', LAST, LAST],
  ['one of the year 9999', 253_402_300_799n * 1_000_000_000n, LAST],
  ['the first that has room', FIRST, FIRST],
  ['one before that', FIRST - 1n, FIRST],
];

const SIZES: readonly (readonly [name: string, bytes: number, stored: number])[] = [
  ['nothing', 0, 0],
  ['the most a number can tell', 2 ** 53 - 1, 2 ** 53 - 1],
  ['more than that', 2 ** 53, 2 ** 53 - 1],
  ['less than nothing', -1, 2 ** 53 - 1],
  ['half a byte', 0.5, 2 ** 53 - 1],
  ['no number', Number.NaN, 2 ** 53 - 1],
];

suite('numbers of a device as the database can hold them', () => {
  for (const [name, ns, stored] of TIMES)
    test(`it keeps ${name} within 64 bits`, () => equal(storedTime(ns), stored));
  for (const [name, bytes, stored] of SIZES)
    test(`it keeps the size of ${name} within 53 bits`, () => equal(storedSize(bytes), stored));
});
