import type { DoctorFix, DoctorReport } from '@holdfast/contract/api';
import type { FixCode } from '#fix-code.ts';
import { isLast } from './fixes.ts';
import type { KeptFix } from './record.ts';

/** What was carried out longer ago was against other trouble. */
const SAME_TROUBLE = Temporal.Duration.from({ hours: 24 });

/**
 * Which fix to try next: of those that can be done on this phone and were not tried lately, the first in safe order that is in `urgent`,
 * which are for what stops backing up altogether; or else the first that the complaints ask for. What touches more comes after all others
 * even so. None once one of them helped, unless something still stops it: that it helped is said instead. What was undone counts as not tried.
 */
export function nextFix(
  fixes: readonly DoctorFix[],
  urgent: ReadonlySet<FixCode>,
  kept: readonly KeptFix[],
  now: Temporal.Instant,
): Pick<DoctorReport, 'next' | 'helped'> {
  const from = now.subtract(SAME_TROUBLE);
  const lately = kept.filter(
    ({ at, state }) => state.kind !== 'undone' && Temporal.Instant.compare(at, from) >= 0,
  );
  const tried = new Set<string>(lately.filter(({ state }) => state.kind !== 'begun').map(({ code }) => code));
  const left = fixes.filter(
    ({ code, isAdvised, whyNot }) => isAdvised && whyNot === undefined && !tried.has(code),
  );
  const mostUrgent = left.find(({ code }) => urgent.has(code as FixCode) && !isLast(code));
  if (mostUrgent !== undefined) return { next: mostUrgent.code };
  const helped = lately
    .toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))
    // That photos are saved here moves nothing in Google Photos.
    .find(({ code, state }) => code !== 'back-up-here' && state.kind === 'done' && state.moved === 'yes');
  if (helped !== undefined) return { helped: helped.code };
  const [next] = left;
  return next === undefined ? {} : { next: next.code };
}
