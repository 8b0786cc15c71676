import type { Balance } from '@holdfast/contract';
import type { Manifest } from './manifest.ts';

/** A source that lists far less than before: not refused, since people do delete and move, but never passed over. */
export interface Fewer {
  /** Items in the last backup. */
  readonly before: number;
  /** Items found now that no rule leaves out. */
  readonly now: number;
}

interface Rules {
  readonly excludes: readonly string[];
  readonly types?: readonly string[] | undefined;
  readonly rules?: readonly string[] | undefined;
}

/** Below so many a person sees for themselves what is gone. */
const LEAST_BEFORE = 20;

/** Less than this share of what there was is told. */
const FAR_LESS = 1 / 2;

/**
 * What a source lists now, beside what its last backup held: `nothing` where it has nothing to save and had something,
 * `fewer` where less than half is left of twenty items or more, `undefined` where all is well.
 *
 * Items that failed count as listed: they are told by themselves. What new rules, or other types, leave out is what somebody asked for.
 */
export function compareWithBefore(
  { found, skipped }: Balance,
  asked: Rules,
  before: Pick<Manifest, 'counts' | 'asked'> | undefined,
): 'nothing' | Fewer | undefined {
  const itemsBefore = before?.counts.verified ?? 0;
  if (before === undefined || itemsBefore === 0) return undefined;
  const now = found - skipped;
  const hasNewRules = rulesOf(before.asked) !== rulesOf(asked);
  if (now === 0) return found === 0 || !hasNewRules ? 'nothing' : undefined;
  if (hasNewRules || itemsBefore < LEAST_BEFORE || now >= itemsBefore * FAR_LESS) return undefined;
  return { before: itemsBefore, now };
}

const rulesOf = ({ excludes, types, rules = [] }: Rules): string =>
  JSON.stringify([excludes, types?.toSorted(), rules.toSorted()]);
