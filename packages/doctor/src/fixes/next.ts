import type { DoctorFix, DoctorReport } from '@holdfast/contract/api';
import type { KeptFix } from './record.ts';

/** What was carried out longer ago was against other trouble. */
const SAME_TROUBLE = Temporal.Duration.from({ hours: 24 });

/**
 * Which fix to try next: the first in safe order that the complaints ask for, that can be done on this phone and was not tried lately.
 * None once one of them helped: that is said instead. What was undone counts as not tried.
 */
export function nextFix(
  fixes: readonly DoctorFix[],
  kept: readonly KeptFix[],
  now: Temporal.Instant,
): Pick<DoctorReport, 'next' | 'helped'> {
  const from = now.subtract(SAME_TROUBLE);
  const lately = kept.filter(
    ({ at, state }) => state.kind !== 'undone' && Temporal.Instant.compare(at, from) >= 0,
  );
  const helped = lately
    .toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))
    // That photos are saved here moves nothing in Google Photos.
    .find(({ code, state }) => code !== 'back-up-here' && state.kind === 'done' && state.moved === 'yes');
  if (helped !== undefined) return { helped: helped.code };
  const tried = new Set<string>(lately.filter(({ state }) => state.kind !== 'begun').map(({ code }) => code));
  const next = fixes.find(
    ({ code, isAdvised, whyNot }) => isAdvised && whyNot === undefined && !tried.has(code),
  );
  return next === undefined ? {} : { next: next.code };
}
