import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Mutex } from '@holdfast/kernel';
import fc from 'fast-check';

test('it lets one in at a time, in order of arrival, whatever order the work ends in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 6 }), async (scheduler, count) => {
      const mutex = new Mutex();
      const entered: number[] = [];
      let inside = 0;
      const visit = async (visitor: number): Promise<void> => {
        using _held = await mutex.lock();
        entered.push(visitor);
        inside += 1;
        equal(inside, 1);
        await scheduler.schedule(Promise.resolve());
        inside -= 1;
      };
      const visits = Promise.all(Array.from({ length: count }, (_, visitor) => visit(visitor)));
      await scheduler.waitFor(visits);
      deepEqual(
        entered,
        Array.from({ length: count }, (_, visitor) => visitor),
      );
    }),
  );
});

test('it passes the lock on although its holder failed', async () => {
  const mutex = new Mutex();
  const failing = async (): Promise<void> => {
    using _held = await mutex.lock();
    throw new Error('broken inside');
  };
  await rejects(failing(), /broken inside/);
  using _held = await mutex.lock();
});

test('it lets go once, however often it is disposed', async () => {
  const mutex = new Mutex();
  const first = await mutex.lock();
  const second = mutex.lock();
  const third = mutex.lock();
  let isThirdIn = false;
  const thirdIn = third.then(() => {
    isThirdIn = true;
  });
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  const held = await second;
  await Promise.resolve();
  equal(isThirdIn, false);
  held[Symbol.dispose]();
  await thirdIn;
});

test('it lets a waiter leave the queue, and serves those behind it', async () => {
  const mutex = new Mutex();
  const stopper = new AbortController();
  const first = await mutex.lock();
  const impatient = mutex.lock(stopper.signal);
  const patient = mutex.lock();
  const reason = new Error('no longer wanted');
  stopper.abort(reason);
  await rejects(impatient, reason);
  first[Symbol.dispose]();
  (await patient)[Symbol.dispose]();
});

test('it does not take the lock for a call that is already over', async () => {
  const mutex = new Mutex();
  const reason = new Error('no longer wanted');
  await rejects(mutex.lock(AbortSignal.abort(reason)), reason);
  using _held = await mutex.lock();
});

test('it keeps the lock when the abort comes after it was given', async () => {
  const mutex = new Mutex();
  const stopper = new AbortController();
  const first = await mutex.lock();
  const second = mutex.lock(stopper.signal);
  first[Symbol.dispose]();
  stopper.abort();
  (await second)[Symbol.dispose]();
  using _held = await mutex.lock();
});
