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
  digits: { dateStyle: 'short' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** Making one takes longer than a tile may, using it does not. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `timeZone` undefined: that of the person, as the browser says. */
function write(
  time: string,
  style: keyof typeof STYLES,
  locale: string,
  timeZone: string | undefined,
): string {
  const at = Date.parse(time);
  if (!Number.isFinite(at)) return 'Unknown day';
  const key = `${style} ${locale} ${timeZone ?? ''}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, {
      ...STYLES[style],
      ...(timeZone !== undefined && { timeZone }),
    });
    formats.set(key, format);
  }
  return format.format(at);
}

/** What has no zone: a day, and what a camera's clock showed. */
const writeAsItIs = (time: string, style: keyof typeof STYLES, locale: string): string =>
  write(time, style, locale, 'UTC');

/** Says whether a time is a whole day. */
export const isDayAlone = (time: string): boolean => /^\d{4}-\d\d-\d\d$/.test(time);

/** Gives the day of a time by the person's clock: `2024-06-12`; a day alone is itself. */
export function dayOf(time: string, timeZone?: string): string {
  // Sweden writes days as they are told here.
  return isDayAlone(time) ? time : write(time, 'digits', 'sv-SE', timeZone);
}

/** A time by the clock of the place where it was, whatever the offset of that place. */
const byItsClock = (time: string): string => `${time.slice(0, 19)}Z`;

/** Gives the heading of a day: `Wednesday, 12 June`, with the year unless it is this one, and short where there is little room. */
export function dayHeading(day: string, thisYear: number, isShort = false, locale = LOCALE): string {
  const style = isShort ? 'short' : 'heading';
  return writeAsItIs(
    `${day}T00:00:00Z`,
    Number(day.slice(0, 4)) === thisYear ? style : `${style} with year`,
    locale,
  );
}

/** Gives a day at the end of a row: `12 Jun`, with the year unless it is this one. */
export function rowDay(day: string, thisYear: number, locale = LOCALE): string {
  const style = Number(day.slice(0, 4)) === thisYear ? 'row day' : 'row day with year';
  return writeAsItIs(`${day}T00:00:00Z`, style, locale);
}

/** Gives the month of a day: `June 2024`. */
export function monthWords(day: string, locale = LOCALE): string {
  return writeAsItIs(`${day.slice(0, 7)}-01T00:00:00Z`, 'month', locale);
}

/** Gives a moment by the person's clock: `12 June 2024 at 10:10`; of a day alone, the day. */
export function momentWords(time: string, locale = LOCALE, timeZone?: string): string {
  if (isDayAlone(time)) return writeAsItIs(`${time}T00:00:00Z`, 'day', locale);
  return write(time, 'moment', locale, timeZone);
}

/** Gives the time of day by the person's clock: `10:10`. */
export function clockWords(time: string, locale = LOCALE, timeZone?: string): string {
  return write(time, 'clock', locale, timeZone);
}

/** Gives when a photo or video was taken, by the clock of the place where it was: `12 June 2024 at 10:10`. */
export function takenWords(taken: string, locale = LOCALE): string {
  return writeAsItIs(byItsClock(taken), 'moment', locale);
}

/** Gives the label of a tile for who cannot see it: `Photo, 12 June 2024, 10:10`. */
export function tileLabel(kind: 'photo' | 'video', taken: string, seconds?: number, locale = LOCALE): string {
  const length = seconds === undefined ? '' : `, ${formatLength(seconds)} long`;
  const own = byItsClock(taken);
  const words = `${writeAsItIs(own, 'day', locale)}, ${writeAsItIs(own, 'clock', locale)}`;
  return `${kind === 'photo' ? 'Photo' : 'Video'}, ${words}${length}`;
}

/** Gives the folder that something lies in as a person knows it: without the part of a backup that holds all files. */
export function folderWords(path: string): string {
  return folderOf(path).replace(/^\/?files(\/|$)/, '');
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Gives a time that stands in a call or an event, or a day alone, in words by the person's clock; anything else as it is. */
export function timeInWords(text: string, locale = LOCALE, timeZone?: string): string {
  return TIME.test(text) || isDayAlone(text) ? momentWords(text, locale, timeZone) : text;
}
