import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { fakeClock, hurriedClock } from '@holdfast/testkit';

const seconds = (count: number): Temporal.Duration => Temporal.Duration.from({ seconds: count });

test('it wakes sleepers in order of time, and only those whose time has come', async () => {
  const clock = fakeClock();
  const woken: string[] = [];
  const sleep = async (name: string, length: number): Promise<void> => {
    await clock.sleep(seconds(length));
    woken.push(name);
  };
  const short = sleep('short', 2);
  const shortest = sleep('shortest', 1);
  const long = sleep('long', 5);
  clock.advance(seconds(2));
  await Promise.all([short, shortest]);
  deepEqual(woken, ['shortest', 'short']);
  equal(clock.sleeperCount, 1);
  clock.advance(seconds(3));
  await long;
});

test('it tells when enough are asleep', async () => {
  const clock = fakeClock();
  const both = clock.whenSleeping(2);
  const sleeps = [clock.sleep(seconds(1)), clock.sleep(seconds(1))];
  await both;
  clock.advance(seconds(1));
  await Promise.all(sleeps);
});

test('it lets an abort end a sleep', async () => {
  const stopper = new AbortController();
  const clock = fakeClock();
  const sleep = clock.sleep(seconds(1), stopper.signal);
  stopper.abort(new Error('stop now'));
  await rejects(sleep, /stop now/);
  equal(clock.sleeperCount, 0);
});

test('it hurries: each sleep is over at once, and time has passed', async () => {
  const clock = hurriedClock();
  const before = clock.now();
  await clock.sleep(seconds(90));
  equal(clock.now().since(before).total('seconds'), 90);
  deepEqual(clock.slept, [90_000]);
});
