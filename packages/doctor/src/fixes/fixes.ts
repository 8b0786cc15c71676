import { FIX_CODES_BY_WAY, type FixCode, type Way } from '#fix-code.ts';
import type { FixEntry } from './fix-entry.ts';
import { SETTINGS_FIXES, STATUS_FIXES } from './way-1-2.ts';
import { BACKGROUND_FIXES, NETWORK_FIXES, PERMISSION_FIXES } from './way-3.ts';
import { CLEARING_FIXES, UPDATE_FIXES } from './way-4-5.ts';
import { BY_HAND_FIXES, RESTART_FIXES } from './way-6-7.ts';

/** Every fix there is, by its code. */
const FIXES: ReadonlyMap<FixCode, FixEntry> = new Map(
  [
    ...STATUS_FIXES,
    ...SETTINGS_FIXES,
    ...PERMISSION_FIXES,
    ...BACKGROUND_FIXES,
    ...NETWORK_FIXES,
    ...CLEARING_FIXES,
    ...UPDATE_FIXES,
    ...BY_HAND_FIXES,
    ...RESTART_FIXES,
  ].map((entry) => [entry.code, entry]),
);

/** A fix. A code that is of none is a bug. */
export function fixOf(code: FixCode): FixEntry {
  const entry = FIXES.get(code);
  if (entry === undefined) throw new Error(`no fix ${code}`);
  return entry;
}

/** True for the code of a fix. */
export const isFixCode = (text: string): text is FixCode => FIXES.has(text as FixCode);

/** Which of the seven ways a fix belongs to. */
export function wayOf(code: FixCode): Way {
  for (const [way, codes] of Object.entries(FIX_CODES_BY_WAY))
    if ((codes as readonly string[]).includes(code)) return Number(way) as Way;
  throw new Error(`${code} belongs to no way`);
}

/** Those that touch more than others: after all others, in this order. */
const LAST: readonly FixCode[] = [
  'restart-wifi',
  'clear-cache',
  'restart-phone',
  'add-account',
  'free-space',
  'account-storage',
  'install-app',
  'remove-updates',
  'clear-data',
  'back-up-here',
];

/** True for those that touch more than others. */
export const isLast = (code: string): boolean => (LAST as readonly string[]).includes(code);

/** All fixes in safe order: what touches little before what touches more, what cannot be undone last, and then backing up here. */
export const SAFE_ORDER: readonly FixCode[] = [
  ...Object.values(FIX_CODES_BY_WAY)
    .flat()
    .filter((code) => !LAST.includes(code)),
  ...LAST,
];
