import { decodeName, isFailure, mapOrdered } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';
import { type ContentLink, contentQuery, refusalOf, unrecognisedOutput } from './content-query.ts';
import { parseMarkedRows, parseOneMarked } from './marked-rows.ts';
import { numberRows, numbersOf } from './number-rows.ts';
import type { TableQuery, TableRow } from './read-table.ts';

/** Columns asked for at once. */
const AT_ONCE = 4;

/** A row may come or go between two queries that must fit together: then both are made again. */
const ATTEMPTS = 3;

/** A row as it fills. */
type Filling = Record<string, string>;

/**
 * The rows with these ids that are there from the first query to the last, from a provider that knows its columns only: numbers
 * first, then one text column at a time (see `parseMarkedRows`). Columns in which there is nothing are not asked for, where
 * the provider counts.
 */
export async function readMarkedPage(
  link: ContentLink,
  { uri, shape, where }: TableQuery,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly TableRow[]> {
  const page: Page = { link, uri, id: shape.id, where: within(shape.id, ids, where) };
  const rows = new Map<string, Filling>();
  const texts = [...shape.texts];
  try {
    for (const row of await numbersIn(page, shape.numbers, signal)) rows.set(row['_id'] ?? '', row);
  } catch (error) {
    if (!isFailure(error, DEVICE_FAILURES.unrecognisedOutput) || shape.numbers.length === 0) throw error;
    // Somebody keeps text in one of them.
    for (const row of await numbersIn(page, [], signal)) rows.set(row['_id'] ?? '', row);
    texts.push(...shape.numbers);
  }
  const counts = await countsIn(page, texts, signal);
  const filled = counts === undefined ? texts : texts.filter((_, at) => counts[at] !== '0');
  let at = 0;
  const read = (column: string, reading: AbortSignal): Promise<ReadonlyMap<string, string>> =>
    textColumn(page, column, reading);
  for await (const values of mapOrdered(filled, AT_ONCE, read, signal)) {
    const column = filled[at++] ?? '';
    for (const [id, value] of values) {
      const row = rows.get(id);
      if (row !== undefined) row[column] = value;
    }
  }
  // One that was deleted meanwhile would look as if it had no text.
  const last = new Set((await numbersIn(page, [], signal)).map((row) => row['_id']));
  return [...rows].filter(([id]) => last.has(id)).map(([id, columns]) => ({ id, columns }));
}

/** A range of rows. */
interface Page {
  readonly link: ContentLink;
  readonly uri: string;
  /** What conditions call `_id`. */
  readonly id: string;
  readonly where: string;
}

async function numbersIn(
  { link, uri, where }: Page,
  numbers: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Filling[]> {
  const columns = ['_id', ...numbers];
  const rows = await numberRows(link, { uri, columns, where, sort: '_id ASC' }, signal);
  return rows.map((values) => {
    const row: Filling = {};
    for (const [at, value] of values.entries()) if (value !== undefined) row[columns[at] ?? ''] = value;
    return row;
  });
}

/** How many values there are in each column; `undefined` where the provider does not count. */
async function countsIn(
  { link, uri, where }: Page,
  columns: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly (string | undefined)[] | undefined> {
  if (columns.length === 0) return [];
  try {
    const counts = columns.map((column) => `COUNT(${column})`);
    return await numbersOf(link, { uri, columns: counts, where }, signal);
  } catch (error) {
    if (refusalOf(error) === 'column' || isFailure(error, DEVICE_FAILURES.unrecognisedOutput))
      return undefined;
    throw error;
  }
}

/** The values of a column by `_id`, where there are any. */
async function textColumn(
  page: Page,
  column: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { link, uri, id: idName } = page;
  const present = { ...page, where: `(${column} IS NOT NULL) AND (${page.where})` };
  const ask = async (id: string): Promise<string | undefined> => {
    const query = { uri, columns: ['_id', column], where: `${idName}=${id}` };
    return parseOneMarked(decodeName(await contentQuery(link, query, signal)), id, column);
  };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const ids = (await numbersIn(present, [], signal)).map((row) => row['_id'] ?? '');
    const query = { uri, columns: ['_id', column], where: present.where, sort: '_id ASC' };
    const text = decodeName(await contentQuery(link, query, signal));
    const values = await parseMarkedRows(text, ids, column, ask);
    if (values !== undefined) return new Map(ids.map((id, at) => [id, values[at] ?? '']));
  }
  throw unrecognisedOutput(`content query ${uri}`);
}

/** The condition for a range of ids, which are in order. */
export function within(id: string, ids: readonly string[], where: string | undefined): string {
  const range = `${id}>=${ids[0] ?? 0} AND ${id}<=${ids.at(-1) ?? 0}`;
  return where === undefined ? range : `(${range}) AND (${where})`;
}
