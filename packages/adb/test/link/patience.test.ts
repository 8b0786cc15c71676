import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { fakeClock } from '@holdfast/testkit';
import { Watchdog } from '#link/patience.ts';

const seconds = (count: number): Temporal.Duration => Temporal.Duration.from({ seconds: count });

test('it waits no longer than agreed when the clock is set back meanwhile', async () => {
  const clock = fakeClock();
  let setBack = seconds(0);
  const stalled = Promise.withResolvers<void>();
  const patience = {
    clock: { now: () => clock.now().subtract(setBack), sleep: clock.sleep.bind(clock) },
    stallAfter: seconds(20),
  };
  using dog = new Watchdog(patience, stalled.resolve);
  dog.during(new Promise(() => undefined)).catch(() => undefined);
  setBack = Temporal.Duration.from({ hours: 1 });
  clock.advance(seconds(20));
  await clock.whenSleeping(1);
  clock.advance(seconds(20));
  await stalled.promise;
});

test('it counts no time in which nobody waits for the phone', async () => {
  const clock = fakeClock();
  let hasStalled = false;
  using dog = new Watchdog({ clock, stallAfter: seconds(20) }, () => {
    hasStalled = true;
  });
  for (let at = 0; at < 3; at++) {
    const answer = Promise.withResolvers<void>();
    const waiting = dog.during(answer.promise);
    clock.advance(seconds(15));
    answer.resolve();
    await waiting;
    clock.advance(seconds(3600));
    await new Promise((resolve) => setImmediate(resolve));
  }
  equal(hasStalled, false);
});
