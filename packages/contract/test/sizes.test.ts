import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { formatBytes, formatBytesAtLeast } from '../src/index.ts';

const ROWS: readonly (readonly [bytes: number, expected: string])[] = [
  [0, '0 B'],
  [999, '999 B'],
  [999.7, '1.0 kB'],
  [1000, '1.0 kB'],
  [9949, '9.9 kB'],
  [9960, '10 kB'],
  [10_000, '10 kB'],
  [45_000_000, '45 MB'],
  [53_600_000, '53.6 MB'],
  [99_940, '99.9 kB'],
  [99_960, '100 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [999_999, '1.0 MB'],
  [999_950_000, '1.0 GB'],
  [1_500_000_000, '1.5 GB'],
  [9_960_000_000, '10 GB'],
  [2 ** 53, '9.0 PB'],
];

suite('formatBytes', () => {
  for (const [bytes, expected] of ROWS)
    test(`it writes ${bytes} bytes as ${expected}`, () => {
      assert.equal(formatBytes(bytes), expected);
    });

  test('it writes at most three digits, never 1000 of a unit, and is never further off than half of the last', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 53, noNaN: true }), (bytes) => {
        const [, number, unit] = /^(\d{1,3}|\d{1,2}\.\d) ([kMGTPE]?B)$/.exec(formatBytes(bytes)) ?? [];
        const power = 1000 ** ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'].indexOf(unit ?? '');
        const last = power === 1 || Number(number) >= 100 ? 1 : 0.1;
        assert.ok(Math.abs(Number(number) - bytes / power) <= last / 2 + 1e-9);
      }),
    );
  });
});

for (const [bytes, text] of [
  [0, '0 B'],
  [950, '950 B'],
  [1_000_001, '1.1 MB'],
  [31_499_999, '32 MB'],
  [999_999_999, '1.0 GB'],
] as const)
  test(`it asks for ${text} where ${bytes} bytes are missing`, () =>
    assert.equal(formatBytesAtLeast(bytes), text));
