import type { Clock } from '@holdfast/kernel';

/** Longest stretch of synchronous work: progress, aborts and worker threads' messages wait no longer. */
const STRETCH_MS = 10;

/** Small enough for a slow drive, whose calls may take 10 ms each; large enough that looking at the clock costs nothing. */
const CALLS_A_LOOK = 16;

/** Lets others run now and then, in the middle of many small synchronous calls. */
export class Breath {
  readonly #clock: Clock;
  #since: number;
  #calls = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.now().epochMilliseconds;
  }

  /** True when it is time for `take`. To be asked once a call to the system. */
  isDue(): boolean {
    this.#calls += 1;
    if (this.#calls % CALLS_A_LOOK !== 0) return false;
    // Also when the clock was set back: or nobody else would run until it has caught up.
    return Math.abs(this.#clock.now().epochMilliseconds - this.#since) >= STRETCH_MS;
  }

  /** Resolves once everyone who waited has run. Throws `signal.reason` after an abort. */
  async take(signal?: AbortSignal): Promise<void> {
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    this.#since = this.#clock.now().epochMilliseconds;
  }
}
