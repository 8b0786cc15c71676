import type { ForgetPolicy } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { ForgetGiven } from './table.ts';

type Given = GivenOptions<ForgetGiven>;

const FIELDS = [
  'keepLast',
  'keepHourly',
  'keepDaily',
  'keepWeekly',
  'keepMonthly',
  'keepYearly',
  'keepWithin',
  'keepWithinHourly',
  'keepWithinDaily',
  'keepWithinWeekly',
  'keepWithinMonthly',
  'keepWithinYearly',
] as const;

/** What was given of the rules; `undefined` when there is none. */
export function policyOf(given: Given): ForgetPolicy | undefined {
  const rules = FIELDS.filter((field) => given[field] !== undefined).map((field) => [field, given[field]]);
  if (given.keepTag.length > 0) rules.push(['keepTags', given.keepTag] as never);
  return rules.length === 0 ? undefined : (Object.fromEntries(rules) as ForgetPolicy);
}
