import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { toldApart } from '@holdfast/devices';
import fc from 'fast-check';

const device = (digits: string, name: string) => ({ id: `android-${digits.padEnd(16, '0')}`, name });

const rows: [title: string, given: readonly (readonly [string, string])[], expected: readonly string[]][] = [
  [
    'leaves names alone that differ',
    [
      ['1', 'Pixel 8'],
      ['2', 'Pixel 9'],
    ],
    ['Pixel 8', 'Pixel 9'],
  ],
  [
    'adds digits to names that are shared',
    [
      ['12345', 'Pixel 8'],
      ['ab', 'Pixel 8'],
      ['3', 'Ana'],
    ],
    ['Pixel 8 (1234)', 'Pixel 8 (ab00)', 'Ana'],
  ],
  [
    'takes names for the same that look the same',
    [
      ['1', 'Café'],
      ['2', 'CAFE\u0301 '],
    ],
    ['Café (1000)', 'CAFE\u0301  (2000)'],
  ],
  [
    'adds more where the first digits are shared',
    [
      ['12345', 'A'],
      ['12346', 'A'],
    ],
    ['A (12345000)', 'A (12346000)'],
  ],
  [
    'lets no phone call itself another',
    [
      ['12', 'A'],
      ['34', 'A'],
      ['56', 'A (1200)'],
    ],
    ['A (12000000)', 'A (3400)', 'A (1200) (56000000)'],
  ],
];
for (const [title, given, expected] of rows) {
  test(`it ${title}`, () => {
    const shown = toldApart(given.map(([digits, name]) => device(digits, name)));
    deepEqual(
      shown.map(({ name }) => name),
      expected,
    );
  });
}

test('it gives no two devices one name', () => {
  const name = fc.oneof(fc.constantFrom('A', 'a', 'A (0001)', 'A (0002)', 'A (0001) (0001)'), fc.string());
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), (names) => {
      const given = names.map((each, at) => ({ id: `folder-${`${at}`.padStart(4, '0')}`, name: each }));
      equal(new Set(toldApart(given).map((each) => each.name)).size, given.length);
    }),
  );
});
