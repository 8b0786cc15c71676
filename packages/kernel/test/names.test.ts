import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { decodeName, encodeName, isPlainName } from '@holdfast/kernel';
import fc from 'fast-check';

const ROWS: [what: string, bytes: number[], name: string, isPlain: boolean][] = [
  ['nothing', [], '', true],
  ['ASCII', [0x61, 0x2e, 0x62], 'a.b', true],
  ['two, three and four bytes', [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x93, 0xb1], 'é€📱', true],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa', true],
  ['a NUL', [0x00], '\0', true],
  ['Latin-1', [0x63, 0x61, 0x66, 0xe9], 'caf\udce9', false],
  ['bytes that never occur', [0xc0, 0xc1, 0xf5, 0xff], '\udcc0\udcc1\udcf5\udcff', false],
  ['an overlong slash', [0xc0, 0xaf], '\udcc0\udcaf', false],
  ['an overlong euro sign', [0xf0, 0x82, 0x82, 0xac], '\udcf0\udc82\udc82\udcac', false],
  ['an encoded surrogate', [0xed, 0xb2, 0x80], '\udced\udcb2\udc80', false],
  ['beyond the last code point', [0xf4, 0x90, 0x80, 0x80], '\udcf4\udc90\udc80\udc80', false],
  ['a sequence cut short by the end', [0x61, 0xf0, 0x9f, 0x93], 'a\udcf0\udc9f\udc93', false],
  ['a sequence cut short by a letter', [0xe2, 0x82, 0x61], '\udce2\udc82a', false],
  ['a stray byte between good characters', [0xc3, 0xa9, 0x80, 0xc3, 0xa9], 'é\udc80é', false],
];

test('it decodes and encodes names by the table', () => {
  for (const [what, bytes, name, isPlain] of ROWS) {
    equal(decodeName(Uint8Array.from(bytes)), name, what);
    deepEqual(encodeName(name), Uint8Array.from(bytes), what);
    equal(isPlainName(name), isPlain, what);
  }
});

/** Bytes near the borders of UTF-8, which uniformly random ones seldom hit. */
const nearlyUtf8 = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom(...ROWS.map(([, bytes]) => Uint8Array.from(bytes))),
      fc
        .constantFrom(0x7f, 0x80, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f)
        .map((byte) => Uint8Array.of(byte)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

test('it gives back every byte of any name', () => {
  fc.assert(
    fc.property(nearlyUtf8, (bytes) => deepEqual(encodeName(decodeName(bytes)), bytes)),
    { numRuns: 1000 },
  );
});

test('it calls a name plain exactly when its bytes are UTF-8', () => {
  const isUtf8 = (bytes: Uint8Array): boolean =>
    Buffer.from(bytes).toString('utf8').includes('\ufffd') === false;
  fc.assert(
    fc.property(nearlyUtf8, (bytes) => {
      // A replacement character in the bytes themselves would look like a mistake.
      fc.pre(!Buffer.from(bytes).includes('\ufffd'));
      equal(isPlainName(decodeName(bytes)), isUtf8(bytes));
    }),
  );
});

test('it cannot be made to spell a slash or a NUL by escapes', () => {
  fc.assert(
    fc.property(nearlyUtf8, (bytes) => {
      const name = decodeName(bytes);
      equal(name.includes('/'), bytes.includes(0x2f));
      equal(name.includes('\0'), bytes.includes(0));
    }),
  );
});

test('it refuses a lone surrogate that stands for no byte', () => {
  for (const name of ['\ud83d', 'a\udc00', '\udc7f', '\udd00', '\ud83da']) {
    throws(() => encodeName(name), { code: 'kernel/bad-name' });
  }
});
