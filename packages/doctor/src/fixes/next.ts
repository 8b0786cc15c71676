import type { DoctorFix, FixRecord } from '@holdfast/contract/api';

/**
 * The fix to try next: the first in safe order that the complaints ask for, that can be done on this phone and was not tried; `undefined`
 * once one of them moved something, or when none is left. `records` are those since the trouble began.
 */
export function nextFix(fixes: readonly DoctorFix[], records: readonly FixRecord[]): DoctorFix | undefined {
  if (records.some(({ state }) => state.kind === 'done' && state.moved === 'yes')) return undefined;
  const tried = new Set(records.filter(({ state }) => state.kind !== 'begun').map(({ code }) => code));
  return fixes.find(({ code, isAdvised, whyNot }) => isAdvised && whyNot === undefined && !tried.has(code));
}
