import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isFailure } from '@holdfast/kernel';
import {
  type BlobEntry,
  COMPRESSED_ENTRY_SIZE,
  formatHeaderLength,
  formatPackHeader,
  headerLengthOf,
  MAX_PACK_BLOBS,
  packHeaderLength,
  parsePackHeader,
} from '@holdfast/restic-format';
import fc from 'fast-check';
import { blobEntries } from '../../test-setup/blob-entries.ts';

const isMalformed = (error: unknown): boolean => isFailure(error, 'restic-format/malformed');

/** An entry by hand: type, length, then what follows. */
const entry = (type: number, length: number, ...rest: number[]): number[] => [
  type,
  ...new Uint8Array(Uint32Array.of(length).buffer),
  ...rest,
];

suite('pack headers', () => {
  test('it reads what it wrote, offsets included', () => {
    fc.assert(
      fc.property(blobEntries, (entries) => {
        const header = formatPackHeader(entries);
        assert.equal(header.length, packHeaderLength(entries));
        assert.deepEqual(parsePackHeader(header), entries);
      }),
    );
  });

  test('it reads any bytes as a header or refuses them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        let entries: BlobEntry[];
        try {
          entries = parsePackHeader(bytes);
        } catch (error) {
          assert.ok(isMalformed(error));
          return;
        }
        assert.deepEqual(Buffer.from(formatPackHeader(entries)), Buffer.from(bytes));
      }),
    );
  });

  const id = [...new Uint8Array(32).fill(1)];
  for (const [name, header] of [
    ['an unknown type', entry(4, 100, ...id)],
    ['a blob too short to be sealed', entry(0, 31, ...id)],
    ['half an entry', entry(0, 100, ...id.slice(1))],
    ['a compressed entry that ends before its id', entry(2, 100, ...id)],
    ['a single byte', [0]],
    ['blobs longer together than 4 GiB', [...entry(0, 2 ** 32 - 1, ...id), ...entry(1, 32, ...id)]],
  ] as const) {
    test(`it refuses ${name}`, () => {
      assert.throws(() => parsePackHeader(Uint8Array.from(header)), isMalformed);
    });
  }

  test('it keeps a full header within what restic reads', () => {
    assert.ok(MAX_PACK_BLOBS * COMPRESSED_ENTRY_SIZE + 32 <= 16 * 1024 * 1024);
    assert.ok((MAX_PACK_BLOBS + 1) * COMPRESSED_ENTRY_SIZE + 32 > 16 * 1024 * 1024);
  });
});

suite('the length of a pack’s header', () => {
  test('it reads what it wrote', () => {
    assert.equal(headerLengthOf(formatHeaderLength(69)), 69);
    assert.equal(headerLengthOf(formatHeaderLength(69), 73), 69);
  });

  for (const [name, bytes, packLength] of [
    ['no length', formatHeaderLength(0), 1000],
    ['less than a box', formatHeaderLength(31), 1000],
    ['more than 16 MiB', formatHeaderLength(2 ** 24 + 1), 2 ** 30],
    ['more than the pack', formatHeaderLength(97), 100],
    ['fewer than four bytes', Uint8Array.of(50, 0, 0), 100],
  ] as const) {
    test(`it refuses ${name}`, () => {
      assert.throws(() => headerLengthOf(bytes, packLength), isMalformed);
    });
  }
});
