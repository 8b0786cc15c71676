import { decodeName } from '@holdfast/kernel';
import { type ContentLink, contentQuery } from './content-query.ts';
import { parseNumberRows } from './number-rows.ts';
import type { TableQuery, TableRow } from './read-table.ts';

/**
 * The rows with exactly these ids, whose only text stands last in its line, where that is plain: every line is a row, and no text
 * is `NULL`, which could be none. `undefined` where it is not.
 */
export function parsePlainRows(
  text: string,
  ids: readonly string[],
  numbers: readonly string[],
  column: string,
): readonly TableRow[] | undefined {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  if (lines.length !== ids.length) return undefined;
  const label = `, ${column}=`;
  const rows: TableRow[] = [];
  for (const [at, line] of lines.entries()) {
    const before = line.indexOf(label);
    const value = line.slice(before + label.length);
    // As the only row: its number is checked here.
    const start = `Row: ${at} `;
    if (before < 0 || value === 'NULL' || !line.startsWith(start)) return undefined;
    const names = ['_id', ...numbers];
    const [values] = parseNumberRows(`Row: 0 ${line.slice(start.length, before)}`, names) ?? [];
    const [id] = values ?? [];
    if (values === undefined || id === undefined || id !== ids[at]) return undefined;
    const columns: Record<string, string> = {};
    for (const [place, each] of values.entries()) if (each !== undefined) columns[names[place] ?? ''] = each;
    rows.push({ id, columns: { ...columns, [column]: value } });
  }
  return rows;
}

/** Such rows, asked for; `undefined` too for a table with no text column, or with several. Fails as `contentQuery` does. */
export async function readPlainRows(
  link: ContentLink,
  { uri, shape, where }: TableQuery,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly TableRow[] | undefined> {
  const [column, ...more] = shape.texts;
  if (column === undefined || more.length > 0) return undefined;
  const query = {
    uri,
    columns: ['_id', ...shape.numbers, column],
    sort: '_id ASC',
    ...(where !== undefined && { where }),
  };
  return parsePlainRows(decodeName(await contentQuery(link, query, signal)), ids, shape.numbers, column);
}
