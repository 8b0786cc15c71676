import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { isOneFrame } from '#compression/one-frame.ts';
import { SmallContents } from '#compression/small-contents.ts';

const contents = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.nat({ max: 140_000 }).map((length) => new Uint8Array(length).fill(7)),
  fc
    .array(fc.constantFrom('meet', ' ', '{"id":', '12'), { maxLength: 2000 })
    .map((parts) => Buffer.from(parts.join(''))),
);
const frames = fc.record({
  content: contents,
  checksum: fc.boolean(),
  hasSize: fc.boolean(),
  level: fc.integer({ min: 1, max: 12 }),
});
const framed = ({
  content,
  checksum,
  hasSize,
  level,
}: typeof frames extends fc.Arbitrary<infer T> ? T : never): Buffer =>
  zstdCompressSync(content, {
    params: {
      [constants.ZSTD_c_compressionLevel]: level,
      [constants.ZSTD_c_checksumFlag]: checksum ? 1 : 0,
      [constants.ZSTD_c_contentSizeFlag]: hasSize ? 1 : 0,
    },
  });

test('it tells one whole frame from less and from more', () => {
  fc.assert(
    fc.property(frames, fc.nat(), (frame, cut) => {
      const bytes = framed(frame);
      assert.equal(isOneFrame(bytes), true);
      assert.equal(isOneFrame(bytes.subarray(0, cut % bytes.length)), false);
      assert.equal(isOneFrame(Buffer.concat([bytes, bytes])), false);
    }),
  );
});

test('it gives the content of every small frame, whatever came before', () => {
  const kept = new SmallContents();
  const damage = fc.option(fc.record({ at: fc.nat(), flip: fc.integer({ min: 1, max: 255 }) }), { freq: 1 });
  fc.assert(
    fc.property(frames, damage, (frame, damaged) => {
      const bytes = framed(frame);
      const at = damaged === null ? -1 : damaged.at % bytes.length;
      if (damaged !== null) bytes[at] = (bytes[at] ?? 0) ^ damaged.flip;
      const given = kept.decompress(bytes, frame.content.length);
      if (damaged === null && frame.content.length <= 128 * 1024)
        assert.ok(given !== undefined && Buffer.from(frame.content).equals(given));
      if (given !== undefined) assert.ok(zstdDecompressSync(bytes).equals(given));
    }),
    { numRuns: 500 },
  );
});

test('it gives nothing for a length that is not the content’s, and goes on', () => {
  const kept = new SmallContents();
  const frame = zstdCompressSync(Buffer.from('holdfast '.repeat(50)));
  for (const length of [0, 449, 451, 200_000]) {
    assert.equal(kept.decompress(frame, length), undefined);
    assert.equal(Buffer.from(kept.decompress(frame, 450) ?? []).toString(), 'holdfast '.repeat(50));
  }
});
