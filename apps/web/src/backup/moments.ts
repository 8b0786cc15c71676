import { folderOf, formatLength, localeOf } from '#design/format.ts';

/** The English that a person reads. */
const LOCALE = localeOf(globalThis.navigator?.languages ?? []);

const STYLES = {
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  heading: { weekday: 'long', day: 'numeric', month: 'long' },
  'heading with year': { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  'short with year': { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  'row day': { day: 'numeric', month: 'short' },
  'row day with year': { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  moment: { dateStyle: 'long', timeStyle: 'short' },
  clock: { timeStyle: 'short' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** Making one takes longer than a tile may, using it does not. */
const formats = new Map<string, Intl.DateTimeFormat>();

function write(time: string, style: keyof typeof STYLES, locale: string): string {
  const at = Date.parse(time);
  if (!Number.isFinite(at)) return 'Unknown day';
  const key = `${style} ${locale}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: 'UTC' });
    formats.set(key, format);
  }
  return format.format(at);
}

/** Says whether a time is a whole day. */
export const isDayAlone = (time: string): boolean => /^\d{4}-\d\d-\d\d$/.test(time);

/** A time by the clock of the place where it was, whatever the offset of that place. */
const byItsClock = (time: string): string => `${time.slice(0, 19)}Z`;

/** Gives the heading of a day: `Wednesday, 12 June`, with the year unless it is this one, and short where there is little room. */
export function dayHeading(day: string, thisYear: number, isShort = false, locale = LOCALE): string {
  const style = isShort ? 'short' : 'heading';
  return write(
    `${day}T00:00:00Z`,
    Number(day.slice(0, 4)) === thisYear ? style : `${style} with year`,
    locale,
  );
}

/** Gives a day at the end of a row: `12 Jun`, with the year unless it is this one. */
export function rowDay(day: string, thisYear: number, locale = LOCALE): string {
  const style = Number(day.slice(0, 4)) === thisYear ? 'row day' : 'row day with year';
  return write(`${day.slice(0, 10)}T00:00:00Z`, style, locale);
}

/** Gives the month of a day: `June 2024`. */
export function monthWords(day: string, locale = LOCALE): string {
  return write(`${day.slice(0, 7)}-01T00:00:00Z`, 'month', locale);
}

/** Gives a moment by the clock of the place where it was: `12 June 2024 at 10:10`; of a day alone, the day. */
export function momentWords(time: string, locale = LOCALE): string {
  if (isDayAlone(time)) return write(`${time}T00:00:00Z`, 'day', locale);
  return write(byItsClock(time), 'moment', locale);
}

/** Gives the time of day by the clock of the place where it was: `10:10`. */
export function clockWords(time: string, locale = LOCALE): string {
  return write(byItsClock(time), 'clock', locale);
}

/** Gives the label of a tile for who cannot see it: `Photo, 12 June 2024, 10:10`. */
export function tileLabel(kind: 'photo' | 'video', taken: string, seconds?: number, locale = LOCALE): string {
  const length = seconds === undefined ? '' : `, ${formatLength(seconds)} long`;
  const words = `${write(byItsClock(taken), 'day', locale)}, ${clockWords(taken, locale)}`;
  return `${kind === 'photo' ? 'Photo' : 'Video'}, ${words}${length}`;
}

/** Gives the folder that something lies in as a person knows it: without the part of a backup that holds all files. */
export function folderWords(path: string): string {
  return folderOf(path).replace(/^\/?files(\/|$)/, '');
}

/** Gives a time that stands in a call or an event (`2026-11-23 20:22:35`, or a day alone) in words; anything else as it is. */
export function timeInWords(text: string, locale = LOCALE): string {
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return momentWords(text.replace(' ', 'T'), locale);
  return isDayAlone(text) ? momentWords(text, locale) : text;
}
