import type { Balance } from '@holdfast/contract';
import { formatCount } from './words.ts';

/** `found 12,402 = verified 12,401 + waiting 0 + skipped 1 + failed 0`. */
export function balanceLine({ found, verified, waiting, skipped, failed }: Balance): string {
  const parts = [
    `verified ${formatCount(verified)}`,
    `waiting ${formatCount(waiting)}`,
    `skipped ${formatCount(skipped)}`,
    `failed ${formatCount(failed)}`,
  ];
  return `found ${formatCount(found)} = ${parts.join(' + ')}`;
}
