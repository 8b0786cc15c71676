import type { Clock } from '@holdfast/kernel';

/** A clock that stands still until the test moves it. */
export interface FakeClock extends Clock {
  /** Moves time on, waking in order of time everyone whose sleep is over by then. Their code runs after this returns. */
  advance(duration: Temporal.Duration): void;
  /** How many sleep now. */
  readonly sleeperCount: number;
  /** Resolves once at least `count` sleep: the moment at which `advance` will reach them. */
  whenSleeping(count: number): Promise<void>;
}

interface Sleeper {
  readonly until: Temporal.Instant;
  readonly wake: () => void;
}

/** Some moment that is no one's edge case. */
const START = '2026-03-14T15:09:26.535897932Z';

/** A clock at `start` (default: a fixed moment), for tests that must see a wait. */
export function fakeClock(start: Temporal.Instant = Temporal.Instant.from(START)): FakeClock {
  let now = start;
  let sleepers: Sleeper[] = [];
  let watchers: { count: number; tell: () => void }[] = [];

  const tellWatchers = (): void => {
    const told = watchers.filter((watcher) => sleepers.length >= watcher.count);
    watchers = watchers.filter((watcher) => !told.includes(watcher));
    for (const watcher of told) watcher.tell();
  };

  return {
    now: () => now,
    sleep(duration, signal) {
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const onAbort = (): void => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal?.reason as Error);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        const sleeper: Sleeper = { until: now.add(duration), wake };
        signal?.addEventListener('abort', onAbort, { once: true });
        sleepers.push(sleeper);
        tellWatchers();
      });
    },
    advance(duration) {
      now = now.add(duration);
      const isOver = (sleeper: Sleeper): boolean => Temporal.Instant.compare(sleeper.until, now) <= 0;
      const woken = sleepers.filter(isOver).toSorted((a, b) => Temporal.Instant.compare(a.until, b.until));
      sleepers = sleepers.filter((sleeper) => !isOver(sleeper));
      for (const sleeper of woken) sleeper.wake();
    },
    get sleeperCount() {
      return sleepers.length;
    },
    whenSleeping(count) {
      return new Promise((resolve) => {
        watchers.push({ count, tell: resolve });
        tellWatchers();
      });
    },
  };
}

/** A clock on which every sleep is over at once and time has passed by it; `slept` keeps the lengths, in milliseconds. */
export function hurriedClock(
  start: Temporal.Instant = Temporal.Instant.from(START),
): Clock & { readonly slept: readonly number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    async sleep(duration, signal) {
      signal?.throwIfAborted();
      now = now.add(duration);
      slept.push(duration.total({ unit: 'milliseconds' }));
    },
  };
}
