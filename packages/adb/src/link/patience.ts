import type { Clock, Failure } from '@holdfast/kernel';
import { stalled } from '#failures.ts';

/** How long the other side may give no sign of life, and the clock that says so. */
export interface Patience {
  readonly clock: Clock;
  readonly stallAfter: Temporal.Duration;
}

/** Without a sign of life for this long, a phone that is at work is taken for gone: its slowest single step takes a few seconds. */
export const STALL_AFTER: Temporal.Duration = Temporal.Duration.from({ seconds: 20 });

/**
 * Watches the progress of one stream: how long somebody has waited for the phone without anything coming.
 *
 * Time in which nobody waits (a slow disk on our side) does not count. One timer at a time, and none while nobody waits
 * for longer than a limit.
 */
export class Watchdog implements Disposable {
  readonly #patience: Patience;
  readonly #onStall: () => void;
  readonly #stopper = new AbortController();
  #waiting = 0;
  #since: Temporal.Instant | undefined;
  #isWatching = false;

  constructor(patience: Patience, onStall: () => void) {
    this.#patience = patience;
    this.#onStall = onStall;
  }

  /** Awaits something of the phone; its coming is a sign of life. */
  async during<T>(work: Promise<T>): Promise<T> {
    if (this.#waiting === 0) this.touch();
    this.#waiting += 1;
    this.#watch();
    try {
      return await work;
    } finally {
      this.#waiting -= 1;
      this.touch();
    }
  }

  /** A sign of life. */
  touch(): void {
    this.#since = this.#patience.clock.now();
  }

  [Symbol.dispose](): void {
    this.#stopper.abort();
  }

  #watch(): void {
    if (this.#isWatching || this.#stopper.signal.aborted) return;
    this.#isWatching = true;
    // Only a stop ends the sleep early, and then there is nothing left to watch.
    this.#sleepUntilStall().catch(() => undefined);
  }

  async #sleepUntilStall(): Promise<void> {
    const { clock, stallAfter } = this.#patience;
    let left = stallAfter;
    do {
      await clock.sleep(left, this.#stopper.signal);
      if (this.#waiting === 0) {
        this.#isWatching = false;
        return;
      }
      const silent = (this.#since ?? clock.now()).until(clock.now());
      // Negative when the clock was set back: how long it has been is then not known, and counts from now.
      if (silent.sign < 0) this.touch();
      left = silent.sign < 0 ? stallAfter : stallAfter.subtract(silent);
    } while (left.sign > 0);
    this.#onStall();
  }
}

/** Gives `work`, or fails with what `onLate` gives when that takes longer than `limit`; `work` is then on its own. */
export async function within<T>(
  work: Promise<T>,
  { clock, stallAfter }: Patience,
  onLate: () => Failure,
): Promise<T> {
  const stopper = new AbortController();
  const late = clock.sleep(stallAfter, stopper.signal).then(() => {
    throw onLate();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stopper.abort();
    // Whichever lost the race has nobody else to tell.
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}

/** `adb/stalled` for this patience. */
export const stalledWhile = (doing: string, { stallAfter }: Patience): Failure => stalled(doing, stallAfter);
