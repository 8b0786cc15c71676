import type { DoctorFix, DoctorReport } from '@holdfast/contract/api';
import type { Complaint } from '#diagnose.ts';
import { isLast } from './fixes.ts';
import type { KeptFix } from './record.ts';

/** What was carried out longer ago was against other trouble. */
const SAME_TROUBLE = Temporal.Duration.from({ hours: 24 });

/**
 * Which fix helped last, and which to try, the next one first, as long as each moves nothing: of those that can be done on this phone and were not tried lately, the first in safe order
 * that is for what stops backing up altogether; or else the first that is for a cause none helped against yet, for what one helped against
 * is given time. What touches more comes after all others even so. What was undone counts as not tried.
 */
export function nextFix(
  fixes: readonly DoctorFix[],
  causes: readonly Pick<Complaint, 'severity' | 'fixes'>[],
  kept: readonly KeptFix[],
  now: Temporal.Instant,
): Pick<DoctorReport, 'next' | 'thenTry' | 'helped'> {
  const from = now.subtract(SAME_TROUBLE);
  const lately = kept
    .filter(({ at, state }) => state.kind !== 'undone' && Temporal.Instant.compare(at, from) >= 0)
    .toSorted((a, b) => Temporal.Instant.compare(b.at, a.at));
  const tried = new Set<string>(lately.filter(({ state }) => state.kind !== 'begun').map(({ code }) => code));
  const helped = lately
    // That photos are saved here moves nothing in Google Photos.
    .filter(({ code, state }) => code !== 'back-up-here' && state.kind === 'done' && state.moved === 'yes')
    .map(({ code }) => code);
  const urgent = codesOf(causes.filter(({ severity }) => severity === 'blocking'));
  const others = codesOf(
    causes.filter((cause) => cause.severity !== 'info' && !cause.fixes.some((code) => helped.includes(code))),
  );
  const left = fixes.filter(
    ({ code, isAdvised, whyNot }) => isAdvised && whyNot === undefined && !tried.has(code),
  );
  const first = left.filter(({ code }) => urgent.has(code) && !isLast(code));
  const later = left.filter((fix) => !first.includes(fix) && (helped.length === 0 || others.has(fix.code)));
  const [next, ...thenTry] = [...first, ...later].map(({ code }) => code);
  const [last] = helped;
  return { ...(last !== undefined && { helped: last }), ...(next !== undefined && { next }), thenTry };
}

const codesOf = (causes: readonly Pick<Complaint, 'fixes'>[]): ReadonlySet<string> =>
  new Set(causes.flatMap((cause) => cause.fixes));
