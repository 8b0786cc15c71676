import { parseTime } from '@holdfast/restic-format';

/** A point in time as the calendar and clock showed it where it was written down. */
export interface LocalTime {
  readonly epochNs: bigint;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  /** Local time minus UTC. */
  readonly offsetNs: bigint;
}

const HOUR_NS = 3_600_000_000_000n;
const MILLISECOND_NS = 1_000_000n;

/** A snapshot's time, read with the offset it was written with, as restic does. The text is one `parseTime` takes. */
export function localTime(text: string): LocalTime {
  const epochNs = parseTime(text) ?? 0n;
  // The text without its offset, read as if it were UTC.
  const offsetNs = (parseTime(`${text.slice(0, 19)}${/\.\d+/.exec(text)?.[0] ?? ''}Z`) ?? 0n) - epochNs;
  return {
    epochNs,
    year: Number(text.slice(0, 4)),
    month: Number(text.slice(5, 7)),
    day: Number(text.slice(8, 10)),
    hour: Number(text.slice(11, 13)),
    offsetNs,
  };
}

/** ISO 8601: weeks start on Monday, and belong to the year their Thursday is in. */
export function isoWeek({ year, month, day }: LocalTime): { readonly year: number; readonly week: number } {
  const date = new Temporal.PlainDate(year, month, day);
  return { year: date.yearOfWeek ?? year, week: date.weekOfYear ?? 0 };
}

/**
 * The time so long before, in nanoseconds since 1970; `undefined` when that is before all calendars.
 *
 * As Go's `AddDate` reckons: first years and months, then days, where a day that a month does not have runs over into
 * the next (31 March less a month is 31 February, which is 2 or 3 March); hours last.
 */
export function before(time: LocalTime, span: Temporal.Duration): bigint | undefined {
  const date = new Date(0);
  date.setUTCFullYear(time.year - span.years, time.month - 1 - span.months, time.day - span.days);
  const midnight = date.getTime();
  if (Number.isNaN(midnight)) return undefined;
  const DAY_NS = 24n * HOUR_NS;
  const localNs = time.epochNs + time.offsetNs;
  const ofDayNs = ((localNs % DAY_NS) + DAY_NS) % DAY_NS;
  return BigInt(midnight) * MILLISECOND_NS + ofDayNs - time.offsetNs - BigInt(span.hours) * HOUR_NS;
}
