import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Failure, retrying } from '@holdfast/kernel';
import { fakeClock, hurriedClock } from '@holdfast/testkit';

const flaky = (): Failure => new Failure('store/io', 'the disk did not answer', { retry: 'later' });
const firstDelay = Temporal.Duration.from({ seconds: 1 });

test('it gives the first answer there is, waiting twice as long each time', async () => {
  const clock = hurriedClock();
  const asked: number[] = [];
  const answer = await retrying(
    async (n) => {
      asked.push(n);
      if (n < 4) throw flaky();
      return 'here';
    },
    { attempts: 5, clock, firstDelay },
  );
  equal(answer, 'here');
  deepEqual(asked, [1, 2, 3, 4]);
  deepEqual(clock.slept, [1000, 2000, 4000]);
});

test('it gives up after the attempts allowed, with the last failure', async () => {
  const clock = hurriedClock();
  const last = flaky();
  await rejects(
    retrying(
      async (n) => {
        throw n === 3 ? last : flaky();
      },
      { attempts: 3, clock, firstDelay, factor: 10 },
    ),
    (error) => error === last,
  );
  deepEqual(clock.slept, [1000, 10_000]);
});

test('it makes one attempt when no more will help', async () => {
  const rows: [what: string, error: Error][] = [
    ['a failure that stays', new Failure('store/missing', 'gone')],
    ['a bug', new TypeError('undefined is not a function')],
    ['an abort from inside', new DOMException('stopped', 'AbortError')],
  ];
  for (const [what, error] of rows) {
    const clock = hurriedClock();
    await rejects(
      retrying(() => Promise.reject(error), { attempts: 9, clock, firstDelay }),
      error,
      what,
    );
    deepEqual(clock.slept, [], what);
  }
});

test('it shortens a wait by chance, by half at most', async () => {
  const rows: [what: string, random: number[], expected: number][] = [
    ['least', [0, 0], 1000],
    ['middle', [128, 0], 750],
    ['most', [255, 255], 500],
  ];
  for (const [what, random, expected] of rows) {
    const clock = hurriedClock();
    const options = { attempts: 2, clock, firstDelay, random: () => Uint8Array.from(random) };
    await rejects(retrying(() => Promise.reject(flaky()), options));
    deepEqual(clock.slept, [expected], what);
  }
});

test('it stops in the middle of a wait', async () => {
  const clock = fakeClock();
  const stopper = new AbortController();
  const reason = new Error('stop now');
  let attemptCount = 0;
  const result = retrying(
    () => {
      attemptCount += 1;
      return Promise.reject(flaky());
    },
    { attempts: 9, clock, firstDelay, signal: stopper.signal },
  );
  const refused = rejects(result, reason);
  await clock.whenSleeping(1);
  stopper.abort(reason);
  await refused;
  equal(attemptCount, 1);
  equal(clock.sleeperCount, 0);
});

test('it does not begin when the call is already over', async () => {
  const reason = new Error('too late');
  const options = { attempts: 9, clock: fakeClock(), firstDelay, signal: AbortSignal.abort(reason) };
  await rejects(
    retrying(() => Promise.reject(new Error('should not be asked')), options),
    reason,
  );
});
