import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { toHex } from '@holdfast/kernel';
import { formatIndexFile, type Id, parseIndexColumns } from '@holdfast/restic-format';
import { seededRandom } from '@holdfast/testkit';
import fc from 'fast-check';
import { type BlobPlace, BlobTable } from '#index-table/blob-table.ts';

interface Added {
  readonly id: Id;
  readonly isTree: boolean;
  readonly place: BlobPlace;
}

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** Few different ones that begin alike, so that blobs come twice and slots are fought for. */
const ids = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex),
  fc
    .uint8Array({ minLength: 1, maxLength: 1 })
    .map((end) => toHex(Uint8Array.from({ length: 32 }, (_, at) => (at === 31 ? (end[0] ?? 0) % 8 : 0xab)))),
);

const blobs: fc.Arbitrary<Added> = fc.record({
  id: ids,
  isTree: fc.boolean(),
  place: fc.record(
    { pack: word, offset: word, length: word, uncompressedLength: word },
    { noNullPrototype: true },
  ),
});

const keyOf = (isTree: boolean, id: Id): string => `${isTree} ${id}`;

function assertHolds(table: BlobTable, added: readonly Added[]): void {
  const numbers = new Map<string, number[]>();
  for (const [number, { id, isTree }] of added.entries())
    numbers.getOrInsertComputed(keyOf(isTree, id), () => []).push(number);
  assert.equal(table.count, added.length);
  for (const [number, { id, isTree, place }] of added.entries()) {
    const all = numbers.get(keyOf(isTree, id)) ?? [];
    assert.equal(table.find(isTree, id), all[0]);
    assert.deepEqual(table.findAll(isTree, id), all);
    assert.equal(table.firstOf(number), all[0]);
    assert.deepEqual(table.place(number), place);
    assert.equal(table.idOf(number), id);
    assert.equal(table.isTree(number), isTree);
    assert.equal(table.find(!isTree, id), numbers.get(keyOf(!isTree, id))?.[0] ?? -1);
  }
}

suite('BlobTable', () => {
  test('it finds what a Map would, whatever is added and whatever the seed', () => {
    fc.assert(
      fc.property(word, fc.array(blobs, { maxLength: 60 }), fc.array(ids), (seed, added, others) => {
        const table = new BlobTable(seed);
        for (const { id, isTree, place } of added) table.add(id, isTree, place);
        assertHolds(table, added);
        const known = new Set(added.map(({ id }) => id));
        for (const id of others.filter((other) => !known.has(other))) {
          assert.equal(table.find(false, id), -1);
          assert.deepEqual(table.findAll(true, id), []);
        }
      }),
    );
  });

  test('it keeps everything, and the order of copies, while it grows', () => {
    const random = seededRandom(7);
    const table = new BlobTable(0);
    const added: Added[] = [];
    for (let number = 0; number < 5000; number++) {
      const id = number % 10 === 9 ? (added[number >> 1]?.id ?? '') : toHex(random(32));
      const place = { pack: number, offset: number * 3, length: number + 32, uncompressedLength: number % 2 };
      added.push({ id, isTree: number % 7 === 0, place });
      table.add(id, number % 7 === 0, place);
    }
    assertHolds(table, added);
    assert.ok(table.sizeBytes < 5000 * 150, `${table.sizeBytes} bytes`);
  });

  test('it tells ids apart that differ in their last byte only', () => {
    const table = new BlobTable(1);
    const place = { pack: 0, offset: 0, length: 33, uncompressedLength: 0 };
    const many = Array.from({ length: 256 }, (_, end) => 'ef'.repeat(31) + end.toString(16).padStart(2, '0'));
    for (const id of many) table.add(id, false, place);
    assert.deepEqual(
      many.map((id) => table.find(false, id)),
      many.map((_, number) => number),
    );
  });

  test('it takes the columns of an index file, under its own pack numbers', () => {
    const random = seededRandom(3);
    const entries = Array.from({ length: 1500 }, (_, at) => ({
      id: toHex(random(32)),
      type: at % 5 === 0 ? ('tree' as const) : ('data' as const),
      offset: at * 100,
      length: 100,
      ...(at % 3 === 0 && { uncompressedLength: 200 }),
    }));
    const packs = [entries.slice(0, 700), entries.slice(700)].map((listed) => ({
      id: toHex(random(32)),
      blobs: listed,
    }));
    const columns = parseIndexColumns(formatIndexFile({ supersedes: [], packs }));
    const table = new BlobTable(99);
    table.addColumns(columns, Uint32Array.of(40, 50));
    assert.deepEqual(
      entries.map(({ id, type }) => table.entry(table.find(type === 'tree', id))),
      entries,
    );
    assert.deepEqual([table.packOf(0), table.packOf(699), table.packOf(700)], [40, 40, 50]);
  });
});
