/** Begins the work of one who waits. */
type Begin = () => void;

/**
 * So many at once, who came first first: those at the top of the screen. What flew past is in nobody's way: a browser takes back what it asked for when
 * that is no longer in sight. What is made ahead has its turn when nobody waits, one at a time.
 */
export class Turns {
  readonly #limit: number;
  #running = 0;
  /** In the order they came. */
  readonly #waiting = new Set<Begin>();
  /** Those who would make something ahead: they look again when nothing is done. */
  readonly #ahead = new Set<() => void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Does the work when it is its turn. One whose signal aborts while it waits drops out, with the signal's reason. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
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
      const [next] = this.#waiting;
      if (next === undefined) this.#running -= 1;
      else {
        this.#waiting.delete(next);
        next();
      }
      if (this.#running === 0) for (const look of this.#ahead) look();
    }
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = (): void => {
      if (this.#waiting.delete(resolve)) reject(signal.reason as Error);
    };
    this.#waiting.add(resolve);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
