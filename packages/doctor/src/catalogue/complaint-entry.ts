import type { ComplaintCode } from '../complaint-code.ts';
import type { FixCode } from '../fix-code.ts';
import type { PhotosFacts, ProbeName, SkippedFile } from '../photos-facts.ts';

/** How bad it is: it stops backing up, it may, or it is good to know. */
export type Severity = 'info' | 'warning' | 'blocking';

/** What the catalogue knows of a complaint. `Seen` is what was seen that it is about. */
export interface ComplaintEntry<Seen = unknown> {
  readonly code: ComplaintCode;
  readonly severity: Severity;
  /** One line, no variables. */
  readonly title: string;
  /** What there is to complain of in the facts; `undefined` for nothing. What is not known is nothing. */
  readonly seen: (facts: PhotosFacts, now: Temporal.Instant) => Seen | undefined;
  /** What was seen, in the person's words. */
  readonly explain: (seen: Seen) => string;
  /** What to do now. */
  readonly fix: (seen: Seen) => string;
  /** Root causes that make this one noise. */
  readonly hiddenBehind: readonly ComplaintCode[];
  /** Not before it has lasted this long. */
  readonly visibleAfter: Temporal.Duration;
  readonly probes: readonly ProbeName[];
  /** The safest first. */
  readonly fixes: readonly FixCode[];
  /** Files it is about. */
  readonly files?: (seen: Seen) => readonly SkippedFile[];
}
