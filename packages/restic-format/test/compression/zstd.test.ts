import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { constants, zstdCompressSync } from 'node:zlib';

import { isFailure } from '@holdfast/kernel';
import {
  compress,
  compressIfSmaller,
  decodeUnpacked,
  decompress,
  encodeUnpacked,
} from '@holdfast/restic-format';
import fc from 'fast-check';

const MAGIC = '28b52ffd';
const texts = fc.array(fc.constantFrom('{"id":', '12', '}', 'name', ' ', '\n'), { maxLength: 2000 });

suite('compress', () => {
  test('it gives back what it took, of any length', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      texts.map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(anything, (bytes) => {
        assert.deepEqual(Buffer.from(decompress(compress(bytes), bytes.length)), Buffer.from(bytes));
      }),
    );
  });

  for (const length of [0, 1, 63, 64, 65, 65535, 65536, 131_072, 131_073, 1_000_000, 9_000_000]) {
    test(`it gives back ${length} bytes, in a frame that tells the length and has no checksum`, () => {
      const bytes = new Uint8Array(length).map((_, i) => (i * i) >> 7);
      const frame = compress(bytes);
      assert.equal(Buffer.from(frame.subarray(0, 4)).toString('hex'), MAGIC);
      assert.equal(contentSize(frame), length);
      assert.equal((frame[4] ?? 0) & 4, 0);
      assert.ok(Buffer.from(decompress(frame, length)).equals(bytes));
    });
  }

  test('it shrinks text and leaves alone what does not shrink', () => {
    assert.ok((compressIfSmaller(Buffer.from('holdfast '.repeat(100)))?.length ?? 1e9) < 60);
    assert.equal(compressIfSmaller(new Uint8Array(0)), undefined);
    assert.equal(compressIfSmaller(Buffer.from('a')), undefined);
  });
});

suite('decompress', () => {
  const frame = compress(Buffer.from('holdfast '.repeat(100)));

  for (const [name, bytes, length] of [
    ['a length said too small', frame, 899],
    ['a length said too great', frame, 901],
    ['a length no frame could have', frame, 2 ** 29],
    ['a length beyond any blob', frame, 2 ** 31],
    ['a frame cut off', frame.subarray(0, -1), 900],
    ['bytes behind the frame', Buffer.concat([frame, Buffer.from('x')]), 900],
    ['nothing', new Uint8Array(0), 0],
    ['nothing, said to be something', new Uint8Array(0), 5],
  ] as const) {
    test(`it refuses ${name}`, () => {
      assert.throws(
        () => decompress(bytes, length),
        (error) => isFailure(error),
      );
    });
  }

  test('it reads a frame that does not tell its length', () => {
    const params = { [constants.ZSTD_c_contentSizeFlag]: 0 };
    const untold = zstdCompressSync(Buffer.alloc(100_000, 'abc'), { params });
    assert.ok(Buffer.alloc(100_000, 'abc').equals(decompress(untold, 100_000)));
  });

  test('it reads any bytes as content or refuses them', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(5000), (bytes, length) => {
        const withMagic = Buffer.concat([Buffer.from(MAGIC, 'hex'), bytes]);
        assert.ok(isRefused(() => decompress(withMagic, length)) || length >= 0);
        assert.ok(isRefused(() => decompress(bytes, length)) || length >= 0);
      }),
    );
  });
});

suite('unpacked files', () => {
  const json = Buffer.from(`{"packs":[${'{},'.repeat(1000)}{}]}`);

  test('it stores version 1 as it is and version 2 compressed, and reads both', () => {
    assert.deepEqual(encodeUnpacked(1, json), json);
    assert.equal(encodeUnpacked(2, json)[0], 2);
    for (const version of [1, 2] as const) {
      assert.deepEqual(Buffer.from(decodeUnpacked(encodeUnpacked(version, json), json.length)), json);
    }
    assert.deepEqual(decodeUnpacked(Buffer.from('[]'), 2), Buffer.from('[]'));
  });

  for (const [name, bytes, code] of [
    ['an encoding of a later day', Buffer.of(3, 1, 2), 'restic-format/unsupported'],
    ['an empty file', Buffer.of(), 'restic-format/malformed'],
    ['what is not compressed although it says so', Buffer.of(2, 1, 2), 'restic-format/malformed'],
    ['a version without content', Buffer.of(2), 'restic-format/malformed'],
    ['plain JSON beyond the limit', json, 'restic-format/too-large'],
    ['compressed JSON beyond the limit', encodeUnpacked(2, json), 'restic-format/too-large'],
    ['a bomb', encodeUnpacked(2, Buffer.alloc(50_000_000)), 'restic-format/too-large'],
  ] as const) {
    test(`it refuses ${name}`, () => {
      assert.throws(
        () => decodeUnpacked(bytes, 1000),
        (error) => isFailure(error, code),
      );
    });
  }

  test('it holds no more of a bomb than the limit', () => {
    const bomb = encodeUnpacked(2, Buffer.alloc(100_000_000));
    const before = process.memoryUsage().arrayBuffers;
    assert.throws(() => decodeUnpacked(bomb, 1_000_000));
    assert.ok(process.memoryUsage().arrayBuffers - before < 4_000_000);
  });
});

function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    assert.ok(isFailure(error));
    return true;
  }
}

/** The content size field of a frame header (RFC 8878, 3.1.1.1). */
function contentSize(frame: Uint8Array): number {
  const bytes = Buffer.from(frame);
  const descriptor = bytes.readUInt8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingleSegment ? 0 : 1);
  switch (descriptor >> 6) {
    case 0:
      return isSingleSegment ? bytes.readUInt8(at) : Number.NaN;
    case 1:
      return bytes.readUInt16LE(at) + 256;
    default:
      return bytes.readUInt32LE(at);
  }
}
