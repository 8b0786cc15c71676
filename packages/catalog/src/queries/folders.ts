import type { Asking } from '../database/asking.ts';
import { originalText, storedText } from '../database/stored-text.ts';

/** So many are enough to choose from. */
const MOST_FOLDERS = 5000;

/** Paths of the folders right inside one, of a device by its number, in order of their names. Files made of records are none. */
export async function foldersIn({ query }: Asking, device: number, under: string): Promise<string[]> {
  const parent = await query
    .selectFrom('folders')
    .select('number')
    .where('device', '=', device)
    .where('path', '=', storedText(under.replace(/\/+$/, '')))
    .executeTakeFirst();
  if (parent === undefined) return [];
  const rows = await query
    .selectFrom('folders')
    .select('path')
    .where('parent', '=', parent.number)
    .where('is_made', '=', 0)
    .orderBy('path')
    .limit(MOST_FOLDERS)
    .execute();
  return rows.map(({ path }) => originalText(path));
}
