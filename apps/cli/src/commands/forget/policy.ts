import { type ForgetPolicy, parseDuration } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { ForgetGiven } from './table.ts';

type Given = GivenOptions<ForgetGiven>;

const COUNTS = ['keepLast', 'keepHourly', 'keepDaily', 'keepWeekly', 'keepMonthly', 'keepYearly'] as const;

const TIMES = [
  'keepWithin',
  'keepWithinHourly',
  'keepWithinDaily',
  'keepWithinWeekly',
  'keepWithinMonthly',
  'keepWithinYearly',
] as const;

/** What was given of the rules; `undefined` when there is none. */
export function policyOf(given: Given): ForgetPolicy | undefined {
  const policy: { -readonly [Field in keyof ForgetPolicy]: ForgetPolicy[Field] } = {};
  for (const field of COUNTS) {
    const count = given[field];
    if (count !== undefined) policy[field] = count;
  }
  for (const field of TIMES) {
    const time = given[field];
    if (time !== undefined) policy[field] = parseDuration(time);
  }
  if (given.keepTag.length > 0) policy.keepTags = given.keepTag;
  return Object.keys(policy).length === 0 ? undefined : policy;
}
