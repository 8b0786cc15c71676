import { equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '@holdfast/kernel';

const hour = Temporal.Duration.from({ hours: 1 });

test('it tells a time that does not run backwards', () => {
  const first = systemClock.now();
  equal(Temporal.Instant.compare(first, systemClock.now()) <= 0, true);
});

test('it wakes from an empty sleep', async () => {
  await systemClock.sleep(Temporal.Duration.from({ milliseconds: 0 }));
});

test('it wakes at once on an abort, with its reason, and leaves no timer behind', async () => {
  const stopper = new AbortController();
  const reason = new Error('stop now');
  const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const sleep = systemClock.sleep(hour, stopper.signal);
  stopper.abort(reason);
  await rejects(sleep, reason);
  equal(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length, before);
});

test('it does not fall asleep when the call is already over', async () => {
  const reason = new Error('too late');
  await rejects(systemClock.sleep(hour, AbortSignal.abort(reason)), reason);
});
