import { type Balance, ITEM_KINDS, type ItemKind, type ItemState } from '@holdfast/contract';
import type { Asking } from '../database/asking.ts';

/** A device's items, counted. Each item is in one of the counts of a balance, and in no other. */
export interface DeviceBalance {
  /** On the device, as far as the last listings say. */
  readonly present: Balance;
  /** No longer on the device. */
  readonly gone: Balance;
  /** {@link present} by kind; kinds of which there are none are left out. */
  readonly byKind: Readonly<Partial<Record<ItemKind, Balance>>>;
}

/** The counts of a device, by its number: kept up to date by the database itself, so this costs the same for any number of items. */
export async function balanceOf({ query }: Asking, device: number): Promise<DeviceBalance> {
  const rows = await query
    .selectFrom('standings')
    .selectAll()
    .where('device', '=', device)
    .where('items', '>', 0)
    .execute();
  const present = rows.filter(({ is_gone }) => is_gone === 0);
  const kinds = ITEM_KINDS.filter((kind) => present.some((row) => row.kind === kind));
  return {
    present: sumOf(present),
    gone: sumOf(rows.filter(({ is_gone }) => is_gone === 1)),
    byKind: Object.fromEntries(
      kinds.map((kind) => [kind, sumOf(present.filter((row) => row.kind === kind))]),
    ),
  };
}

function sumOf(rows: readonly { readonly state: string; readonly items: number }[]): Balance {
  const of = (state: ItemState): number =>
    rows.reduce((sum, row) => (row.state === state ? sum + row.items : sum), 0);
  return {
    found: rows.reduce((sum, { items }) => sum + items, 0),
    verified: of('verified'),
    waiting: of('waiting'),
    skipped: of('skipped'),
    failed: of('failed'),
  };
}
