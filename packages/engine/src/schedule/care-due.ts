/** What is done for a repository by itself. */
export type CareKind = 'check' | 'drill' | 'retention';

/** How often. */
export interface CareSettings {
  /** 0: never. */
  readonly checkEveryDays: number;
  /** 0: never. */
  readonly drillEveryDays: number;
  readonly isRetentionAutomatic: boolean;
}

/** When it was last done to its end, and last tried. */
export interface CareDone {
  readonly done?: Temporal.Instant | undefined;
  readonly tried?: Temporal.Instant | undefined;
}

/** What there is to count from. */
export type CareHistory = Readonly<Partial<Record<CareKind, CareDone>>> & {
  /** The first backup; absent: there is none, and nothing to care for. */
  readonly firstBackup?: Temporal.Instant | undefined;
};

/** When what is next. */
export interface CareDue {
  /** What is to be done now: that which is overdue for the longest. */
  readonly due: CareKind | undefined;
  /** Absent for what is never done. */
  readonly next: Readonly<Partial<Record<CareKind, Temporal.Instant>>>;
}

/** Days between two removals of what retention lets go. */
const RETENTION_EVERY_DAYS = 7;

/** What was tried in vain is left alone for so long. */
const AFTER_A_TRY = Temporal.Duration.from({ hours: 6 });

/** Which care of a repository is next, and when. What was never done is due when its days have passed since the first backup. */
export function careDue(now: Temporal.Instant, settings: CareSettings, history: CareHistory): CareDue {
  const every: Readonly<Record<CareKind, number>> = {
    check: settings.checkEveryDays,
    drill: settings.drillEveryDays,
    retention: settings.isRetentionAutomatic ? RETENTION_EVERY_DAYS : 0,
  };
  const next: Partial<Record<CareKind, Temporal.Instant>> = {};
  let due: CareKind | undefined;
  for (const kind of ['check', 'drill', 'retention'] as const) {
    const at = nextOf(now, every[kind], history[kind], history.firstBackup);
    if (at === undefined) continue;
    next[kind] = at;
    const isDue = Temporal.Instant.compare(at, now) <= 0;
    const earliest = due && next[due];
    if (isDue && (earliest === undefined || Temporal.Instant.compare(at, earliest) < 0)) due = kind;
  }
  return { due, next };
}

function nextOf(
  now: Temporal.Instant,
  everyDays: number,
  { done, tried }: CareDone = {},
  first: Temporal.Instant | undefined,
): Temporal.Instant | undefined {
  if (everyDays === 0 || first === undefined) return undefined;
  // What a wrong clock dated ahead must not put it off for years.
  const from = [done, first].find((at) => at !== undefined && Temporal.Instant.compare(at, now) <= 0);
  const at = (from ?? now).add({ hours: 24 * everyDays });
  const again = tried?.add(AFTER_A_TRY);
  const isPutOff =
    again !== undefined &&
    Temporal.Instant.compare(tried ?? now, now) <= 0 &&
    (done === undefined || Temporal.Instant.compare(done, tried ?? done) < 0);
  return isPutOff && Temporal.Instant.compare(again, at) > 0 ? again : at;
}
