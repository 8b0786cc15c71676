import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { fromHex, isFailure } from '@holdfast/kernel';
import { formatIndexFile, type IndexFile, parseIndexColumns, parseIndexFile } from '@holdfast/restic-format';
import fc from 'fast-check';
import { blobEntries, ids } from '../../test-setup/blob-entries.ts';

const indexFiles: fc.Arbitrary<IndexFile> = fc.record(
  {
    supersedes: fc.array(ids, { maxLength: 2 }),
    packs: fc.array(fc.record({ id: ids, blobs: blobEntries }, { noNullPrototype: true }), { maxLength: 4 }),
  },
  { noNullPrototype: true },
);

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

suite('index files', () => {
  test('it reads what it wrote', () => {
    fc.assert(
      fc.property(indexFiles, (index) => assert.deepEqual(parseIndexFile(formatIndexFile(index)), index)),
    );
  });

  test('it writes exactly what restic writes', () => {
    const index: IndexFile = {
      supersedes: [B],
      packs: [
        {
          id: A,
          blobs: [
            { id: A, type: 'data', offset: 0, length: 38 },
            { id: B, type: 'tree', offset: 38, length: 112, uncompressedLength: 511 },
          ],
        },
        { id: B, blobs: [] },
      ],
    };
    assert.equal(
      Buffer.from(formatIndexFile(index)).toString(),
      `{"supersedes":["${B}"],"packs":[{"id":"${A}","blobs":[{"id":"${A}","type":"data","offset":0,"length":38},` +
        `{"id":"${B}","type":"tree","offset":38,"length":112,"uncompressed_length":511}]},{"id":"${B}","blobs":[]}]}\n`,
    );
  });

  const blob = { id: A, type: 'data', offset: 0, length: 32 };
  const indexWith = (change: object): Buffer =>
    Buffer.from(JSON.stringify({ packs: [{ id: A, blobs: [{ ...blob, ...change }] }] }));

  for (const [name, bytes, code] of [
    ['the bare list of old', Buffer.from('[]'), 'restic-format/unsupported'],
    ['text', Buffer.from('"packs"'), 'restic-format/malformed'],
    ['packs that are no list', Buffer.from('{"packs":{}}'), 'restic-format/malformed'],
    ['a short id', indexWith({ id: 'abcd' }), 'restic-format/malformed'],
    ['an id in capitals', indexWith({ id: 'A'.repeat(64) }), 'restic-format/malformed'],
    ['an unknown type', indexWith({ type: 'key' }), 'restic-format/malformed'],
    ['a negative offset', indexWith({ offset: -1 }), 'restic-format/malformed'],
    ['an offset that is no whole number', indexWith({ offset: 0.5 }), 'restic-format/malformed'],
    ['an offset beyond 4 GiB', indexWith({ offset: 2 ** 32 }), 'restic-format/malformed'],
    ['a blob that ends beyond 4 GiB', indexWith({ offset: 2 ** 32 - 10 }), 'restic-format/malformed'],
    ['a blob too short to be sealed', indexWith({ length: 31 }), 'restic-format/malformed'],
    ['no length', indexWith({ length: undefined }), 'restic-format/malformed'],
    ['a length that is text', indexWith({ uncompressed_length: '5' }), 'restic-format/malformed'],
  ] as const) {
    test(`it refuses ${name}`, () => {
      for (const parse of [parseIndexFile, parseIndexColumns]) {
        assert.throws(
          () => parse(bytes),
          (error) => isFailure(error, code),
        );
      }
    });
  }

  test('it says how to get a new index where the old one cannot be read', () => {
    assert.throws(
      () => parseIndexFile(Buffer.from('[]')),
      (error) => isFailure(error) && error.hint === 'Run `holdfast repair index` to write the index anew.',
    );
  });

  test('it takes absent and null lists for empty ones, as Go does, and ignores what it does not know', () => {
    for (const document of [
      '{}',
      '{"packs":null}',
      '{"packs":[],"supersedes":null,"__proto__":{"packs":[1]}}',
    ]) {
      assert.deepEqual(parseIndexFile(Buffer.from(document)), { supersedes: [], packs: [] });
    }
  });
});

suite('index columns', () => {
  test('it reads what the object parser reads, in the usual form and in others', () => {
    const layouts = fc.constantFrom<(json: string) => string>(
      (json) => json,
      (json) => json.trimEnd(),
      (json) => JSON.stringify(JSON.parse(json), undefined, 1),
      (json) => json.replaceAll('"length"', '"extra":[1],"length"'),
      (json) => json.replaceAll(/("offset":\d+),("length":\d+)/g, '$2,$1'),
    );
    fc.assert(
      fc.property(indexFiles, layouts, (index, layout) => {
        const json = Buffer.from(layout(Buffer.from(formatIndexFile(index)).toString()));
        assert.deepEqual(rowsOf(json), parseIndexFile(json).packs);
      }),
    );
  });

  test('it reads a spoilt index as the object parser does, or refuses it as that does', () => {
    fc.assert(
      fc.property(
        indexFiles,
        fc.nat(),
        fc.integer({ min: 32, max: 126 }),
        fc.boolean(),
        (index, place, byte, isCut) => {
          const json = Buffer.from(formatIndexFile(index));
          const at = place % json.length;
          json[at] = byte;
          const spoilt = isCut ? json.subarray(0, at) : json;
          assert.deepEqual(
            outcome(() => rowsOf(spoilt)),
            outcome(() => parseIndexFile(spoilt).packs),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    assert.ok(isFailure(error));
    return error.code;
  }
}

/** The columns as the object parser would give them. */
function rowsOf(json: Uint8Array): IndexFile['packs'] {
  const columns = parseIndexColumns(json);
  const idAt = (ids: Uint8Array, row: number): string =>
    Buffer.from(ids.subarray(32 * row, 32 * row + 32)).toString('hex');
  return Array.from({ length: columns.packIds.length / 32 }, (_, pack) => ({
    id: idAt(columns.packIds, pack),
    blobs: Array.from(columns.pack.keys())
      .filter((row) => columns.pack[row] === pack)
      .map((row) => {
        const blob = {
          id: idAt(columns.ids, row),
          type: columns.isTree[row] === 1 ? ('tree' as const) : ('data' as const),
          offset: columns.offset[row] ?? -1,
          length: columns.length[row] ?? -1,
        };
        const uncompressedLength = columns.uncompressedLength[row] ?? -1;
        return uncompressedLength === 0 ? blob : { ...blob, uncompressedLength };
      }),
  }));
}

test('it gives columns that own their memory, so that a thread can hand them on', () => {
  const json = formatIndexFile({
    supersedes: [],
    packs: [{ id: A, blobs: [{ id: B, type: 'data', offset: 0, length: 32 }] }],
  });
  const columns = parseIndexColumns(json);
  assert.deepEqual(columns.ids, fromHex(B));
  for (const column of Object.values(columns) as Uint8Array[])
    assert.equal(column.byteLength, column.buffer.byteLength);
});
