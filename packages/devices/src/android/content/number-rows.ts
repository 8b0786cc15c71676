import { decodeName } from '@holdfast/kernel';
import { type ContentLink, type ContentQuery, contentQuery, unrecognisedOutput } from './content-query.ts';

const NUMBER = /^(?:NULL|-?\d+(?:\.\d+)?(?:E-?\d+)?)$/;

/**
 * The rows that a query for columns of numbers printed, each its values in the columns' order, `undefined` for NULL; or
 * `undefined` when the text is anything else.
 */
export function parseNumberRows(
  text: string,
  columns: readonly string[],
): (string | undefined)[][] | undefined {
  if (text === '') return [];
  const rows: (string | undefined)[][] = [];
  const labels = columns.map((column) => `${column}=`);
  for (const printed of text.replace(/\r?\n$/, '').split('\n')) {
    const line = printed.replace(/\r$/, '');
    const start = `Row: ${rows.length} `;
    if (!line.startsWith(start)) return undefined;
    const fields = line.slice(start.length).split(', ');
    if (fields.length !== labels.length) return undefined;
    const row: (string | undefined)[] = [];
    for (const [at, label] of labels.entries()) {
      const field = fields[at] ?? '';
      const value = field.slice(label.length);
      if (!field.startsWith(label) || !NUMBER.test(value)) return undefined;
      row.push(value === 'NULL' ? undefined : value);
    }
    rows.push(row);
  }
  return rows;
}

/** The one row of a query for sums and the like. Fails as `contentQuery` does, and with `devices/unrecognised-output`. */
export async function numbersOf(
  link: ContentLink,
  query: ContentQuery & { readonly columns: readonly string[] },
  signal?: AbortSignal,
): Promise<readonly (string | undefined)[]> {
  const [row, ...more] = await numberRows(link, query, signal);
  if (row === undefined || more.length > 0) throw unrecognisedOutput(`content query ${query.uri}`);
  return row;
}

/** All rows of a query for numbers. Fails as `contentQuery` does, and with `devices/unrecognised-output`. */
export async function numberRows(
  link: ContentLink,
  query: ContentQuery & { readonly columns: readonly string[] },
  signal?: AbortSignal,
): Promise<readonly (readonly (string | undefined)[])[]> {
  const rows = parseNumberRows(decodeName(await contentQuery(link, query, signal)), query.columns);
  if (rows === undefined) throw unrecognisedOutput(`content query ${query.uri}`);
  return rows;
}
