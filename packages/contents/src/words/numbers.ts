/** So many last digits are the same however a number is written: without its country, or with. */
const TAIL = 8;
/** Numbers with fewer digits are compared as a whole: services. */
const SHORTEST = 7;

/** A number's digits, or what else an address is, in lower case. */
export function addressKey(address: string): string {
  const trimmed = address.trim().toLowerCase();
  if (/[a-z@]/.test(trimmed)) return trimmed;
  const digits = trimmed.replace(/\D/g, '').replace(/^00/, '');
  return digits === '' ? trimmed : digits;
}

/** What two ways to write one number have in common; of a service or an e-mail address, all of it. */
export function tailOf(key: string): string {
  return /^\d+$/.test(key) && key.length > SHORTEST ? key.slice(-TAIL) : key;
}

/** The same for everyone in a thread, but with a digit more: threads are never put together by mistake. */
export function threadKeyOf(address: string): string {
  const key = addressKey(address);
  return /^\d+$/.test(key) && key.length > SHORTEST ? key.slice(-TAIL - 1) : key;
}

/** How many last digits two numbers share. */
export function sharedDigits(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared;
}
