import type { RandomBytes } from '@holdfast/kernel';

/**
 * Polynomials over GF(2) as `bigint`s: bit i is the coefficient of x^i.
 *
 * restic cuts files with one. We cut with a gear hash instead, but give every repository a valid one, so that restic can add
 * snapshots of its own.
 */

/** restic's Rabin fingerprint wants exactly this degree (github.com/restic/chunker). */
const DEGREE = 53n;

/** A random irreducible polynomial of degree 53. Draws until it finds one: about 27 times. */
export function randomPolynomial(random: RandomBytes): bigint {
  for (;;) {
    const drawn = Buffer.from(random(8)).readBigUInt64LE();
    // The highest and the lowest coefficient are 1: the right degree, and not divisible by x.
    const polynomial = (drawn & ((1n << DEGREE) - 1n)) | (1n << DEGREE) | 1n;
    if (isIrreducible(polynomial)) return polynomial;
  }
}

/** True when no polynomial of lower degree, constants aside, divides it. Ben-Or's test: gcd(f, x^(2^i) - x) = 1 up to half the degree. */
export function isIrreducible(polynomial: bigint): boolean {
  const n = degree(polynomial);
  if (n < 1) return false;
  let power = 2n;
  for (let i = 1; i <= n >> 1; i++) {
    power = remainder(square(power), polynomial);
    if (gcd(polynomial, power ^ 2n) !== 1n) return false;
  }
  return true;
}

function degree(a: bigint): number {
  return a === 0n ? -1 : a.toString(2).length - 1;
}

function remainder(a: bigint, b: bigint): bigint {
  const n = degree(b);
  for (let d = degree(a); d >= n; d = degree(a)) a ^= b << BigInt(d - n);
  return a;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, remainder(a, b)];
  return a;
}

/** Over GF(2) squaring only spreads the coefficients: x^i becomes x^2i. */
function square(a: bigint): bigint {
  return BigInt(`0b${a.toString(2).split('').join('0')}`);
}
