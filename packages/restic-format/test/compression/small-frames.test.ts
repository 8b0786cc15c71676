import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';

import fc from 'fast-check';

import { SmallFrames } from '#compression/small-frames.ts';

suite('SmallFrames', () => {
  const frames = SmallFrames.create();

  test('it works in this version of Node; without it small files take half as long again', () => {
    assert.notEqual(frames, undefined);
  });

  test('it gives whole frames that have nothing of each other', () => {
    const kept: { frame: Uint8Array; bytes: Uint8Array }[] = [];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000, size: 'max' }), (bytes) => {
        const frame = frames?.compress(bytes);
        assert.ok(frame !== undefined);
        kept.push({ frame, bytes: bytes.slice() });
      }),
    );
    for (const { frame, bytes } of kept) assert.ok(zstdDecompressSync(frame).equals(bytes));
  });

  test('it leaves what is not small to others', () => {
    assert.equal(frames?.compress(new Uint8Array(128 * 1024 + 1)), undefined);
    assert.notEqual(frames?.compress(new Uint8Array(128 * 1024)), undefined);
  });
});
