/** A time as Node's `utimes` takes it, and what reading it back gives where the file system counts nanoseconds. */
export interface SettableTime {
  readonly seconds: string;
  readonly ns: bigint;
}

const NS_A_SECOND = 1_000_000_000n;

/**
 * The time nearest to `ns` (nanoseconds since 1970) that can be set on a file.
 *
 * Node passes times on as a double of seconds: today's come in steps of 238 ns, so what is set is at most 120 ns off.
 * It goes as text because Node takes a negative number, though not negative text, for "now" (`toUnixTimestamp` in
 * lib/internal/fs/utils.js).
 */
export function nearestTime(ns: bigint): SettableTime {
  let whole = ns / NS_A_SECOND;
  if (ns % NS_A_SECOND < 0n) whole -= 1n;
  const seconds = Number(whole) + Number(ns - whole * NS_A_SECOND) / 1e9;
  const candidates = [seconds, neighbour(seconds, 1n), neighbour(seconds, -1n)].map((value) => ({
    seconds: String(value),
    ns: readBack(value),
  }));
  return candidates.reduce((best, other) => (distance(other.ns, ns) < distance(best.ns, ns) ? other : best));
}

/** What libuv makes of a double (`uv__fs_to_timespec` in src/unix/fs.c, 1.52): both parts cut, then no negative rest. */
function readBack(seconds: number): bigint {
  const whole = Math.trunc(seconds);
  return BigInt(whole) * NS_A_SECOND + BigInt(Math.trunc((seconds - whole) * 1e9));
}

const bits = new BigInt64Array(1);
const value = new Float64Array(bits.buffer);

/** The next double further from zero (`step` 1) or nearer to it (-1). */
function neighbour(seconds: number, step: bigint): number {
  if (seconds === 0) return seconds;
  value[0] = seconds;
  bits[0] = (bits[0] ?? 0n) + step;
  return value[0];
}

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
