/** So many bytes of a value are asked for with its row: what Android hands over at a time has 2 MiB, in which a row must fit. */
export const PIECE_BYTES = 100_000;

/** Bytes of a column from one on, as hexadecimal: no text can forge anything in it. */
export const hexPiece = (column: string, from: number): string =>
  `hex(substr(cast(${column} as blob),${from + 1},${PIECE_BYTES}))`;

/** What to ask of a provider that computes expressions, for each column: NULL or not, its length, and its first bytes. */
export const hexColumns = (columns: readonly string[]): readonly string[] =>
  columns.flatMap((column) => [typeOf(column), lengthOf(column), hexPiece(column, 0)]);

const typeOf = (column: string): string => `typeof(${column})`;
const lengthOf = (column: string): string => `length(cast(${column} as blob))`;

/** A row whose long values are there only so far. */
export interface HexRow {
  readonly id: string;
  /** Bytes by column: as many as came with the row. */
  readonly values: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly sizeBytes: number }>;
}

/** The rows that a query for `_id` and {@link hexColumns} printed; `undefined` when the text is anything else. */
export function parseHexRows(text: string, columns: readonly string[]): HexRow[] | undefined {
  if (text === '') return [];
  const rows: HexRow[] = [];
  for (const line of text.replace(/\r?\n$/, '').split('\n')) {
    const row = parseRow(line.replace(/\r$/, ''), rows.length, columns);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return rows;
}

function parseRow(line: string, number: number, columns: readonly string[]): HexRow | undefined {
  const start = `Row: ${number} `;
  if (!line.startsWith(start)) return undefined;
  const [idField = '', ...fields] = line.slice(start.length).split(', ');
  const id = valueOf(idField, '_id');
  if (id === undefined || !/^\d+$/.test(id) || fields.length !== columns.length * 3) return undefined;
  const values = new Map<string, { bytes: Uint8Array; sizeBytes: number }>();
  for (const [at, column] of columns.entries()) {
    const type = valueOf(fields[at * 3] ?? '', typeOf(column));
    const length = valueOf(fields[at * 3 + 1] ?? '', lengthOf(column));
    const digits = valueOf(fields[at * 3 + 2] ?? '', hexPiece(column, 0));
    if (type === 'null') continue;
    if (!/^(integer|real|text|blob)$/.test(type ?? '') || !/^\d+$/.test(length ?? '')) return undefined;
    if (!/^([0-9A-F]{2})*$/.test(digits ?? '-')) return undefined;
    values.set(column, { bytes: Uint8Array.fromHex(digits ?? ''), sizeBytes: Number(length) });
  }
  return { id, values };
}

/** The value of a field `label=value`. */
function valueOf(field: string, label: string): string | undefined {
  return field.startsWith(`${label}=`) ? field.slice(label.length + 1) : undefined;
}
