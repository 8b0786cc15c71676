/**
 * Lets one holder in at a time, first come, first served; nothing is polled.
 *
 * ```ts
 * using _held = await mutex.lock(signal);
 * ```
 */
export class Mutex {
  #isHeld = false;
  /** In order of arrival. A waiter is called once, and then holds the lock. */
  readonly #waiting = new Set<() => void>();

  /** Gives the lock, which the holder lets go of by disposing it (again and again does no harm). An abort leaves the queue. */
  async lock(signal?: AbortSignal): Promise<Disposable> {
    signal?.throwIfAborted();
    if (this.#isHeld) await this.#turn(signal);
    else this.#isHeld = true;
    return this.#holding();
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const onTurn = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = (): void => {
        this.#waiting.delete(onTurn);
        reject(signal?.reason as Error);
      };
      this.#waiting.add(onTurn);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  #holding(): Disposable {
    let isOver = false;
    return {
      [Symbol.dispose]: () => {
        if (isOver) return;
        isOver = true;
        this.#passOn();
      },
    };
  }

  /** Straight to the next in the queue: nobody who comes now can step in between. */
  #passOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#isHeld = false;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
