import { isFailure } from '@holdfast/kernel';
import { parseDuration } from '@holdfast/repository';
import { bad, wholeNumber } from '#arguments/values.ts';

/** How many to keep; −1 for all. */
export const parseKeepCount = wholeNumber(-1);

/** How long before the newest backup. */
export function parseKeepWithin(given: string, option: string): Temporal.Duration {
  try {
    return parseDuration(given);
  } catch (error) {
    if (!isFailure(error, 'repository/bad-duration')) throw error;
    throw bad(option, given, 'years, months, days and hours like 2y5m7d3h');
  }
}

/** Tags that a backup has to have together; an empty text is for backups that have none. */
export const parseKeepTags = (given: string): readonly string[] => given.split(',').map((tag) => tag.trim());
