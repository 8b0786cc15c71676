import type { ItemState } from './states.ts';

/** Items by state; `found` is always the sum of the others. */
export interface Balance extends Readonly<Record<ItemState, number>> {
  readonly found: number;
}

/** True when every item found is in exactly one state. */
export function balances({ found, verified, waiting, skipped, failed }: Balance): boolean {
  return found === verified + waiting + skipped + failed;
}
