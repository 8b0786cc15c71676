import type { Expression, SqlBool } from 'kysely';
import type { Asking } from '../database/asking.ts';
import type { PathRange } from '../ledger/paths.ts';
import { type Item, itemsAt } from './item.ts';
import { holdsText, type ItemFilter, rangesOf } from './item-filter.ts';

/** Where a page begins and how long it may be. */
export interface PageOptions {
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** 1 to {@link MOST_ITEMS}; default 200. */
  readonly limit?: number;
}

/** Items in order of their paths. */
export interface ItemPage {
  readonly items: readonly Item[];
  /** Set when there may be more. A page that was looked for by text may hold fewer than asked for, even none, and yet have a next. */
  readonly next?: string;
}

/** Longest page. */
const MOST_ITEMS = 5000;

/** So many rows are looked through for a text before a page ends: ten milliseconds, as the rows lie anywhere in the file. */
const MOST_LOOKED_AT = 6_000;

/** SQLite's limit of parts of a compound select is 500 (https://www.sqlite.org/limits.html). */
const MOST_PARTS = 300;

type Place = { readonly number: number; readonly path: string };

/** A page of a device's items, by its number in the database. */
export async function pageOfItems(
  asking: Asking,
  device: number,
  filter: ItemFilter,
  { after, limit = 200 }: PageOptions,
): Promise<ItemPage> {
  const most = Math.min(Math.max(1, Math.floor(limit)), MOST_ITEMS);
  const standings = await matchingStandings(asking, device, filter);
  if (standings.count === 0) return { items: [] };
  const ranges = rangesOf(filter.pathPrefix);
  const parts = standings.isAll ? 1 : standings.numbers.length;
  const isFew = filter.text === undefined || standings.count <= MOST_LOOKED_AT;
  const window = { after, most: most + 1 };
  const condition = filter.text === undefined ? undefined : holdsText(filter.text);
  const found: Found =
    isFew && parts * ranges.length <= MOST_PARTS
      ? { places: (await placesIn(asking, device, standings, condition, ranges, window)?.execute()) ?? [] }
      : await byLooking(asking, device, standings, filter.text, ranges, window);
  const places = found.places.slice(0, most);
  const items = await itemsAt(
    asking,
    places.map(({ number }) => number),
  );
  const next = found.places.length > most ? places.at(-1)?.path : found.lookedUpTo;
  return { items, ...(next !== undefined && { next }) };
}

/** The query of the places of a page: ranges of an index, merged; no more of them is read than the page needs. `undefined`: there are none. */
export function placesIn(
  { query }: Pick<Asking, 'query'>,
  device: number,
  { isAll, numbers }: Pick<Matching, 'isAll' | 'numbers'>,
  condition: Expression<SqlBool> | undefined,
  ranges: readonly PathRange[],
  { after, most }: Window,
) {
  const indexes = isAll ? [undefined] : numbers;
  const left = ranges.filter(([, to]) => after === undefined || isBefore(after, to));
  const [first, ...others] = indexes.flatMap((standing) =>
    left.map(([from, to]) => {
      let rows = query.selectFrom('items').select(['number', 'path']);
      rows =
        standing === undefined ? rows.where('device', '=', device) : rows.where('standing', '=', standing);
      // One lower bound: SQLite would begin at either of two.
      rows =
        after === undefined || isBefore(after, from)
          ? rows.where('path', '>=', from)
          : rows.where('path', '>', after);
      rows = rows.where('path', '<', to);
      return condition === undefined ? rows : rows.where(condition);
    }),
  );
  if (first === undefined) return undefined;
  const union = others.reduce((whole, part) => whole.unionAll(part), first);
  return query
    .selectFrom(union.as('places'))
    .select(['places.number', 'places.path'])
    .orderBy('places.path')
    .limit(most);
}

/** In the database's order, which is that of the UTF-8. */
const isBefore = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;

interface Window {
  readonly after: string | undefined;
  readonly most: number;
}

interface Found {
  readonly places: readonly Place[];
  /** Set when looking ended before the end. */
  readonly lookedUpTo?: string;
}

/** Looks through the device's items in order, so many and no more. */
async function byLooking(
  asking: Asking,
  device: number,
  { numbers }: Matching,
  text: string | undefined,
  ranges: readonly PathRange[],
  { after, most }: Window,
): Promise<Found> {
  const all = { isAll: true, numbers: [] };
  const looked = placesIn(asking, device, all, undefined, ranges, { after, most: MOST_LOOKED_AT });
  if (looked === undefined) return { places: [] };
  const last = await looked
    .clearLimit()
    .limit(1)
    .offset(MOST_LOOKED_AT - 1)
    .executeTakeFirst();
  let rows = asking.query
    .selectFrom(looked.as('looked'))
    // Not an inner join: SQLite would be free to begin with the items, all of them.
    .crossJoin('items')
    .whereRef('items.number', '=', 'looked.number')
    .where('items.standing', 'in', numbers)
    .select(['items.number', 'items.path']);
  if (text !== undefined) rows = rows.where(holdsText(text));
  const places = await rows.orderBy('looked.path').limit(most).execute();
  return { places, ...(last !== undefined && { lookedUpTo: last.path }) };
}

/** Standings that a filter lets through. */
interface Matching {
  readonly numbers: readonly number[];
  /** Items that have one of them. */
  readonly count: number;
  /** True when every item of the device has one of them. */
  readonly isAll: boolean;
}

async function matchingStandings(
  { query }: Asking,
  device: number,
  { states, reasons, kinds, isGone }: ItemFilter,
): Promise<Matching> {
  const all = await query
    .selectFrom('standings')
    .selectAll()
    .where('device', '=', device)
    .where('items', '>', 0)
    .execute();
  const matching = all.filter(
    (one) =>
      (states === undefined || (states as readonly string[]).includes(one.state)) &&
      (reasons === undefined || (reasons as readonly string[]).includes(one.reason)) &&
      (kinds === undefined || (kinds as readonly string[]).includes(one.kind)) &&
      (isGone === undefined || isGone === (one.is_gone === 1)),
  );
  return {
    numbers: matching.map(({ number }) => number),
    count: matching.reduce((sum, { items }) => sum + items, 0),
    isAll: matching.length === all.length,
  };
}
