import type { RandomBytes } from './bytes.ts';
import type { Clock } from './clock.ts';
import { isFailure } from './failure.ts';

/** How often and how long `retrying` waits. */
export interface RetryOptions {
  /** Most calls in all, the first included. */
  readonly attempts: number;
  readonly clock: Clock;
  /** Wait before the second call; each later one is `factor` times as long. */
  readonly firstDelay: Temporal.Duration;
  /** Default 2. */
  readonly factor?: number;
  /** Shortens each wait by up to half, so that many who failed together do not come back together. Without it, none is shortened. */
  readonly random?: RandomBytes | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What `attempt` gives, called again for as long as it throws a `Failure` whose `retry` is `later`.
 *
 * `attempt` is told which call this is, from 1. Any other error, and the last failure, is thrown as it came; an abort
 * throws `signal.reason`, also in the middle of a wait.
 */
export async function retrying<T>(
  attempt: (n: number) => Promise<T>,
  { attempts, clock, firstDelay, factor = 2, random, signal }: RetryOptions,
): Promise<T> {
  for (let n = 1; ; n++) {
    signal?.throwIfAborted();
    try {
      return await attempt(n);
    } catch (error) {
      if (n >= attempts || !isFailure(error) || error.retry !== 'later') throw error;
    }
    const longestMs = firstDelay.total({ unit: 'milliseconds' }) * factor ** (n - 1);
    const waitMs = longestMs * (1 - chance(random) / 2);
    await clock.sleep(Temporal.Duration.from({ milliseconds: Math.round(waitMs) }), signal);
  }
}

/** From 0 up to, not including, 1. */
function chance(random: RandomBytes | undefined): number {
  const [high = 0, low = 0] = random?.(2) ?? [];
  return (high * 256 + low) / 65536;
}
