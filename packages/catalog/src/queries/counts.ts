import type { ItemKind, ItemState, ReasonCode } from '@holdfast/contract';
import type { Asking } from '../database/asking.ts';

/** How many items of a device are of one kind and in one state for one reason. */
export interface ItemCount {
  readonly kind: ItemKind;
  readonly state: ItemState;
  readonly reason: ReasonCode;
  readonly isGone: boolean;
  readonly items: number;
}

/** The counts of a device, by its number, the largest first; the database keeps them, so this costs the same for any number of items. */
export async function countsOf({ query }: Asking, device: number): Promise<ItemCount[]> {
  const rows = await query
    .selectFrom('standings')
    .selectAll()
    .where('device', '=', device)
    .where('items', '>', 0)
    .orderBy('items', 'desc')
    .orderBy('number')
    .execute();
  return rows.map(({ kind, state, reason, is_gone, items }) => ({
    kind: kind as ItemKind,
    state: state as ItemState,
    reason: reason as ReasonCode,
    isGone: is_gone === 1,
    items,
  }));
}
