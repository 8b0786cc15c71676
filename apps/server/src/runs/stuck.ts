import type { RunPhase } from './runner.ts';

/** Seconds without anything that moves after which a person is told: proving reads back what may be a slow drive's, a check may read one large pack. */
const ALLOWED: Readonly<Record<RunPhase, number>> = {
  connecting: 60,
  asking: 120,
  looking: 120,
  saving: 60,
  proving: 300,
  comparing: 120,
  giving: 120,
  checking: 300,
  removing: 300,
  repeating: 300,
};

/** Since when a run is stuck: when something last moved, once that is longer ago than its phase allows. */
export function stuckSince(phase: RunPhase, movedMs: number, nowMs: number): Temporal.Instant | undefined {
  if (nowMs - movedMs <= ALLOWED[phase] * 1000) return undefined;
  return Temporal.Instant.fromEpochMilliseconds(movedMs);
}
