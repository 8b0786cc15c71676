import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '@holdfast/kernel';
import { fakeClock } from '@holdfast/testkit';
import { Waits } from '#runs/waits.ts';

const RUN = { id: 'r', kind: 'backup', device: { id: 'a', name: 'Pixel', kind: 'android' } } as const;
const LOCKED = new Failure('repository/locked', 'Somebody is at work');
const seconds = (count: number): Temporal.Duration => Temporal.Duration.from({ seconds: count });

test('it wakes a run once, when the last time that it waits for is over', async () => {
  const clock = fakeClock();
  const woken: string[] = [];
  const ending = new AbortController();
  const waits = new Waits({ clock, signal: ending.signal, onWake: () => woken.push('now') });
  waits.afterFailure(RUN, LOCKED, 0);
  await clock.whenSleeping(1);
  // A person let it go on, and it failed again: the first sleep is no concern of the second.
  waits.forget('r');
  waits.afterFailure(RUN, LOCKED, 0);
  waits.afterFailure(RUN, LOCKED, 0);
  await clock.whenSleeping(1);
  equal(clock.sleeperCount, 1);
  clock.advance(seconds(10));
  await Promise.resolve();
  deepEqual([waits.has('r'), woken.length], [true, 0]);
  clock.advance(seconds(10));
  while (woken.length === 0) await Promise.resolve();
  equal(waits.has('r'), false);
  waits.afterFailure(RUN, LOCKED, 0);
  ending.abort(new Error('closing'));
  await waits.closed();
  equal(clock.sleeperCount, 0);
  equal(woken.length, 1);
});

test('it lets a backup go on at once when there is room again', async () => {
  const ending = new AbortController();
  const waits = new Waits({ clock: fakeClock(), signal: ending.signal, onWake: () => {} });
  const full = new Failure('store/full', 'There is no room');
  const waiting = waits.afterFailure(RUN, full, 0);
  match(`${waiting?.sentence} ${waiting?.remedy}`, /is full\. Free some space .*goes on by itself\.$/);
  waits.afterFailure({ ...RUN, id: 'other' }, LOCKED, 0);
  deepEqual([waits.storeChanged(), waits.has('r'), waits.has('other')], [true, false, true]);
  equal(waits.storeChanged(), false);
  ending.abort(new Error('closing'));
  await waits.closed();
});
