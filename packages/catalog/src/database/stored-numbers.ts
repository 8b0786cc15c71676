const FIRST_TIME = -(2n ** 63n);
const LAST_TIME = 2n ** 63n - 1n;

/** A time as the database can hold it: devices claim times of any year, 64 bits of nanoseconds reach from 1677 to 2262. */
export function storedTime(ns: bigint): bigint {
  if (ns < FIRST_TIME) return FIRST_TIME;
  return ns > LAST_TIME ? LAST_TIME : ns;
}

/** A size as the database can hold it: beyond 2^53 a device lies. */
export function storedSize(bytes: number): number {
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : Number.MAX_SAFE_INTEGER;
}
