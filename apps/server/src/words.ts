export { formatBytes, formatBytesAtLeast } from '@holdfast/contract';

const GROUPS = /\B(?=(\d{3})+$)/g;

/** `12,402`. */
export const formatCount = (count: number): string => String(count).replace(GROUPS, ',');

/** `1 item`, `12,402 items`. */
export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

/** `about 3 minutes`. */
export function formatLeft(seconds: number): string {
  if (seconds < 45) return 'less than a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes <= 1 ? 'a minute' : `${minutes} minutes`}`;
  const hours = Math.round(minutes / 60);
  return `about ${hours} hours`;
}

/** `just now`, `2 minutes ago`, `9 days ago`. */
export function formatAgo(from: Temporal.Instant, now: Temporal.Instant): string {
  const minutes = Math.floor((now.epochMilliseconds - from.epochMilliseconds) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return hours === 1 ? 'an hour ago' : `${hours} hours ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
