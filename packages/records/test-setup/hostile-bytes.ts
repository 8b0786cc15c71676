import fc from 'fast-check';

/** Bytes that are nearly a file: pieces of one in any order, and anything else between. */
export function hostileBytes(pieces: readonly string[]): fc.Arbitrary<Uint8Array> {
  const encoder = new TextEncoder();
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...pieces).map((text) => encoder.encode(text)) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('\n', '\r\n', '\r\n ', ';', ':', '"', '{', '}')
        .map((t) => encoder.encode(t)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) },
  );
  return fc.array(piece, { maxLength: 40 }).map((parts) => new Uint8Array(Buffer.concat(parts)));
}
