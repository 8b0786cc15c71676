import { formatBytes } from '@holdfast/contract';

export { formatBytes };

/** How numbers and days are written: words are English, their order is the person's where they read English. */
const LOCALE = localeOf(globalThis.navigator?.languages ?? []);

/** The first English of a person's languages. */
export function localeOf(languages: readonly string[]): string {
  return languages.find((language) => /^en(-|$)/i.test(language)) ?? 'en';
}

/** `12,402`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 item`, `12,402 items`. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `45 MB/s`. */
export const formatRate = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

/** `31 %`: never 100 before it is all, never 0 when there is something. */
export function formatPercent(share: number): string {
  const percent = Math.min(1, Math.max(0, share)) * 100;
  if (percent > 0 && percent < 1) return '1 %';
  return `${Math.floor(percent)} %`;
}

/** For time still to come, which nobody knows to the second: `about 3 minutes`. */
export function roughly(seconds: number): string {
  if (seconds < 5) return 'a few seconds';
  if (seconds < 55) return `about ${Math.max(5, Math.round(seconds / 5) * 5)} seconds`;
  if (seconds < 90) return 'about a minute';
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} minutes`;
  const hours = Math.round(seconds / 1800) / 2;
  if (hours < 48) return `about ${String(hours).replace('.5', '½')} hours`;
  return `about ${Math.round(seconds / 86_400)} days`;
}

/** For time that has passed: `12 s`, `3 min 5 s`, `2 h 5 min`, `3 days`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole === 0 && seconds > 0) return 'less than 1 s';
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 48 * 3600) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return plural(Math.round(whole / 86_400), 'day');
}

/** `1:05`, `1:02:09`: how long a video is. */
export function formatLength(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** How long ago it was, in words: `just now`, `4 minutes ago`, `yesterday`, `9 days ago`; older than a year: its day. */
export function formatAgo(time: string, now: number): string {
  const seconds = (now - Date.parse(time)) / 1000;
  if (!Number.isFinite(seconds)) return 'at an unknown time';
  if (seconds < -60) return `in ${roughly(-seconds).replace(/^about /, 'about ')}`;
  if (seconds < 45) return 'just now';
  if (seconds < 90) return 'a minute ago';
  if (seconds < 55 * 60) return `${Math.round(seconds / 60)} minutes ago`;
  if (seconds < 90 * 60) return 'an hour ago';
  if (seconds < 22 * 3600) return `${Math.round(seconds / 3600)} hours ago`;
  if (seconds < 36 * 3600) return 'yesterday';
  if (seconds < 45 * 86_400) return `${Math.round(seconds / 86_400)} days ago`;
  if (seconds < 345 * 86_400) return `${Math.round(seconds / (30.4 * 86_400))} months ago`;
  return formatDay(time);
}

/** `23 Nov 2026, 14:03`, as the person's English writes it. */
export function formatTime(time: string, locale: string = LOCALE, timeZone?: string): string {
  return write(time, locale, { dateStyle: 'medium', timeStyle: 'short' }, timeZone);
}

/** `23 November 2026`; of a day without a time (`2026-11-23`) or of a time. */
export function formatDay(day: string, locale: string = LOCALE, timeZone?: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(day)
    ? write(`${day}T00:00:00Z`, locale, { dateStyle: 'long' }, 'UTC')
    : write(day, locale, { dateStyle: 'long' }, timeZone);
}

function write(time: string, locale: string, style: Intl.DateTimeFormatOptions, timeZone?: string): string {
  const at = Date.parse(time);
  if (!Number.isFinite(at)) return 'at an unknown time';
  return new Intl.DateTimeFormat(locale, { ...style, ...(timeZone !== undefined && { timeZone }) }).format(
    at,
  );
}

/** The last part of a path, as it can be shown. */
export const nameOf = (path: string): string => showText(path.slice(path.lastIndexOf('/') + 1) || path);

/** The folder a path is in, as it can be shown; empty at the top. */
export const folderOf = (path: string): string => showText(path.slice(0, Math.max(0, path.lastIndexOf('/'))));

/** Text from a phone that can be shown: control characters and marks that turn the direction of writing are replaced, as are bytes that are no text. */
export function showText(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return text.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** The same words as a sentence: it begins with a capital and ends with a stop. */
export function asSentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]["”’)]?$/.test(begun) ? begun : `${begun}.`;
}
