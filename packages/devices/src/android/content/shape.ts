import { decodeName } from '@holdfast/kernel';
import { type ContentLink, contentQuery, refusalOf } from './content-query.ts';
import { hexColumns, parseHexRows } from './hex-rows.ts';
import { numbersOf } from './number-rows.ts';

/** Columns of a table, by what they hold; `_id` is always there and not among them. */
interface Columns {
  /** Whole numbers. */
  readonly numbers: readonly string[];
  /** Text of any kind and length. */
  readonly texts: readonly string[];
}

/** How a provider's table can be read. */
export interface TableShape extends Columns {
  /** Whether the provider computes expressions. */
  readonly computes: boolean;
  /** What conditions call `_id`: another name where tables are joined that have one each. */
  readonly id: string;
}

/** What is known of a table beforehand. */
export interface KnownTable extends Columns {
  readonly id?: string;
  /** Vendors add columns, and they are wanted too. */
  readonly isOpen?: boolean;
}

/**
 * How this phone's table can be read: the columns it has, of those that are known, and for open tables others that its rows show.
 * Vendors drop and add columns, so it is asked. Fails as `contentQuery` does.
 */
export async function shapeOf(
  link: ContentLink,
  uri: string,
  { numbers, texts, id = '_id', isOpen = false }: KnownTable,
  signal?: AbortSignal,
): Promise<TableShape> {
  const known = [...numbers, ...texts];
  const seen = isOpen ? await namesSeen(link, uri, id, signal) : [];
  const columns = new Set(await columnsOf(link, { uri, id }, [...new Set([...known, ...seen])], signal));
  columns.delete('_id');
  const present = (names: readonly string[]): string[] => names.filter((name) => columns.has(name));
  return {
    id,
    computes: await computes(link, uri, id, signal),
    numbers: present(numbers),
    texts: [...present(texts), ...[...columns].filter((name) => !known.includes(name))],
  };
}

/** More refusals than this come from no vendor. */
const MOST_REFUSED = 100;

/** Those of the columns that the provider does not refuse by name. Asked for a row that there is not. */
async function columnsOf(
  link: ContentLink,
  { uri, id }: { readonly uri: string; readonly id: string },
  candidates: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  let columns = candidates;
  for (let refused = 0; ; refused++) {
    try {
      await contentQuery(link, { uri, columns: ['_id', ...columns], where: `${id}=-1` }, signal);
      return columns;
    } catch (error) {
      if (refusalOf(error) !== 'column' || refused === MOST_REFUSED) throw error;
      const name = refusedColumn(error);
      const kept = columns.filter((column) => column !== name);
      if (kept.length === columns.length) throw error;
      columns = kept;
    }
  }
}

/** SQLite's words, and those of `SQLiteQueryBuilder.computeProjection`. */
function refusedColumn(error: unknown): string | undefined {
  const said = (error as { details?: Readonly<Record<string, unknown>> }).details?.['said'];
  return /(?:no such column: |Invalid column '?)(?:\w+\.)?(\w+)/.exec(String(said))?.[1];
}

/**
 * Names in front of a `=` in both the first and the last row. Text of a row may look like one, which seldom does in both, and then
 * the provider refuses it.
 */
async function namesSeen(
  link: ContentLink,
  uri: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  try {
    const ends = await numbersOf(link, { uri, columns: ['MIN(_id)', 'MAX(_id)'] }, signal);
    const rows = ends.filter((end) => end !== undefined);
    let names: Set<string> | undefined;
    for (const row of new Set(rows)) {
      const text = decodeName(await contentQuery(link, { uri, where: `${id}=${row}` }, signal));
      const found = new Set(
        Array.from(text.matchAll(/(?:^Row: 0 |, )([A-Za-z]\w{0,63})=/g), ([, name]) => name ?? ''),
      );
      names = names === undefined ? found : names.intersection(found);
    }
    return [...(names ?? [])].filter((name) => name !== '_id').slice(0, MOST_REFUSED);
  } catch (error) {
    // A row too large to be shown, or sums that this provider does not make: what is known has to do.
    const why = refusalOf(error);
    if (why === 'column' || why === 'too-large') return [];
    throw error;
  }
}

/** Whether the provider computes expressions; asked with a query that has no row. */
async function computes(
  link: ContentLink,
  uri: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const columns = ['_id', ...hexColumns(['_id'])];
    const output = await contentQuery(link, { uri, columns, where: `${id}=-1` }, signal);
    return parseHexRows(decodeName(output), ['_id']) !== undefined;
  } catch (error) {
    if (refusalOf(error) === 'column') return false;
    throw error;
  }
}
