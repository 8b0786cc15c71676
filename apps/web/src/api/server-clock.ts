/** A `Date` has whole seconds, and an answer takes its time: less than this is no difference. */
const LEAST_MS = 30_000;

let aheadMs = 0;

/** Notes what the server's clock shows, by the `Date` of an answer that came just now. */
export function noteServerTime(date: string | null, nowMs: number = Date.now()): void {
  const ahead = Date.parse(date ?? '') - nowMs;
  if (Number.isFinite(ahead)) aheadMs = Math.abs(ahead) < LEAST_MS ? 0 : ahead;
}

/** The time now by the server's clock, which all times that it tells are of: a browser whose clock is wrong says the same as the server how long ago something was. */
export const serverNow = (nowMs: number = Date.now()): number => nowMs + aheadMs;
