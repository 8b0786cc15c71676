import type { PruneLimits } from '@holdfast/repository';
import { bad } from '#arguments/values.ts';

type MaxUnused = NonNullable<PruneLimits['maxUnused']>;

/** Decimal with a B, as sizes are shown; one letter alone is restic's, as is anything with an i. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** What `5%`, `500MB` or `unlimited` lets stay. */
export function parseMaxUnused(given: string, option: string): MaxUnused {
  if (given === 'unlimited') return 'unlimited';
  const [, digits, unit = ''] = /^(\d{1,9}(?:\.\d{1,6})?) ?([a-z]{0,3}|%)$/i.exec(given) ?? [];
  const number = Number(digits);
  if (digits !== undefined && unit === '%' && number < 100) return { percent: number };
  const factor = UNITS[unit.toLowerCase()];
  const bytes = factor === undefined ? Number.NaN : Math.round(number * factor);
  if (Number.isSafeInteger(bytes)) return { bytes };
  throw bad(option, given, 'a percentage below 100%, a size like 500MB, or unlimited');
}
