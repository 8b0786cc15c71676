import type { SnapshotEntry } from '../snapshots.ts';
import { formatDuration } from './duration.ts';
import { before, isoWeek, type LocalTime, localTime } from './local-time.ts';

/** Which snapshots of a group to keep; each field has the meaning of restic's option of that name. Counts of −1 are unlimited. */
export interface ForgetPolicy {
  readonly keepLast?: number;
  readonly keepHourly?: number;
  readonly keepDaily?: number;
  readonly keepWeekly?: number;
  readonly keepMonthly?: number;
  readonly keepYearly?: number;
  /** Years, months, days and hours before the latest snapshot that is not in the future. */
  readonly keepWithin?: Temporal.Duration;
  readonly keepWithinHourly?: Temporal.Duration;
  readonly keepWithinDaily?: Temporal.Duration;
  readonly keepWithinWeekly?: Temporal.Duration;
  readonly keepWithinMonthly?: Temporal.Duration;
  readonly keepWithinYearly?: Temporal.Duration;
  /** A snapshot that has all tags of one of these lists is kept; the list of one empty tag is for those that have none. */
  readonly keepTags?: readonly (readonly string[])[];
}

/** A snapshot to be kept, and why: `daily snapshot`, `within 7d`, `has tags [a, b]`, as restic says it. */
export interface KeptSnapshot {
  readonly entry: SnapshotEntry;
  readonly reasons: readonly string[];
}

/** Snapshots whose stretch of time is the same text are of the same hour, day, week, month or year. */
type Stretch = (time: LocalTime, position: number) => string;

const hour: Stretch = (time) => `${day(time, 0)} ${time.hour}`;
const day: Stretch = ({ year, month, day: date }) => `${year}-${month}-${date}`;
const week: Stretch = (time) => {
  const { year, week: number } = isoWeek(time);
  return `${year} ${number}`;
};
const month: Stretch = ({ year, month: number }) => `${year}-${number}`;
const year: Stretch = ({ year: number }) => `${number}`;
const each: Stretch = (_, position) => `${position}`;

const COUNTED = [
  ['keepLast', each, 'last snapshot'],
  ['keepHourly', hour, 'hourly snapshot'],
  ['keepDaily', day, 'daily snapshot'],
  ['keepWeekly', week, 'weekly snapshot'],
  ['keepMonthly', month, 'monthly snapshot'],
  ['keepYearly', year, 'yearly snapshot'],
] as const;

const WITHIN = [
  ['keepWithinHourly', hour, 'hourly within'],
  ['keepWithinDaily', day, 'daily within'],
  ['keepWithinWeekly', week, 'weekly within'],
  ['keepWithinMonthly', month, 'monthly within'],
  ['keepWithinYearly', year, 'yearly within'],
] as const;

/** Tells why to keep the snapshot whose turn it is, newest first; `undefined` for no reason. */
type Rule = (
  entry: SnapshotEntry,
  time: LocalTime,
  position: number,
  isOldest: boolean,
) => string | undefined;

/** True when the policy would keep nothing of whatever group. */
export function isEmptyPolicy(policy: ForgetPolicy): boolean {
  return rulesOf(policy, undefined).length === 0;
}

/**
 * Applies a policy to the snapshots of one group, which are given newest first; the results are in that order.
 *
 * restic's meanings, as of 0.18: a counted rule that has counts left keeps the oldest snapshot too, which restic before
 * 0.16 does not. Latest is what times "within" count from: the newest snapshot that is not in the future.
 */
export function applyPolicy(
  newestFirst: readonly SnapshotEntry[],
  policy: ForgetPolicy,
  now: Temporal.Instant,
): { readonly keep: readonly KeptSnapshot[]; readonly remove: readonly SnapshotEntry[] } {
  const latest = newestFirst.find(({ timeNs }) => timeNs < now.epochNanoseconds);
  const rules = rulesOf(policy, latest && localTime(latest.snapshot.time));
  const keep: KeptSnapshot[] = [];
  const remove: SnapshotEntry[] = [];
  for (const [position, entry] of newestFirst.entries()) {
    const time = localTime(entry.snapshot.time);
    const isOldest = position === newestFirst.length - 1;
    const reasons = rules.flatMap((rule) => rule(entry, time, position, isOldest) ?? []);
    if (reasons.length > 0) keep.push({ entry, reasons });
    else remove.push(entry);
  }
  return { keep, remove };
}

function rulesOf(policy: ForgetPolicy, latest: LocalTime | undefined): Rule[] {
  const rules: Rule[] = (policy.keepTags ?? []).map(taggedRule);
  const { keepWithin } = policy;
  if (isSet(keepWithin)) rules.push(withinRule(keepWithin, latest));
  for (const [field, stretch, reason] of COUNTED) {
    const count = policy[field] ?? 0;
    if (count !== 0) rules.push(countedRule(count, stretch, reason));
  }
  for (const [field, stretch, reason] of WITHIN) {
    const span = policy[field];
    if (isSet(span)) rules.push(stretchWithinRule(span, latest, stretch, reason));
  }
  return rules;
}

function taggedRule(wanted: readonly string[]): Rule {
  return ({ snapshot: { tags = [] } }) => {
    for (const tag of wanted) {
      if (tag === '' && tags.length === 0) break;
      if (!tags.includes(tag)) return undefined;
    }
    return `has tags [${wanted.join(', ')}]`;
  };
}

function withinRule(span: Temporal.Duration, latest: LocalTime | undefined): Rule {
  const limit = latest && before(latest, span);
  return ({ timeNs }) =>
    limit === undefined || timeNs > limit ? `within ${formatDuration(span)}` : undefined;
}

function countedRule(count: number, stretch: Stretch, reason: string): Rule {
  let left = count < 0 ? Number.POSITIVE_INFINITY : count;
  let last: string | undefined;
  return (_, time, position, isOldest) => {
    const current = stretch(time, position);
    if (left === 0 || (current === last && !isOldest)) return undefined;
    const isOnlyOldest = current === last;
    last = current;
    left -= 1;
    return isOnlyOldest ? `oldest ${reason}` : reason;
  };
}

function stretchWithinRule(
  span: Temporal.Duration,
  latest: LocalTime | undefined,
  stretch: Stretch,
  reason: string,
): Rule {
  const limit = latest && before(latest, span);
  const rule = countedRule(-1, stretch, reason);
  return (entry, time, position, isOldest) => {
    if (limit !== undefined && entry.timeNs <= limit) return undefined;
    const kept = rule(entry, time, position, isOldest);
    return kept && `${kept} ${formatDuration(span)}`;
  };
}

const isSet = (span: Temporal.Duration | undefined): span is Temporal.Duration =>
  span !== undefined && formatDuration(span) !== '';
