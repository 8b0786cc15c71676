import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';

import {
  type BoxKey,
  Chunker,
  createGearTable,
  MAX_CHUNK_LENGTH,
  MIN_CHUNK_LENGTH,
  NORMAL_CHUNK_LENGTH,
  nextCut,
} from '@holdfast/restic-format';
import { seededRandom } from '@holdfast/testkit';
import fc from 'fast-check';

const MIB = 1024 * 1024;
const key = (seed: number): BoxKey => ({
  encrypt: new Uint8Array(32).fill(seed),
  k: new Uint8Array(16).fill(seed),
  r: new Uint8Array(16).fill(seed),
});
const table = createGearTable(key(1));

const noise = (length: number, seed = 1): Uint8Array => seededRandom(seed)(length);

/** The ends of a file's chunks, by the pure function. */
function cutsOf(bytes: Uint8Array, gear = table): number[] {
  const cuts: number[] = [];
  for (let start = 0; start < bytes.length; start = cuts.at(-1) ?? 0) {
    cuts.push(nextCut(bytes, start, bytes.length, gear, true));
  }
  return cuts;
}

/** The same, told slab by slab. */
function cutsInSlabs(bytes: Uint8Array, lengths: readonly number[]): number[] {
  const chunker = new Chunker(table);
  const cuts: number[] = [];
  let slabStart = 0;
  for (let n = 0; slabStart < bytes.length; n++) {
    const slab = bytes.slice(slabStart, slabStart + (lengths[n % lengths.length] ?? 1));
    for (let from = 0; from < slab.length; ) {
      const end = chunker.next(slab, from);
      if (end < 0) break;
      cuts.push(slabStart + end);
      from = end;
    }
    slabStart += slab.length;
  }
  if ((cuts.at(-1) ?? 0) < bytes.length) cuts.push(bytes.length);
  return cuts;
}

const lengthsOf = (cuts: readonly number[]): number[] => cuts.map((cut, i) => cut - (cuts[i - 1] ?? 0));

suite('chunking', () => {
  const film = noise(64 * MIB);
  const cuts = cutsOf(film);

  test('it cuts chunks of 512 KiB to 8 MiB, about 1.6 MiB on average', () => {
    const lengths = lengthsOf(cuts).slice(0, -1);
    assert.ok(lengths.every((length) => length >= MIN_CHUNK_LENGTH && length <= MAX_CHUNK_LENGTH));
    const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    assert.ok(average > 1.2 * MIB && average < 2 * MIB, `${average / MIB} MiB`);
    assert.equal(cuts.at(-1), film.length);
  });

  for (const slabs of [
    [100_003],
    [8 * MIB],
    [1, 600_000],
    [MIN_CHUNK_LENGTH - 33, 1, 31, 1, 1],
    [64 * MIB - 1],
  ]) {
    test(`it cuts alike in slabs of ${slabs.join(', ')} bytes`, () => {
      assert.deepEqual(cutsInSlabs(film, slabs), cuts);
    });
  }

  test('it cuts alike however the bytes come', () => {
    const clip = film.subarray(0, 6 * MIB);
    const expected = cutsOf(clip);
    const lengths = fc.array(fc.integer({ min: 1000, max: 2 * MIB }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lengths, (slabs) => assert.deepEqual(cutsInSlabs(clip, slabs), expected)),
      { numRuns: 20 },
    );
  });

  test('it finds the same cuts again soon after bytes were inserted', () => {
    const edited = Buffer.concat([
      film.subarray(0, 5 * MIB),
      Buffer.from('inserted'),
      film.subarray(5 * MIB),
    ]);
    const moved = new Set(cutsOf(edited).map((cut) => cut - 8));
    const again = cuts.filter((cut) => moved.has(cut)).length;
    assert.ok(again > 0.8 * cuts.length, `${again} of ${cuts.length}`);
  });

  test('it gives the very same cuts as ever, which repositories out there rely on', () => {
    const hash = createHash('sha256').update(cuts.join()).digest('hex');
    assert.equal(hash, '85b123435447eccc7bf1aef7456f2c918e0c368ca0459f5bcc7b3c37a81488e7');
  });

  for (const length of [1, 31, 32, 1000, MIN_CHUNK_LENGTH - 1, MIN_CHUNK_LENGTH]) {
    test(`it leaves a file of ${length} bytes whole`, () => {
      assert.deepEqual(cutsOf(film.subarray(0, length)), [length]);
      assert.deepEqual(cutsInSlabs(film.subarray(0, length), [100_000]), [length]);
    });
  }

  test('it asks for more bytes when it cannot tell yet, unless these are the last', () => {
    const start = film.subarray(0, NORMAL_CHUNK_LENGTH);
    const first = cuts[0] ?? 0;
    assert.equal(nextCut(film, 0, first - 1, table, false), -1);
    assert.equal(nextCut(film, 0, first - 1, table, true), first - 1);
    assert.equal(nextCut(start, 10, 10, table, true), 10);
    assert.equal(nextCut(start, 10, 10, table, false), -1);
  });

  for (const byte of [0, 1, 0x20, 0xff]) {
    test(`it cuts a long run of the byte ${byte} into chunks of the greatest length, all the same`, () => {
      const hole = new Uint8Array(4 * MAX_CHUNK_LENGTH).fill(byte);
      assert.deepEqual(
        lengthsOf(cutsOf(hole)),
        Array.from({ length: 4 }, () => MAX_CHUNK_LENGTH),
      );
    });
  }

  test('it gets back to whole chunks of zeros in a hole between other bytes', () => {
    const sparse = Buffer.concat([noise(3 * MIB), new Uint8Array(30 * MIB), noise(3 * MIB, 2)]);
    const whole = lengthsOf(cutsOf(sparse)).filter((length) => length === MAX_CHUNK_LENGTH);
    assert.ok(whole.length >= 3);
  });

  test('it starts anew for the next file', () => {
    const chunker = new Chunker(table);
    assert.equal(chunker.next(film, 0, 400_000), -1);
    chunker.reset();
    assert.equal(chunker.next(film), cuts[0]);
  });
});

suite('gear tables', () => {
  test('it derives one table from one key, and others from other keys', () => {
    assert.deepEqual(createGearTable(key(1)), table);
    assert.notDeepEqual(createGearTable(key(2)), table);
    assert.equal(new Set(table).size, 256);
    assert.notDeepEqual(cutsOf(noise(4 * MIB), createGearTable(key(2))), cutsOf(noise(4 * MIB)));
  });
});
