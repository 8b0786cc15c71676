import { concatBytes, decodeName } from '@holdfast/kernel';
import { type ContentLink, contentQuery, unrecognisedOutput } from './content-query.ts';
import { type HexRow, hexColumns, hexPiece, PIECE_BYTES, parseHexRows } from './hex-rows.ts';
import { within } from './marked-page.ts';
import type { TableQuery, TableRow } from './read-table.ts';

/**
 * The rows with these ids that are still there, from a provider that computes expressions: all of their values in one query, but
 * for long ones. Without ids: all rows.
 */
export async function readHexPage(
  link: ContentLink,
  { uri, shape, where }: TableQuery,
  ids: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<readonly TableRow[]> {
  const columns = [...shape.numbers, ...shape.texts];
  const condition = ids === undefined ? where : within(shape.id, ids, where);
  const query = {
    uri,
    columns: ['_id', ...hexColumns(columns)],
    sort: '_id ASC',
    ...(condition !== undefined && { where: condition }),
  };
  const rows = parseHexRows(decodeName(await contentQuery(link, query, signal)), columns);
  if (rows === undefined) throw unrecognisedOutput(`content query ${uri}`);
  const whole: TableRow[] = [];
  for (const row of rows) whole.push(await wholeRow(link, uri, shape.id, row, signal));
  return whole;
}

/** The row with all of its long values. */
async function wholeRow(
  link: ContentLink,
  uri: string,
  idName: string,
  { id, values }: HexRow,
  signal: AbortSignal | undefined,
): Promise<TableRow> {
  const columns: Record<string, string> = { _id: id };
  for (const [column, { bytes, sizeBytes }] of values) {
    const pieces = [bytes];
    for (let from = PIECE_BYTES; from < sizeBytes; from += PIECE_BYTES)
      pieces.push(await pieceOf(link, { uri, where: `${idName}=${id}` }, hexPiece(column, from), signal));
    const all = pieces.length === 1 ? bytes : concatBytes(pieces);
    // It was longer or shorter a moment ago.
    if (all.length !== sizeBytes) throw unrecognisedOutput(`content query ${uri}`);
    columns[column] = decodeName(all);
  }
  return { id, columns };
}

async function pieceOf(
  link: ContentLink,
  query: { readonly uri: string; readonly where: string },
  label: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const text = decodeName(await contentQuery(link, { ...query, columns: [label] }, signal)).trimEnd();
  const start = `Row: 0 ${label}=`;
  const digits = text.slice(start.length);
  if (!text.startsWith(start) || !/^([0-9A-F]{2})*$/.test(digits))
    throw unrecognisedOutput(`content query ${query.uri}`);
  return Uint8Array.fromHex(digits);
}
