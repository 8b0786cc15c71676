import { formatLength } from '#design/format.ts';

/** The months, January first. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Gives a day as a person writes it: "12 June 2024". */
export function dayWords(day: string): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? '?'} ${day.slice(0, 4)}`;
}

/** Gives the heading of a day: "Wednesday, 12 June", with the year unless it is this one, and short where there is little room. */
export function dayHeading(day: string, thisYear: number, isShort = false): string {
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? '?';
  const year = Number(day.slice(0, 4)) === thisYear ? '' : ` ${day.slice(0, 4)}`;
  if (isShort) return `${weekday.slice(0, 3)}, ${Number(day.slice(8, 10))} ${month.slice(0, 3)}${year}`;
  return `${weekday}, ${Number(day.slice(8, 10))} ${month}${year}`;
}

/** Gives a moment by the clock of the place where it was: "12 June 2024, 10:10". */
export function momentWords(time: string): string {
  return `${dayWords(time)}, ${time.slice(11, 16)}`;
}

/** Gives the label of a tile for who cannot see it: "Photo, 12 June 2024, 10:10". */
export function tileLabel(kind: 'photo' | 'video', taken: string, seconds?: number): string {
  const length = seconds === undefined ? '' : `, ${formatLength(seconds)} long`;
  return `${kind === 'photo' ? 'Photo' : 'Video'}, ${momentWords(taken)}${length}`;
}
