import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Slots } from '@holdfast/kernel';

test('it gives free slots at once, and others in the order in which they were asked for', async () => {
  const slots = new Slots(2);
  equal(slots.take(), undefined);
  equal(slots.take(), undefined);
  const order: number[] = [];
  const waiting = [1, 2, 3].map(async (number) => {
    await slots.take();
    order.push(number);
  });
  for (const each of waiting) {
    slots.give();
    await each;
  }
  deepEqual(order, [1, 2, 3]);
  slots.give();
  equal(slots.take(), undefined);
});

test('it lets whoever gives up out of the line', async () => {
  const slots = new Slots(1);
  const stop = new AbortController();
  equal(slots.take(), undefined);
  const given = slots.take(stop.signal);
  const next = slots.take();
  stop.abort(new Error('enough'));
  await rejects(async () => given, /enough/);
  slots.give();
  await next;
  await rejects(async () => slots.take(stop.signal), /enough/);
});
