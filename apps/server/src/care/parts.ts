/** Packs are told apart by the first byte of their names, of which there are so many. */
const BYTES = 256;

const MONTH_DAYS = 31;

/** When the packs of each first byte were last read whole, in milliseconds; 0: never. */
export type ReadAt = readonly number[];

/** Nothing was read so far. */
export const NEVER_READ: ReadAt = Array.from({ length: BYTES }, () => 0);

/** In how many parts everything is read in a month, when one is read every so many days. */
export function partsFor(everyDays: number): number {
  return everyDays === 0 ? 4 : Math.max(1, Math.floor(MONTH_DAYS / everyDays));
}

/** The part (from 1) that holds what was not read for the longest; the one with most of it, where several do. */
export function nextPart(readAt: ReadAt, of: number): number {
  let best = 1;
  let bestAge: readonly [oldest: number, many: number] | undefined;
  for (let part = 1; part <= of; part++) {
    const times = bytesOf(part, of).map((byte) => readAt[byte] ?? 0);
    const oldest = Math.min(...times);
    const many = times.filter((time) => time === oldest).length;
    if (bestAge === undefined || oldest < bestAge[0] || (oldest === bestAge[0] && many > bestAge[1])) {
      best = part;
      bestAge = [oldest, many];
    }
  }
  return best;
}

/** First bytes of the packs of a part. */
export const bytesOf = (part: number, of: number): number[] =>
  Array.from({ length: BYTES }, (_, byte) => byte).filter((byte) => byte % of === part - 1);

/** The times after those bytes were read. */
export function readNow(readAt: ReadAt, bytes: readonly number[], nowMs: number): ReadAt {
  const read = new Set(bytes);
  return readAt.map((time, byte) => (read.has(byte) ? nowMs : time));
}

/** How much was read in the last month, 0 to 1. */
export function readShare(readAt: ReadAt, nowMs: number): number {
  const since = nowMs - MONTH_DAYS * 24 * 3_600_000;
  return readAt.filter((time) => time > 0 && time >= since).length / BYTES;
}
