import type { Cell, Rows } from '../../provider/provider.ts';

/**
 * Rows as the tool prints them: text as it is, whatever is in it (AOSP Content.java, QueryCommand).
 *
 * Two columns of one name both print the first one's value.
 */
export async function printRows(
  { columns, rows }: Rows,
  print: (text: string) => Promise<void>,
): Promise<void> {
  // AbstractCursor.getColumnIndex: what stands before a last dot does not count, nor does case.
  const shown = columns.map((name) => {
    const wanted = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    return columns.findIndex((each) => each.toLowerCase() === wanted);
  });
  let count = 0;
  for (const row of rows) {
    const cells = columns.map((name, at) => `${name}=${text(row[shown[at] ?? at] ?? null)}`);
    await print(`Row: ${count} ${cells.join(', ')}\n`);
    count += 1;
  }
  if (count === 0) await print('No result found.\n');
}

function text(cell: Cell): string {
  if (cell === null) return 'NULL';
  if (cell instanceof Uint8Array) return 'BLOB';
  if (typeof cell === 'number') return float(cell);
  return typeof cell === 'string' ? cell.replaceAll(/\p{Surrogate}/gu, '?') : String(cell);
}

/** As Java prints a `float`, for whose digits the tool asks. */
function float(value: number): string {
  const short = shortest(Math.fround(value));
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = '', exponent = ''] = Number(short).toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return short.includes('.') ? short : `${short}.0`;
}

/** The fewest digits that are this float again. */
function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return String(candidate);
  }
  return String(value);
}
