import type { Balance } from '@holdfast/contract';
import { formatCount } from './words.ts';

/** `found 12 = verified 10 + waiting 0 + skipped 1 + failed 1`. */
export function balanceText({ found, verified, waiting, skipped, failed }: Balance): string {
  const [f, v, w, s, x] = [found, verified, waiting, skipped, failed].map(formatCount);
  return `found ${f} = verified ${v} + waiting ${w} + skipped ${s} + failed ${x}`;
}
