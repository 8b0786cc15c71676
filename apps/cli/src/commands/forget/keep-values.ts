import { bad, wholeNumber } from '#arguments/values.ts';

/** How many to keep; −1 for all. */
export const parseKeepCount = wholeNumber(-1);

/** Each unit at most once. */
const PARTS = /^(?!.*([ymdh]).*\1)(?:\d{1,6}[ymdh])+$/;

/**
 * How long before the newest backup, as text that the repository's `parseDuration` takes. That is not called here, since
 * then every command would load the repository's code.
 */
export function parseKeepWithin(given: string, option: string): string {
  if (!PARTS.test(given)) throw bad(option, given, 'years, months, days and hours like 2y5m7d3h');
  return given;
}

/** Tags that a backup has to have together; an empty text is for backups that have none. */
export const parseKeepTags = (given: string): readonly string[] => given.split(',').map((tag) => tag.trim());
