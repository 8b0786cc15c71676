import { concatBytes, decodeName, isFailure, mapOrdered } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';
import { type ContentLink, contentQuery, unrecognisedOutput } from './content-query.ts';
import { type ContentRow, type HexRow, hexColumns, hexPiece, PIECE_BYTES, parseHexRows } from './hex-rows.ts';
import { parseMarkedRows, parseOneMarked } from './marked-rows.ts';

/** What to read of a provider's table. */
export interface TableQuery {
  readonly uri: string;
  /** Columns that hold whole numbers; `_id` is always there. */
  readonly numbers: readonly string[];
  /** Columns that hold text, of any kind and length. */
  readonly texts: readonly string[];
  /** SQL. */
  readonly where?: string;
}

/** Rows asked for at a time where a provider can be asked for some. */
const PAGE_ROWS = 500;

/** Queries for one column run so many at a time: each starts a program on the phone. */
const ASKED_AT_ONCE = 4;

/** A row may come or go between two queries that must fit together: then both are made again. */
const ATTEMPTS = 3;

/**
 * All rows of a provider's table, by `_id`, every value exact: line ends, `=`, commas, forged rows, NULL apart from "NULL".
 *
 * Providers that compute expressions (messages) are asked for hexadecimal, page by page. The others are asked for numbers
 * first and then for one text column at a time; see `parseMarkedRows`. Which it is shows when they are asked. Fails as
 * `contentQuery` does, and with `devices/unrecognised-output`.
 */
export async function* readTable(
  link: ContentLink,
  query: TableQuery,
  signal?: AbortSignal,
): AsyncGenerator<ContentRow, void, undefined> {
  if (await computes(link, query, signal)) yield* readHex(link, query, signal);
  else yield* readMarked(link, query, signal);
}

/** Whether the provider computes expressions; asked with a query that has one row at most. */
async function computes(link: ContentLink, { uri }: TableQuery, signal?: AbortSignal): Promise<boolean> {
  const columns = ['_id', ...hexColumns(['_id'])];
  try {
    const output = await contentQuery(link, { uri, columns, sort: '_id ASC LIMIT 1' }, signal);
    return parseHexRows(decodeName(output), ['_id']) !== undefined;
  } catch (error) {
    if (isFailure(error, DEVICE_FAILURES.refusedQuery) && error.details['why'] === 'column') return false;
    throw error;
  }
}

async function* readHex(
  link: ContentLink,
  { uri, numbers, texts, where }: TableQuery,
  signal: AbortSignal | undefined,
): AsyncGenerator<ContentRow, void, undefined> {
  const columns = [...numbers, ...texts].filter((column) => column !== '_id');
  for (let after: string | undefined = '-1'; after !== undefined; ) {
    const page = {
      uri,
      columns: ['_id', ...hexColumns(columns)],
      where: both(`_id>${after}`, where),
      sort: `_id ASC LIMIT ${PAGE_ROWS}`,
    };
    const rows: HexRow[] | undefined = parseHexRows(
      decodeName(await contentQuery(link, page, signal)),
      columns,
    );
    if (rows === undefined) throw unrecognisedOutput(`content query ${uri}`);
    for (const row of rows) yield await whole(link, uri, row, signal);
    // Not by the count: a provider may be unwilling to give so many at a time.
    after = rows.at(-1)?.id;
  }
}

/** The row with all of its long values. */
async function whole(
  link: ContentLink,
  uri: string,
  { id, values }: HexRow,
  signal: AbortSignal | undefined,
): Promise<ContentRow> {
  const row = new Map([['_id', id]]);
  for (const [column, { bytes, sizeBytes }] of values) {
    const pieces = [bytes];
    for (let from = PIECE_BYTES; from < sizeBytes; from += PIECE_BYTES)
      pieces.push(await pieceOf(link, uri, id, column, from, signal));
    row.set(column, decodeName(pieces.length === 1 ? bytes : concatBytes(pieces)));
  }
  return row;
}

async function pieceOf(
  link: ContentLink,
  uri: string,
  id: string,
  column: string,
  from: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const label = hexPiece(column, from);
  const query = { uri, columns: [label], where: `_id=${id}` };
  const text = decodeName(await contentQuery(link, query, signal)).trimEnd();
  const start = `Row: 0 ${label}=`;
  const digits = text.slice(start.length);
  if (!text.startsWith(start) || !/^([0-9A-F]{2})*$/.test(digits))
    throw unrecognisedOutput(`content query ${uri}`);
  return Uint8Array.fromHex(digits);
}

async function* readMarked(
  link: ContentLink,
  { uri, numbers, texts, where }: TableQuery,
  signal: AbortSignal | undefined,
): AsyncGenerator<ContentRow, void, undefined> {
  const rows = await numberRows(
    link,
    { uri, numbers, texts: [], ...(where !== undefined && { where }) },
    signal,
  );
  const read = (column: string, reading: AbortSignal): Promise<ReadonlyMap<string, string>> =>
    textColumn(link, uri, column, where, reading);
  let at = 0;
  for await (const values of mapOrdered(texts, ASKED_AT_ONCE, read, signal)) {
    const column = texts[at++] ?? '';
    for (const [id, value] of values) rows.get(id)?.set(column, value);
  }
  yield* rows.values();
}

async function numberRows(
  link: ContentLink,
  { uri, numbers, where }: TableQuery,
  signal: AbortSignal | undefined,
): Promise<Map<string, Map<string, string>>> {
  const columns = ['_id', ...numbers.filter((column) => column !== '_id')];
  const rows = new Map<string, Map<string, string>>();
  const query = { uri, columns, sort: '_id ASC', ...(where !== undefined && { where }) };
  const text = decodeName(await contentQuery(link, query, signal));
  for (const line of text === '' ? [] : text.replace(/\r?\n$/, '').split('\n')) {
    const start = `Row: ${rows.size} `;
    const fields = line.replace(/\r$/, '').slice(start.length).split(', ');
    if (!line.startsWith(start) || fields.length !== columns.length)
      throw unrecognisedOutput(`content query ${uri}`);
    const row = new Map<string, string>();
    for (const [at, column] of columns.entries()) {
      const value = new RegExp(`^${column}=(NULL|-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?)$`).exec(
        fields[at] ?? '',
      )?.[1];
      if (value === undefined) throw unrecognisedOutput(`content query ${uri}`);
      if (value !== 'NULL') row.set(column, value);
    }
    rows.set(row.get('_id') ?? '', row);
  }
  return rows;
}

/** The values of a column by `_id`, where there are any. */
async function textColumn(
  link: ContentLink,
  uri: string,
  column: string,
  where: string | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const present = both(`${column} IS NOT NULL`, where);
  const ask = async (id: string): Promise<string | undefined> => {
    const query = { uri, columns: ['_id', column], where: `_id=${id}` };
    return parseOneMarked(decodeName(await contentQuery(link, query, signal)), id, column);
  };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const listed = await numberRows(link, { uri, numbers: [], texts: [], where: present }, signal);
    const ids = [...listed.keys()];
    const query = { uri, columns: ['_id', column], where: present, sort: '_id ASC' };
    const text = decodeName(await contentQuery(link, query, signal));
    const values = await parseMarkedRows(text, ids, column, ask);
    if (values !== undefined) return new Map(ids.map((id, at) => [id, values[at] ?? '']));
  }
  throw unrecognisedOutput(`content query ${uri}`);
}

/** Both conditions. */
const both = (one: string, other: string | undefined): string =>
  other === undefined ? one : `(${one}) AND (${other})`;
