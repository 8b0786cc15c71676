/** Time as a parameter: nothing below the apps reads the clock or sleeps by itself. */
export interface Clock {
  now(): Temporal.Instant;
  /** Resolves after `duration`; rejects with `signal.reason` on abort, leaving no timer behind. */
  sleep(duration: Temporal.Duration, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  sleep(duration, signal) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        duration.total({ unit: 'milliseconds' }),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  },
};
