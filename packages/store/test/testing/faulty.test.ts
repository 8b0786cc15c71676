import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { type FileRef, MemoryStore, STORE_FAILURES, type Store } from '@holdfast/store';
import { type FaultMode, failEvery, failFrom, failOnce, faulty } from '@holdfast/store/testing';

const pack = (digit: string): FileRef => ({ kind: 'pack', name: digit.repeat(64) });
const bytes = Uint8Array.of(1, 2, 3, 4, 5);
const planned = (error: unknown): boolean =>
  isFailure(error, STORE_FAILURES.io) && error.message.startsWith('Planned');

async function memoryWith(...digits: string[]): Promise<MemoryStore> {
  const memory = new MemoryStore();
  await memory.create();
  for (const digit of digits) await memory.put(pack(digit), [bytes]);
  return memory;
}

const LEFT_BY_PUT: readonly (readonly [FaultMode, readonly number[]])[] = [
  ['before', []],
  ['after', [5]],
  ['half', [2]],
];

for (const [mode, sizes] of LEFT_BY_PUT) {
  test(`it fails a put ${mode}, which leaves ${sizes.length === 0 ? 'nothing' : `${sizes.join()} of 5 bytes`}`, async () => {
    const memory = await memoryWith();
    const store = faulty(memory, failOnce(1, mode));
    await rejects(store.put(pack('a'), [bytes.subarray(0, 1), bytes.subarray(1)]), planned);
    deepEqual(
      (await Array.fromAsync(memory.list('pack'))).map(({ sizeBytes }) => sizeBytes),
      sizes,
    );
    deepEqual(store.faults, [`1 ${mode} put pack aaaaaaaa`]);
  });
}

const GIVEN_BY_LIST: readonly (readonly [FaultMode, number])[] = [
  ['before', 0],
  ['after', 4],
  ['half', 2],
];

for (const [mode, count] of GIVEN_BY_LIST) {
  test(`it fails a listing ${mode}, after ${count} of 4 files`, async () => {
    const store = faulty(await memoryWith('a', 'b', 'c', 'd'), failOnce(1, mode));
    const names: string[] = [];
    const listing = async (): Promise<void> => {
      for await (const { name } of store.list('pack')) names.push(name);
    };
    await rejects(listing(), planned);
    equal(names.length, count);
  });
}

/** Every operation once, each of which goes on when one has failed; tells which failed. */
async function everyOperation(store: Store): Promise<boolean[]> {
  const calls = [
    () => store.create(),
    () => store.put(pack('b'), [bytes]),
    () => store.get(pack('a')),
    () => store.readBack(pack('a'), { from: 'cache' }),
    () => store.size(pack('a')),
    () => Array.fromAsync(store.list('pack')),
    () => store.freeSpace(),
    () => store.remove(pack('a')),
  ];
  const failed: boolean[] = [];
  for (const call of calls) {
    try {
      await call();
      failed.push(false);
    } catch (error) {
      if (!planned(error)) throw error;
      failed.push(true);
    }
  }
  return failed;
}

test('it fails once, from then on, or again and again', async () => {
  const [o, x] = [false, true];
  deepEqual(await everyOperation(faulty(await memoryWith('a'), failOnce(3))), [o, o, x, o, o, o, o, o]);
  deepEqual(await everyOperation(faulty(await memoryWith('a'), failFrom(6, 'after'))), [
    o,
    o,
    o,
    o,
    o,
    x,
    x,
    x,
  ]);
  deepEqual(await everyOperation(faulty(await memoryWith('a'), failEvery(4))), [o, o, o, x, o, o, o, x]);
});

test('it names every operation, and ends a loop over them', async () => {
  const names: string[] = [];
  for (let n = 1; ; n++) {
    const store = faulty(await memoryWith('a'), failOnce(n));
    await everyOperation(store);
    if (store.faults.length === 0) {
      deepEqual(
        names,
        store.operations.map((what, i) => `${i + 1} before ${what}`),
      );
      break;
    }
    names.push(...store.faults);
  }
  deepEqual(names, [
    '1 before create',
    '2 before put pack bbbbbbbb',
    '3 before get pack aaaaaaaa',
    '4 before read back pack aaaaaaaa',
    '5 before size pack aaaaaaaa',
    '6 before list pack',
    '7 before free space',
    '8 before remove pack aaaaaaaa',
  ]);
});

test('it fails with the error it is told to', async () => {
  const error = new Error('as told');
  const store = faulty(await memoryWith('a'), failOnce(1), () => error);
  await rejects(store.get(pack('a')), (thrown) => thrown === error);
});
