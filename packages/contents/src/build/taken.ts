import type { Zone } from '../words/zone.ts';

/** `20240612_101010`, with or without separators and thousandths, where no digit stands before or after. */
const TO_THE_SECOND =
  /(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_. T]{1,4}(?:at )?(\d\d)[-_.h]?(\d\d)[-_.m]?(\d\d)(?:[-_.]?(\d{3})(?!\d))?(?!\d)/;

/** `IMG-20240612-WA0001`, `2024-06-12 …`: a day alone. */
const TO_THE_DAY = /(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)/;

/** Google's camera writes names in UTC, others in the time of the place. */
const IN_UTC = /^PXL_/;

const DAY_MS = 86_400_000;

/**
 * When a photo or video was taken, in milliseconds since 1970: as its name says, else when it was changed. Where the name has a day alone and it was
 * changed on that day, the time is the change's; on another, noon.
 */
export function takenAt(name: string, mtime: number, zone: Zone): number {
  const second = TO_THE_SECOND.exec(name);
  const local = second === null ? undefined : wallTime(second);
  if (local !== undefined) return IN_UTC.test(name) ? local : zone.instantOf(local);
  const day = TO_THE_DAY.exec(name);
  const midnight = day === null ? undefined : wallTime(day);
  if (midnight === undefined) return mtime;
  const changed = mtime + zone.offsetAt(mtime);
  return changed >= midnight && changed < midnight + DAY_MS ? mtime : zone.instantOf(midnight + DAY_MS / 2);
}

/** As if it were UTC; `undefined` for what no calendar or clock has. */
function wallTime([, ...texts]: RegExpExecArray): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, thousandth = 0] = texts.map((text) =>
    Number(text ?? 0),
  );
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, thousandth);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : undefined;
}
