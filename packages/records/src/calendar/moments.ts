import { type ContentLine, type Parameter, parameter } from '../lines/content-line.ts';
import type { Moment } from './event.ts';
import { compact, ianaZone } from './zones.ts';

/** What a property's own words leave out of a time: milliseconds and hours that come twice; zones that have no name. */
const MS = 'X-HOLDFAST-MS';
const ZONE = 'X-HOLDFAST-ZONE';

/** What four digits of a year can tell, whatever the zone. */
const EARLIEST_MS = Date.parse('0001-01-03T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-29T00:00:00Z');

/** A time as parameters and value. `otherwise` is the zone a time without one is in, as of an end beside its start. */
export function formatMoment(
  moment: Moment,
  isAllDay: boolean,
  otherwise?: string,
): { params: readonly Parameter[]; value: string; zone?: string } {
  const isInRange = moment.ms >= EARLIEST_MS && moment.ms <= LATEST_MS;
  const ms = isInRange ? Math.trunc(moment.ms) : 0;
  const zone = isAllDay ? undefined : ianaZone(moment.zone ?? otherwise ?? '');
  const spelled = spell(ms, isAllDay, zone);
  const params: Parameter[] = isAllDay ? [['VALUE', 'DATE']] : zone === undefined ? [] : [['TZID', zone]];
  const read = inferMoment(spelled, isAllDay, zone, otherwise);
  if (read?.ms !== moment.ms) params.push([MS, String(moment.ms)]);
  if (read?.zone !== moment.zone) params.push([ZONE, moment.zone ?? '']);
  return { params, value: spelled, ...(zone === undefined ? {} : { zone }) };
}

/** The time a property tells; absent when it tells none. */
export function parseMoment(
  line: ContentLine,
  otherwise?: string,
): (Moment & { isAllDay: boolean }) | undefined {
  const isAllDay = /^\d{8}$/.test(line.value);
  const read = inferMoment(line.value, isAllDay, parameter(line, 'TZID'), otherwise);
  if (read === undefined) return undefined;
  const exactMs = Number(parameter(line, MS) ?? Number.NaN);
  const zone = line.params.some(([name]) => name === ZONE) ? parameter(line, ZONE) || undefined : read.zone;
  return {
    ms: Number.isSafeInteger(exactMs) ? exactMs : read.ms,
    ...(zone === undefined ? {} : { zone }),
    isAllDay,
  };
}

/** `20260101`, `20260101T100000` in a zone, or `20260101T100000Z`. */
function spell(ms: number, isAllDay: boolean, zone: string | undefined): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(ms);
  const text = compact(instant.toZonedDateTimeISO(zone ?? 'UTC').toPlainDateTime());
  if (isAllDay) return text.slice(0, 8);
  return zone === undefined ? `${text}Z` : text;
}

const TIME = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/;

/** What a reader that knows nothing of our own parameters makes of it. */
function inferMoment(
  value: string,
  isAllDay: boolean,
  zone: string | undefined,
  otherwise: string | undefined,
): Moment | undefined {
  const match = TIME.exec(value);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((n) => Number(n ?? 0));
  let local: Temporal.PlainDateTime;
  try {
    local = new Temporal.PlainDateTime(year, month, day, hour, minute, Math.min(second, 59));
  } catch {
    return undefined;
  }
  const name = isAllDay || match[7] === 'Z' ? undefined : ianaZone(zone ?? '');
  const ms = local.toZonedDateTime(name ?? 'UTC').epochMilliseconds;
  const inferred = name ?? 'UTC';
  // An end is in its start's zone unless it says another.
  return inferred === otherwise || (otherwise !== undefined && isAllDay) ? { ms } : { ms, zone: inferred };
}
