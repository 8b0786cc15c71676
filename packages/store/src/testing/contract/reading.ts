import { equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { STORE_FAILURES } from '#failures.ts';
import type { GetOptions } from '#store.ts';
import { CALLS, created, failsWith, type MakeStore, noise, pack, sameBytes } from './fixture.ts';

const SIZE = 10_000;

const RANGES: readonly (readonly [string, GetOptions, number, number])[] = [
  ['all', {}, 0, SIZE],
  ['from the start', { length: 4096 }, 0, 4096],
  ['from within', { offset: 4097, length: 100 }, 4097, 4197],
  ['to the end', { offset: 9_999 }, 9_999, SIZE],
  ['exactly all', { offset: 0, length: SIZE, limitBytes: SIZE }, 0, SIZE],
  ['nothing', { offset: 5, length: 0 }, 5, 5],
  ['nothing, at the end', { offset: SIZE }, SIZE, SIZE],
  ['a part within the limit', { offset: 9_000, length: 10, limitBytes: 10 }, 9_000, 9_010],
];

const REFUSED: readonly (readonly [string, GetOptions, string])[] = [
  ['one byte too many', { length: SIZE + 1 }, STORE_FAILURES.truncated],
  ['past the end', { offset: SIZE, length: 1 }, STORE_FAILURES.truncated],
  ['far past the end', { offset: 2 ** 40, length: 2 ** 40 }, STORE_FAILURES.truncated],
  ['to an end that is before the offset', { offset: SIZE + 1 }, STORE_FAILURES.truncated],
  ['nothing, past the end', { offset: SIZE + 1, length: 0 }, STORE_FAILURES.truncated],
  ['more than the limit', { limitBytes: SIZE - 1 }, STORE_FAILURES.tooLarge],
  ['a part larger than the limit', { length: 11, limitBytes: 10 }, STORE_FAILURES.tooLarge],
];

const NO_RANGE: readonly GetOptions[] = [
  { offset: -1 },
  { length: -1 },
  { offset: 0.5 },
  { length: Number.NaN },
];

/** What `get`, `readBack` and `size` promise. */
export function readingContract(make: MakeStore): void {
  test('it gives ranges', async () => {
    await using made = await created(make);
    await made.store.put(pack(1), [noise(SIZE)]);
    for (const [, options, start, end] of RANGES) {
      sameBytes(await made.store.get(pack(1), options), noise(SIZE).subarray(start, end));
    }
  });

  test('it refuses ranges that are not there, too large or none', async () => {
    await using made = await created(make);
    await made.store.put(pack(1), [noise(SIZE)]);
    for (const [what, options, code] of REFUSED) {
      await rejects(made.store.get(pack(1), options), failsWith(code), what);
    }
    for (const options of NO_RANGE) await rejects(made.store.get(pack(1), options), RangeError);
  });

  test('it reads into memory it is given, if that is long enough', async () => {
    await using made = await created(make);
    await made.store.put(pack(1), [noise(SIZE)]);
    const into = new Uint8Array(SIZE + 1);
    for (const read of [
      async () => await made.store.get(pack(1), { into }),
      async () => (await made.store.readBack(pack(1), { from: 'cache', into })).bytes,
      async () => (await made.store.readBack(pack(1), { from: 'device', into })).bytes,
    ]) {
      into.fill(0);
      const bytes = await read();
      equal(bytes.buffer, into.buffer);
      equal(bytes.byteOffset, 0);
      sameBytes(bytes, noise(SIZE));
      equal(into[SIZE], 0);
    }
    const short = new Uint8Array(SIZE - 1);
    sameBytes(await made.store.get(pack(1), { into: short }), noise(SIZE));
    sameBytes((await made.store.readBack(pack(1), { from: 'device', into: short })).bytes, noise(SIZE));
    sameBytes(short, new Uint8Array(SIZE - 1));
  });

  for (const length of [0, 1, 4095, 4096, 4097, 5 * 1024 * 1024 + 3]) {
    test(`it reads back ${length} bytes, and says from where`, async () => {
      await using made = await created(make);
      await made.store.put(pack(1), [noise(length)]);
      const cached = await made.store.readBack(pack(1), { from: 'cache' });
      equal(cached.from, 'cache');
      sameBytes(cached.bytes, noise(length));
      const direct = await made.store.readBack(pack(1), { from: 'device' });
      ok(direct.from === 'cache' || direct.from === 'device');
      sameBytes(direct.bytes, noise(length));
    });
  }

  test('it reads many files at the same time', async () => {
    await using made = await created(make);
    for (let n = 0; n < 16; n++) await made.store.put(pack(n), [noise(50_000 + n, n)]);
    const reads = Array.from({ length: 16 }, async (_, n) => {
      sameBytes(await made.store.get(pack(n)), noise(50_000 + n, n));
      sameBytes((await made.store.readBack(pack(n), { from: 'device' })).bytes, noise(50_000 + n, n));
    });
    await Promise.all(reads);
  });

  for (const [call, run] of CALLS.filter(([name]) => name !== 'put')) {
    test(`it says that a file is missing: ${call}`, async () => {
      await using made = await created(make);
      await made.store.put(pack(2), [noise(1)]);
      await rejects(run(made.store, pack(1)), failsWith(STORE_FAILURES.missing));
    });
  }

  for (const [call, run] of CALLS) {
    test(`it does nothing after an abort: ${call}`, async () => {
      await using made = await created(make);
      const reason = new Error('stopped by the test');
      const exists = call !== 'put';
      if (exists) await made.store.put(pack(1), [noise(1)]);
      await rejects(run(made.store, pack(1), AbortSignal.abort(reason)), (error) => error === reason);
      equal((await Array.fromAsync(made.store.list('pack'))).length, exists ? 1 : 0);
    });
  }
}
