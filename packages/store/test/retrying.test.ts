import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Failure, isFailure } from '@holdfast/kernel';
import { type FileRef, MemoryStore, retrying, STORE_FAILURES, type Store } from '@holdfast/store';
import {
  type FaultPlan,
  type FaultyStore,
  failEvery,
  failFrom,
  failOnce,
  faulty,
} from '@holdfast/store/testing';
import { fakeClock, hurriedClock } from '@holdfast/testkit';

const firstDelay = Temporal.Duration.from({ seconds: 1 });
const pack = (digit: string): FileRef => ({ kind: 'pack', name: digit.repeat(64) });
const bytes = Uint8Array.of(1, 2, 3, 4);
const failure = (code: string) => (error: unknown) => isFailure(error, code);

/** A memory, a bad line to it, and what makes up for that. */
async function badLine(
  plan: FaultPlan,
): Promise<{ memory: Store; line: FaultyStore; store: Store; slept: readonly number[] }> {
  const memory = new MemoryStore();
  await memory.create();
  const line = faulty(memory, plan);
  const clock = hurriedClock();
  return { memory, line, store: retrying(line, { attempts: 4, clock, firstDelay }), slept: clock.slept };
}

test('it puts again, waiting twice as long each time, until attempts run out', async () => {
  const { memory, store, slept } = await badLine(failFrom(1));
  await rejects(store.put(pack('a'), [bytes]), failure(STORE_FAILURES.io));
  deepEqual(slept, [1000, 2000, 4000]);
  deepEqual(await Array.fromAsync(memory.list('pack')), []);
});

test('it takes a name that is taken by its own bytes for success, once an answer was lost', async () => {
  const { memory, line, store } = await badLine(failOnce(1, 'after'));
  await store.put(pack('a'), [bytes.subarray(0, 1), bytes.subarray(1)]);
  deepEqual(await memory.get(pack('a')), bytes);
  deepEqual(line.operations, ['put pack aaaaaaaa', 'put pack aaaaaaaa', 'get pack aaaaaaaa']);
});

for (const [what, there] of [
  ['fewer bytes', bytes.subarray(0, 3)],
  ['more bytes', Uint8Array.of(1, 2, 3, 4, 5)],
  ['other bytes', Uint8Array.of(1, 2, 3, 5)],
  ['no bytes', new Uint8Array()],
] as const) {
  test(`it never takes ${what} under the name for its own`, async () => {
    const { memory, store } = await badLine(failOnce(1, 'before'));
    await memory.put(pack('a'), [there]);
    await rejects(store.put(pack('a'), [bytes]), failure(STORE_FAILURES.exists));
    deepEqual(await memory.get(pack('a')), there);
  });
}

test('it reports what a store that is not atomic left half written', async () => {
  const { memory, store } = await badLine(failOnce(1, 'half'));
  await rejects(store.put(pack('a'), [bytes]), failure(STORE_FAILURES.exists));
  deepEqual(await memory.get(pack('a')), bytes.subarray(0, 2));
});

test('it refuses a taken name at the first answer, even for the same bytes', async () => {
  const { memory, line, store } = await badLine(() => undefined);
  await memory.put(pack('a'), [bytes]);
  await rejects(store.put(pack('a'), [bytes]), failure(STORE_FAILURES.exists));
  equal(line.operations.length, 1);
});

test('it takes a file that is gone for removed, once an answer was lost', async () => {
  const { memory, store } = await badLine(failOnce(1, 'after'));
  await memory.put(pack('a'), [bytes]);
  await store.remove(pack('a'));
  deepEqual(await Array.fromAsync(memory.list('pack')), []);
  await rejects(store.remove(pack('a')), failure(STORE_FAILURES.missing));
});

test('it goes on with a listing where that broke off, and gives no file twice', async () => {
  const { memory, store } = await badLine(failOnce(1, 'half'));
  for (const digit of '0123456789') await memory.put(pack(digit), [bytes]);
  const names = (await Array.fromAsync(store.list('pack'))).map(({ name }) => name);
  deepEqual(names.length, 10);
  deepEqual(new Set(names).size, 10);
});

test('it does not take half a listing for a whole one', async () => {
  const { memory, store } = await badLine(failEvery(1, 'half'));
  for (const digit of '0123456789') await memory.put(pack(digit), [bytes]);
  await rejects(Array.fromAsync(store.list('pack')), failure(STORE_FAILURES.io));
});

test('it does not repeat what cannot get better', async () => {
  const memory = new MemoryStore();
  await memory.create();
  const lasting = (): Failure => new Failure(STORE_FAILURES.denied, 'not allowed');
  const line = faulty(memory, failFrom(1), lasting);
  const store = retrying(line, { attempts: 4, clock: hurriedClock(), firstDelay });
  await rejects(store.put(pack('a'), [bytes]), failure(STORE_FAILURES.denied));
  equal(line.operations.length, 1);
});

test('it stops in the middle of a wait', async () => {
  const clock = fakeClock();
  const memory = new MemoryStore();
  const store = retrying(faulty(memory, failFrom(1)), { attempts: 4, clock, firstDelay });
  const stop = new AbortController();
  const reason = new Error('stopped by the test');
  const got = store.get(pack('a'), { signal: stop.signal });
  await Promise.all([
    clock.whenSleeping(1).then(() => stop.abort(reason)),
    rejects(got, (error) => error === reason),
  ]);
  equal(clock.sleeperCount, 0);
});
