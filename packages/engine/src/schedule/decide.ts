import { type QuietHours, quietUntil } from './quiet-hours.ts';

/** When a device is backed up by itself. */
export interface WhenRules {
  readonly isOn: boolean;
  readonly onlyCharging: boolean;
  readonly minBatteryPercent?: number | undefined;
  readonly quietHours?: QuietHours | undefined;
  readonly minHoursBetween?: number | undefined;
}

/** How things are with a device. */
export interface Situation {
  readonly now: Temporal.Instant;
  /** IANA name. */
  readonly timeZone: string;
  readonly rules: WhenRules;
  /** When the newest backup that was finished began. */
  readonly lastBackup: Temporal.Instant | undefined;
  /** The last backup that did not get to its end since then: when it ended, and how many there were in a row. */
  readonly lastTry: { readonly at: Temporal.Instant; readonly failures: number } | undefined;
  /** What a phone says of its battery; what it does not say holds nothing back. Absent for what has none. */
  readonly phone:
    | { readonly isCharging: boolean | undefined; readonly batteryPercent: number | undefined }
    | undefined;
  readonly isInSight: boolean;
  /** Since when, where it comes and goes: it is backed up when it appears. */
  readonly inSightSince?: Temporal.Instant | undefined;
  /** True while it is backed up, or something else is done that this has to wait for. */
  readonly activeRun: boolean;
}

/** The rule that holds a backup back. */
export type HoldRule = 'off' | 'charging' | 'battery' | 'quiet-hours' | 'interval' | 'retry';

/** Whether a backup is to begin. */
export type Decision =
  | { readonly kind: 'start' }
  | {
      readonly kind: 'hold';
      readonly rule: HoldRule;
      readonly sentence: string;
      readonly remedy: string;
      /** When that is over by itself, where it is known. */
      readonly until?: Temporal.Instant;
    }
  | { readonly kind: 'nothing-due' };

/** Without a rule: what stays in sight is backed up again after so long. */
const DAILY = Temporal.Duration.from({ hours: 24 });

/** Minutes between tries that failed. */
const WAITS = [5, 15, 60, 240, 720];

/** So often a device that comes back is tried again at once; a cable that slips goes on slipping. */
const MOST_AT_ONCE = 2;

/**
 * Whether a backup of a device is to begin now, and if not, what holds it back: the first of the rules, in the order in which a person
 * would ask. It changes nothing, so asking again gives the same.
 */
export function decide(situation: Situation): Decision {
  const { rules, isInSight, activeRun } = situation;
  if (!rules.isOn) return { kind: 'hold', rule: 'off', sentence: 'Backup is off.', remedy: 'Turn it on.' };
  if (activeRun || !isInSight) return { kind: 'nothing-due' };
  return (
    byInterval(situation) ??
    byTries(situation) ??
    byQuietHours(situation) ??
    byBattery(situation) ??
    byCharging(situation) ?? { kind: 'start' }
  );
}

function byInterval({ now, timeZone, rules, lastBackup, inSightSince }: Situation): Decision | undefined {
  const { minHoursBetween } = rules;
  if (lastBackup === undefined) return undefined;
  const wait = minHoursBetween === undefined ? DAILY : Temporal.Duration.from({ hours: minHoursBetween });
  const until = lastBackup.add(wait);
  // A time that is yet to come was told by a clock that was wrong.
  if (!isBefore(now, until) || isBefore(now, lastBackup)) return undefined;
  if (minHoursBetween === undefined)
    return inSightSince !== undefined && isBefore(lastBackup, inSightSince)
      ? undefined
      : { kind: 'nothing-due' };
  return {
    kind: 'hold',
    rule: 'interval',
    sentence: `Waiting: backed up at most once in ${hoursOf(minHoursBetween)}, next at ${clockTime(until, now, timeZone)}.`,
    remedy: 'Back up now, or change how often in the rules of the device.',
    until,
  };
}

function byTries({ now, timeZone, lastTry, inSightSince }: Situation): Decision | undefined {
  if (lastTry === undefined || lastTry.failures < 1) return undefined;
  const { at, failures } = lastTry;
  const isBack = inSightSince !== undefined && isBefore(at, inSightSince);
  if ((isBack && failures <= MOST_AT_ONCE) || isBefore(now, at)) return undefined;
  const until = at.add({ minutes: WAITS[Math.min(failures, WAITS.length) - 1] ?? 0 });
  if (!isBefore(now, until)) return undefined;
  return {
    kind: 'hold',
    rule: 'retry',
    sentence: `Waiting: the last backup did not get to its end, tried again at ${clockTime(until, now, timeZone)}.`,
    remedy: 'See what happened in the last run, or back up now.',
    until,
  };
}

function byQuietHours({ now, timeZone, rules }: Situation): Decision | undefined {
  const until = rules.quietHours && quietUntil(now, rules.quietHours, timeZone);
  if (until === undefined) return undefined;
  return {
    kind: 'hold',
    rule: 'quiet-hours',
    sentence: `Waiting: quiet until ${clockTime(until, now, timeZone)}.`,
    remedy: 'Back up now, or change the quiet hours in the rules of the device.',
    until,
  };
}

function byBattery({ rules, phone }: Situation): Decision | undefined {
  const { minBatteryPercent: least } = rules;
  const percent = phone?.batteryPercent;
  if (least === undefined || percent === undefined || percent >= least) return undefined;
  return {
    kind: 'hold',
    rule: 'battery',
    sentence: `Waiting: battery ${percent} %, charge to ${least} %.`,
    remedy: 'Charge the phone, or back up now.',
  };
}

function byCharging({ rules, phone }: Situation): Decision | undefined {
  if (!rules.onlyCharging || phone?.isCharging !== false) return undefined;
  return {
    kind: 'hold',
    rule: 'charging',
    sentence: 'Waiting: the phone is not charging.',
    remedy: 'Charge the phone, or back up now.',
  };
}

const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) < 0;

const hoursOf = (hours: number): string => (hours === 1 ? 'an hour' : `${hours} hours`);

/** `07:00`, with the day where it is another one. */
function clockTime(at: Temporal.Instant, now: Temporal.Instant, timeZone: string): string {
  const here = at.toZonedDateTimeISO(timeZone);
  const time = here.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = here.toPlainDate();
  return day.equals(now.toZonedDateTimeISO(timeZone).toPlainDate()) ? time : `${time} on ${day.toString()}`;
}
