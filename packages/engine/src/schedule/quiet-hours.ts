/** Hours of the day, `HH:MM` each, by the clock of a place; over midnight where `to` comes first. The same twice is none. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** When quiet hours that are now are over; `undefined` when it is not quiet. Always later than `now`. */
export function quietUntil(
  now: Temporal.Instant,
  { from, to }: QuietHours,
  timeZone: string,
): Temporal.Instant | undefined {
  const here = now.toZonedDateTimeISO(timeZone);
  const end = Temporal.PlainTime.from(to);
  if (!isWithin(here.toPlainTime(), Temporal.PlainTime.from(from), end)) return undefined;
  const today = here.toPlainDate();
  // The night the clocks are put back has an hour twice: the end may have been once already.
  for (const day of [today, today.add({ days: 1 })])
    for (const disambiguation of ['earlier', 'later'] as const) {
      const over = endOn(day.toPlainDateTime(end), timeZone, disambiguation);
      if (Temporal.Instant.compare(over, now) > 0) return over;
    }
  throw new Error(`no ${to} comes after ${now.toString()}`);
}

/** The moment the clock of a place comes to that time, or leaves it out: in the night the clocks are put forward an hour does not come. */
function endOn(
  end: Temporal.PlainDateTime,
  timeZone: string,
  disambiguation: 'earlier' | 'later',
): Temporal.Instant {
  const over = end.toZonedDateTime(timeZone, { disambiguation });
  const isLeftOut = !over.toPlainDateTime().equals(end);
  const forward = isLeftOut
    ? end.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).getTimeZoneTransition('next')
    : null;
  return (forward ?? over).toInstant();
}

function isWithin(time: Temporal.PlainTime, from: Temporal.PlainTime, to: Temporal.PlainTime): boolean {
  const isAfterBegin = Temporal.PlainTime.compare(time, from) >= 0;
  const isBeforeEnd = Temporal.PlainTime.compare(time, to) < 0;
  return Temporal.PlainTime.compare(from, to) <= 0
    ? isAfterBegin && isBeforeEnd
    : isAfterBegin || isBeforeEnd;
}
