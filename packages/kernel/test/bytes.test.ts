import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { type ByteSource, collect, concatBytes, equalBytes, fromHex, toHex } from '@holdfast/kernel';
import fc from 'fast-check';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('it spells bytes in lower-case hexadecimal and reads both cases back', () => {
  const rows: [hex: string, expected: Uint8Array][] = [
    ['', bytes()],
    ['00', bytes(0)],
    ['0aff', bytes(10, 255)],
    ['DEADbeef', bytes(0xde, 0xad, 0xbe, 0xef)],
  ];
  for (const [hex, expected] of rows) {
    deepEqual(fromHex(hex), expected);
    equal(toHex(expected), hex.toLowerCase());
  }
  equal(toHex(Buffer.from('hold')), '686f6c64');
});

test('it gives back the bytes it spelled', () => {
  fc.assert(fc.property(fc.uint8Array(), (some) => deepEqual(fromHex(toHex(some)), some)));
});

test('it refuses what is not hexadecimal', () => {
  for (const hex of ['0', '0g', ' 00', '00 ', '0x00', '００', '-1']) {
    throws(() => fromHex(hex), { name: 'Failure', code: 'kernel/bad-hex' }, hex);
  }
});

test('it joins parts into a new array', () => {
  const part = bytes(1, 2);
  const whole = concatBytes([part, bytes(), bytes(3)]);
  deepEqual(whole, bytes(1, 2, 3));
  part[0] = 9;
  equal(whole[0], 1);
  deepEqual(concatBytes([]), bytes());
});

test('it compares bytes by value', () => {
  const rows: [Uint8Array, Uint8Array, boolean][] = [
    [bytes(), bytes(), true],
    [bytes(1, 2), bytes(1, 2), true],
    [bytes(1, 2), bytes(1, 3), false],
    [bytes(1, 2), bytes(1), false],
    [bytes(1), Buffer.from([1]), true],
  ];
  for (const [a, b, expected] of rows) equal(equalBytes(a, b), expected);
});

test('it collects up to the limit, and keeps nothing of the chunks themselves', async () => {
  const chunk = bytes(1, 2);
  async function* reusing(): ByteSource {
    yield chunk;
    chunk.fill(7);
    yield chunk;
  }
  deepEqual(await collect(reusing(), 4), bytes(1, 2, 7, 7));
});

test('it refuses one byte more than the limit, and releases the source', async () => {
  let isReleased = false;
  async function* endless(): ByteSource {
    try {
      for (;;) yield bytes(1, 2);
    } finally {
      isReleased = true;
    }
  }
  await rejects(collect(endless(), 5), { code: 'kernel/too-large' });
  equal(isReleased, true);
});

test('it stops collecting on an abort, with the reason given', async () => {
  const stopper = new AbortController();
  const reason = new Error('enough');
  async function* endless(): ByteSource {
    for (;;) {
      yield bytes(1);
      stopper.abort(reason);
    }
  }
  await rejects(collect(endless(), 100, stopper.signal), reason);
});
