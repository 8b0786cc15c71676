import { isFailure } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';
import { type ContentLink, refusalOf } from './content-query.ts';
import { readHexPage } from './hex-page.ts';
import { readMarkedPage } from './marked-page.ts';
import { numberRows, numbersOf } from './number-rows.ts';
import { readPlainRows } from './plain-rows.ts';
import type { TableShape } from './shape.ts';

/** A row: text by column. A column without a value (SQL's NULL) is not there. */
export interface TableRow {
  readonly id: string;
  readonly columns: Readonly<Record<string, string>>;
  /** Why it could not be read, in the phone's words: then it has no columns. */
  readonly problem?: string;
}

/** Which rows of a provider's table. */
export interface TableQuery {
  readonly uri: string;
  readonly shape: TableShape;
  /** SQL. */
  readonly where?: string;
}

/** Rows read at a time: those with expressions are long, and those with marks cost many queries each time. */
const HEX_PAGE_ROWS = 500;
const MARKED_PAGE_ROWS = 10_000;

/** With so many rows unreadable and none read, it is not the rows. */
const MOST_IN_VAIN = 3;

/**
 * All rows of a provider's table that are there at the beginning and at the end, by `_id`, every value exact: line ends, `=`, commas,
 * forged rows, NULL apart from "NULL". A row that alone cannot be read comes with its problem.
 *
 * Providers that compute expressions (messages) are asked for hexadecimal. The others are asked for numbers first and then
 * for one text column at a time. Fails as `contentQuery` does, and with `devices/unrecognised-output`.
 */
export async function* readTable(
  link: ContentLink,
  query: TableQuery,
  signal?: AbortSignal,
): AsyncGenerator<TableRow, void, undefined> {
  const ids = await idsOf(link, query, signal);
  const { computes } = query.shape;
  const read = computes ? readHexPage : readMarkedPage;
  const pageRows = computes ? HEX_PAGE_ROWS : MARKED_PAGE_ROWS;
  const failures = { inVain: 0, isRead: false };
  // Last first, as they are taken from the end.
  const pages: (readonly string[])[] = [];
  for (let at = 0; at < ids.length; at += pageRows) pages.unshift(ids.slice(at, at + pageRows));
  for (let page = pages.pop(); page !== undefined; page = pages.pop()) {
    try {
      const rows = await read(link, query, page, signal);
      failures.isRead ||= rows.length > 0;
      yield* rows;
    } catch (error) {
      if (!isOfRows(error)) throw error;
      const half = Math.ceil(page.length / 2);
      if (page.length > 1) {
        pages.push(page.slice(half), page.slice(0, half));
        continue;
      }
      failures.inVain += 1;
      if (!failures.isRead && failures.inVain === MOST_IN_VAIN) throw error;
      yield { id: page[0] ?? '', columns: {}, problem: saidBy(error) };
    }
  }
}

/**
 * The rows of a table that has few: in one query where the provider computes expressions, in two where it does not and nothing in
 * a row can be taken for another.
 */
export async function readFew(
  link: ContentLink,
  query: TableQuery,
  signal?: AbortSignal,
): Promise<readonly TableRow[]> {
  if (query.shape.computes) return readHexPage(link, query, undefined, signal);
  const ids = await idsOf(link, query, signal);
  return (await readPlainRows(link, query, ids, signal)) ?? Array.fromAsync(readTable(link, query, signal));
}

/** The rows' ids, in order. */
async function idsOf(
  link: ContentLink,
  { uri, where }: { readonly uri: string; readonly where?: string },
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const query = { uri, columns: ['_id'], sort: '_id ASC', ...(where !== undefined && { where }) };
  const rows = await numberRows(link, query, signal);
  return rows.map(([id = '']) => id);
}

/** How many rows there are. */
export async function countOf(
  link: ContentLink,
  { uri, where }: { readonly uri: string; readonly where?: string },
  signal?: AbortSignal,
): Promise<number> {
  try {
    const query = { uri, columns: ['COUNT(_id)'], ...(where !== undefined && { where }) };
    const [count] = await numbersOf(link, query, signal);
    return Number(count ?? 0);
  } catch (error) {
    if (refusalOf(error) !== 'column' && !isFailure(error, DEVICE_FAILURES.unrecognisedOutput)) throw error;
    return (await idsOf(link, { uri, ...(where !== undefined && { where }) }, signal)).length;
  }
}

/** Trouble that may lie in one of the rows. */
function isOfRows(error: unknown): boolean {
  const why = refusalOf(error);
  return (
    why === 'too-large' || why === 'unrecognised' || isFailure(error, DEVICE_FAILURES.unrecognisedOutput)
  );
}

function saidBy(error: unknown): string {
  if (!isFailure(error)) return '';
  const { said } = error.details;
  return typeof said === 'string' ? said : error.message;
}
