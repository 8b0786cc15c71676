import { badDuration } from '../failures.ts';

/** restic's units, in the order it writes them. */
const UNITS = [
  ['y', 'years'],
  ['m', 'months'],
  ['d', 'days'],
  ['h', 'hours'],
] as const;

const PART = /(\d{1,6})([ymdh])/y;

/**
 * The time that text like `1y5m7d2h` spells, in restic's notation: years, months (`m`), days, hours, each at most once.
 *
 * Fails with `repository/bad-duration`; unlike restic also for an empty text, a minus and a unit that comes twice.
 */
export function parseDuration(text: string): Temporal.Duration {
  const trimmed = text.trim();
  const fields: { years?: number; months?: number; days?: number; hours?: number } = {};
  let at = 0;
  while (at < trimmed.length) {
    PART.lastIndex = at;
    const [part, digits, letter] = PART.exec(trimmed) ?? [];
    const unit = UNITS.find(([candidate]) => candidate === letter)?.[1];
    if (part === undefined || unit === undefined || fields[unit] !== undefined) throw badDuration(text);
    fields[unit] = Number(digits);
    at += part.length;
  }
  if (at === 0) throw badDuration(text);
  return Temporal.Duration.from(fields);
}

/** The same time in restic's notation; units that are zero are left out, and all others are not looked at. */
export function formatDuration(span: Temporal.Duration): string {
  return UNITS.map(([letter, unit]) => (span[unit] === 0 ? '' : `${span[unit]}${letter}`)).join('');
}
