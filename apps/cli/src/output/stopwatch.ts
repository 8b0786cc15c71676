import type { Clock } from '@holdfast/kernel';

/** Gives the seconds since it was made, to the millisecond. */
export function stopwatch(clock: Clock): () => number {
  const beganMs = clock.now().epochMilliseconds;
  return () => Math.max(0, clock.now().epochMilliseconds - beganMs) / 1000;
}
