import type { ToldTime } from '../facts/told.ts';
import type { Zone } from '../words/zone.ts';

/** When a photo or video was taken. */
export interface Taken {
  /** What clocks showed where it was taken, in milliseconds since 1970 as if that were UTC: days are days there. */
  readonly wall: number;
  /** How far those clocks were ahead of UTC, in minutes. */
  readonly offset: number;
  /** Who says so: the camera, the file's name, or the file, of when it was written. */
  readonly by: 'camera' | 'name' | 'file';
}

/** `20240612_101010`, with or without separators and thousandths, where no digit stands before or after. */
const TO_THE_SECOND =
  /(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_. T]{1,4}(?:at )?(\d\d)[-_.h]?(\d\d)[-_.m]?(\d\d)(?:[-_.]?(\d{3})(?!\d))?(?!\d)/;

/** `IMG-20240612-WA0001`, `2024-06-12 …`: a day alone. */
const TO_THE_DAY = /(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)/;

/** Google's camera writes names in UTC, others in the time of the place. */
const IN_UTC = /^PXL_/;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Whether a name says on what day a photo was taken: then the file need not be read for that. */
export function isToldByName(name: string): boolean {
  return [TO_THE_SECOND, TO_THE_DAY].some((pattern) => {
    const found = pattern.exec(name);
    return found !== null && wallTime(found) !== undefined;
  });
}

/**
 * When a photo or video was taken: as its camera says, else as its name says, else when it was written, as it says itself or as the folder says. Where the
 * name has a day alone and it was written on that day, the time is the writing's; on another, noon.
 */
export function takenAt(name: string, mtime: number, zone: Zone, told?: ToldTime): Taken {
  if (told?.by === 'camera') return { ...toldTime(told, zone), by: 'camera' };
  const second = TO_THE_SECOND.exec(name);
  const local = second === null ? undefined : wallTime(second);
  if (local !== undefined)
    return { ...(IN_UTC.test(name) ? atInstant(local, zone) : atWall(local, zone)), by: 'name' };
  const written = told === undefined ? atInstant(mtime, zone) : toldTime(told, zone);
  const day = TO_THE_DAY.exec(name);
  const midnight = day === null ? undefined : wallTime(day);
  if (midnight === undefined) return { ...written, by: 'file' };
  const isThen = written.wall >= midnight && written.wall < midnight + DAY_MS;
  return { ...(isThen ? written : atWall(midnight + DAY_MS / 2, zone)), by: 'name' };
}

type Clocks = Pick<Taken, 'wall' | 'offset'>;

function toldTime({ by, local, offsetMinutes }: ToldTime, zone: Zone): Clocks {
  const wall = Date.parse(`${local}Z`);
  if (offsetMinutes === undefined) return atWall(wall, zone);
  // A camera knows what the clocks showed; who writes files gives UTC.
  return by === 'camera'
    ? { wall, offset: offsetMinutes }
    : atInstant(wall - offsetMinutes * MINUTE_MS, zone);
}

/** Offsets to the minute: RFC 3339 has no others. */
const atInstant = (ms: number, zone: Zone): Clocks => {
  const offset = Math.trunc(zone.offsetAt(ms) / MINUTE_MS);
  return { wall: ms + offset * MINUTE_MS, offset };
};

const atWall = (wall: number, zone: Zone): Clocks => ({
  wall,
  offset: Math.trunc((wall - zone.instantOf(wall)) / MINUTE_MS),
});

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
