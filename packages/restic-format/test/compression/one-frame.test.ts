import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';

import fc from 'fast-check';
import { contentLengthOf, isOneFrame } from '#compression/one-frame.ts';

suite('contentLengthOf', () => {
  // Each side of where the field grows: 1, 2 and 4 bytes (RFC 8878, 3.1.1.1.1.1).
  for (const length of [0, 1, 255, 256, 257, 65_535, 65_791, 65_792, 1_000_000]) {
    test(`it reads that a frame has ${length} bytes in it`, () => {
      const frame = zstdCompressSync(new Uint8Array(length), { pledgedSrcSize: length });
      assert.equal(contentLengthOf(frame), length);
      assert.ok(isOneFrame(frame));
    });
  }

  test('it reads a length of eight bytes', () => {
    const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xe0, 1, 2, 0, 0, 1, 0, 0, 0);
    assert.equal(contentLengthOf(frame), 2 ** 32 + 513);
  });

  test('it does not know where the frame does not say', () => {
    const said = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x01, 0x00, 0x00);
    assert.equal(contentLengthOf(said), undefined);
  });

  test('it gives a length or none for any bytes', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 12 }), (rest) => {
      const length = contentLengthOf(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, ...rest));
      assert.ok(length === undefined || length >= 0);
      assert.equal(contentLengthOf(rest), undefined);
    });
    fc.assert(property);
  });
});
