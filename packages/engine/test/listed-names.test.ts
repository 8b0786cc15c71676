import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { ListedNames } from '#backup/listed-names.ts';

const texts = fc
  .oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }))
  .filter((name) => !name.includes('\0') && name.isWellFormed());
const joined = (names: readonly string[]): string => names.map((name) => `${name}\0`).join('');

function take(names: ListedNames | undefined, name: string): number | undefined {
  const bytes = Buffer.from(`<${name}>`);
  return names?.take(bytes, 1, bytes.length - 1);
}

suite('ListedNames', () => {
  test('it finds the row of each name once, in any order, and no other name', () => {
    const property = fc.property(
      fc.uniqueArray(texts, { maxLength: 200 }),
      fc.array(texts),
      (names, others) => {
        const listed = ListedNames.of(joined(names));
        equal(listed?.count, names.length);
        for (const other of others) if (!names.includes(other)) equal(take(listed, other), -1);
        const rows = names.toReversed().map((name) => take(listed, name));
        deepEqual(rows, [...names.keys()].toReversed());
        for (const name of names) equal(take(listed, name), -1);
      },
    );
    fc.assert(property);
  });

  test('it finds a hundred thousand', () => {
    const names = Array.from({ length: 100_000 }, (_, at) => `IMG_${at}.jpg`);
    const listed = ListedNames.of(joined(names));
    for (const [row, name] of names.entries()) equal(take(listed, name), row);
  });

  test('it refuses names that are not UTF-8, which would look like others', () => {
    equal(ListedNames.of('a\0b\udcff\0'), undefined);
    equal(take(ListedNames.of('a\0b\ufffd\0'), 'b\ufffd'), 1);
  });
});
