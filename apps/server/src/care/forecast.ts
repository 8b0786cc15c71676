/** How large the repository was on a day. */
export interface SizeNote {
  /** `2026-01-31` */
  readonly day: string;
  readonly usedBytes: number;
}

const MOST_NOTES = 60;
const WINDOW_DAYS = 28;
/** Of fewer days nothing can be said. */
const LEAST_DAYS = 3;
const MOST_DAYS = 10 * 365;

/** The notes with today's, the last that counts. */
export function noted(sizes: readonly SizeNote[], today: SizeNote): SizeNote[] {
  return [...sizes.filter(({ day }) => day < today.day), today].slice(-MOST_NOTES);
}

/** Days until a drive is full that goes on filling as in the last four weeks; `undefined` where it does not, or not for years. */
export function fullInDays(sizes: readonly SizeNote[], freeBytes: number): number | undefined {
  const last = sizes.at(-1);
  if (last === undefined) return undefined;
  const lastDay = Temporal.PlainDate.from(last.day);
  const age = (day: string): number => Temporal.PlainDate.from(day).until(lastDay).days;
  const first = sizes.find(({ day }) => age(day) <= WINDOW_DAYS);
  if (first === undefined) return undefined;
  const days = age(first.day);
  const grown = last.usedBytes - first.usedBytes;
  if (days < LEAST_DAYS || grown <= 0) return undefined;
  const left = Math.floor((freeBytes * days) / grown);
  return left > MOST_DAYS ? undefined : left;
}
