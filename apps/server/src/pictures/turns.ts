import type { Clock } from '@holdfast/kernel';

interface Waiting {
  readonly begin: () => void;
  /** Those who came together have the same; of later ones it is higher. */
  readonly screen: number;
}

/** Who comes so long after the one before belongs to another screen. */
const APART_MS = 100;

/**
 * So many at once. Of those who wait, those of the screen asked for last come first: what a person sees now comes before what flew past; and of one
 * screen those who came first: they are at its top. What is made ahead has its turn when nobody waits, one at a time.
 */
export class Turns {
  readonly #limit: number;
  readonly #clock: Clock;
  #running = 0;
  #screen = 0;
  #cameLastMs = Number.NEGATIVE_INFINITY;
  readonly #waiting: Waiting[] = [];
  /** Those who would make something ahead: they look again when nothing is done. */
  readonly #ahead = new Set<() => void>();

  constructor(limit: number, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Does the work when it is its turn. One whose signal aborts while it waits drops out, with the signal's reason. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const now = this.#clock.now().epochMilliseconds;
    if (Math.abs(now - this.#cameLastMs) >= APART_MS) this.#screen += 1;
    this.#cameLastMs = now;
    if (this.#running >= this.#limit) await this.#wait(signal);
    else this.#running += 1;
    return this.#do(work);
  }

  /** Does work that nobody waits for, once nothing else is done here. */
  async runAhead<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    while (this.#running > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => resolve();
      this.#ahead.add(look);
      signal.addEventListener('abort', look, { once: true });
      await promise;
      this.#ahead.delete(look);
      signal.removeEventListener('abort', look);
      signal.throwIfAborted();
    }
    this.#running += 1;
    return this.#do(work);
  }

  async #do<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      const next = this.#takeNext();
      if (next === undefined) this.#running -= 1;
      else next.begin();
      if (this.#running === 0) for (const look of this.#ahead) look();
    }
  }

  #takeNext(): Waiting | undefined {
    const screen = this.#waiting.at(-1)?.screen;
    const at = this.#waiting.findIndex((each) => each.screen === screen);
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { begin: resolve, screen: this.#screen };
    const onAbort = (): void => {
      const at = this.#waiting.indexOf(waiting);
      if (at < 0) return;
      this.#waiting.splice(at, 1);
      reject(signal.reason as Error);
    };
    this.#waiting.push(waiting);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
