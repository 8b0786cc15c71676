import type { RandomBytes } from '@holdfast/kernel';

/** Letters and digits that nobody takes for another one on paper: no i, l, 1, o, 0. */
const SYMBOLS = 'abcdefghjkmnpqrstuvwxyz23456789';

const GROUPS = 6;
const GROUP_LENGTH = 5;

/** A random password of 148 bits that can be copied from paper: `k3m9x-…`, six groups of five. */
export function newPassword(random: RandomBytes): string {
  const groups = Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => randomSymbol(random)).join(''),
  );
  return groups.join('-');
}

/** Every symbol is as likely as any other: bytes past the last whole multiple are thrown away. */
function randomSymbol(random: RandomBytes): string {
  const limit = 256 - (256 % SYMBOLS.length);
  for (;;) {
    const [byte = 255] = random(1);
    if (byte < limit) return SYMBOLS.charAt(byte % SYMBOLS.length);
  }
}
