import { type ContentLine, type Parameter, parameter } from '../lines/content-line.ts';
import { ianaZone } from './zones.ts';

/** A property of a repetition: its parameters and its value. */
export interface Spelled {
  readonly params: readonly Parameter[];
  readonly value: string;
  /** The zone its times are in, which the file has to define. */
  readonly zone?: string;
}

/** The provider's own words for something that iCalendar spells otherwise. */
const RAW = 'X-HOLDFAST-RAW';

/** Several rules, or lists of dates, in one column are separated so (AOSP, RecurrenceSet.RULE_SEPARATOR). */
const SEPARATOR = '\n';

const RULE_PART = /^[A-Z]{2,10}=[A-Z0-9+,-]+$/;

/** The rules of a column; absent when one is none (RFC 5545 section 3.3.10). */
export function formatRules(column: string): readonly Spelled[] | undefined {
  const rules = column.split(SEPARATOR);
  const isRule = (rule: string): boolean => {
    const parts = rule.split(';');
    return parts.every((part) => RULE_PART.test(part)) && parts.some((part) => part.startsWith('FREQ='));
  };
  return rules.every(isRule) ? rules.map((value) => ({ params: [], value })) : undefined;
}

const LIST_ZONE = /^([A-Za-z0-9_+/-]{1,100});/;
const DATE = /^\d{8}(?:T\d{6}Z?)?$/;

/** The lists of dates of a column; absent when one is none. Those of an all-day event are dates in iCalendar, midnights at the provider. */
export function formatDates(column: string, isAllDay: boolean): readonly Spelled[] | undefined {
  const lists = column.split(SEPARATOR).map((list) => formatDateList(list, isAllDay));
  return lists.every((list) => list !== undefined) ? lists : undefined;
}

function formatDateList(list: string, isAllDay: boolean): Spelled | undefined {
  const prefix = LIST_ZONE.exec(list)?.[1];
  const dates = prefix === undefined ? list : list.slice(prefix.length + 1);
  const all = dates.split(',');
  if (!all.every((date) => DATE.test(date))) return undefined;
  const areDates = all.every((date) => date.length === 8);
  const areMidnights = isAllDay && prefix === undefined && all.every((date) => date.endsWith('T000000Z'));
  if (areDates || areMidnights) {
    if (prefix !== undefined) return undefined;
    const value = all.map((date) => date.slice(0, 8)).join(',');
    return withRaw(list, { params: [['VALUE', 'DATE']], value }, isAllDay);
  }
  if (all.some((date) => date.length !== (prefix === undefined ? 16 : 15))) return undefined;
  if (prefix === undefined) return { params: [], value: dates };
  return ianaZone(prefix) === prefix ? { params: [['TZID', prefix]], value: dates, zone: prefix } : undefined;
}

function withRaw(list: string, spelled: Spelled, isAllDay: boolean): Spelled {
  const read = inferDates(spelled.value, undefined, isAllDay);
  return read === list ? spelled : { ...spelled, params: [...spelled.params, [RAW, list]] };
}

/** The provider's words for a list of dates. */
export function parseDates(line: ContentLine, isAllDay: boolean): string {
  const raw = parameter(line, RAW);
  if (raw !== undefined && formatDateList(raw, isAllDay)?.value === line.value) return raw;
  return inferDates(line.value, parameter(line, 'TZID'), isAllDay);
}

function inferDates(value: string, zone: string | undefined, isAllDay: boolean): string {
  if (zone !== undefined) return `${zone};${value}`;
  if (!isAllDay) return value;
  return value
    .split(',')
    .map((date) => (date.length === 8 ? `${date}T000000Z` : date))
    .join(',');
}

const DURATION = /^P(?=.)(?:\d+W|(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/;

/** A duration; absent when it is none. Android leaves the `T` out: `P3600S` (RFC 5545 section 3.3.6 demands it). */
export function formatDuration(column: string): Spelled | undefined {
  const value = column.replace(/^P(\d+)([HMS])$/, 'PT$1$2');
  if (!DURATION.test(value)) return undefined;
  return value === column ? { params: [], value } : { params: [[RAW, column]], value };
}

/** The provider's words for a duration. */
export function parseDuration(line: ContentLine): string {
  const raw = parameter(line, RAW);
  return raw !== undefined && formatDuration(raw)?.value === line.value ? raw : line.value;
}
