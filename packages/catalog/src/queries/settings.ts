import type { Asking } from '../database/asking.ts';
import { originalText, storedText } from '../database/stored-text.ts';

/** The value of a setting; `undefined` when it was never set. */
export async function settingOf({ query }: Asking, key: string): Promise<string | undefined> {
  const row = await query
    .selectFrom('settings')
    .select('value')
    .where('key', '=', storedText(key))
    .executeTakeFirst();
  return row && originalText(row.value);
}

/** All settings, by their keys. */
export async function allSettings({ query }: Asking): Promise<ReadonlyMap<string, string>> {
  const rows = await query.selectFrom('settings').select(['key', 'value']).execute();
  return new Map(rows.map(({ key, value }) => [originalText(key), originalText(value)]));
}

/** Sets a setting; `undefined` removes it. */
export async function changeSetting(
  { query }: Asking,
  key: string,
  value: string | undefined,
): Promise<void> {
  if (value === undefined) {
    await query.deleteFrom('settings').where('key', '=', storedText(key)).execute();
    return;
  }
  const row = { key: storedText(key), value: storedText(value) };
  await query
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: row.value }))
    .execute();
}
