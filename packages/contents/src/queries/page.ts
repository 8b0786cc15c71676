import type { Row } from '../database/database.ts';
import { badPage } from '../failures.ts';

/** The number that an `after` is. Fails with `contents/bad-page`. */
export function numberIn(after: string): number {
  if (!/^\d{1,15}$/.test(after)) throw badPage();
  return Number(after);
}

/** Where to go on, when one row more than `limit` was found: behind the last of the page. */
export function pageOf(rows: readonly Row[], limit: number, column = 'n'): { next?: string } {
  const last = rows.length > limit ? rows[limit - 1]?.[column] : undefined;
  return last === undefined ? {} : { next: String(last) };
}
