import type { Android } from '@holdfast/testkit/phone';

/** Rows of a simulated phone as records have them: column to text, NULL absent. */
export function rowsOf({ database }: Android, sql: string): readonly Readonly<Record<string, string>>[] {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  return statement.all().map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([, cell]) => cell !== null && !(cell instanceof Uint8Array))
        .map(([name, cell]) => [name, String(cell).toWellFormed()]),
    ),
  );
}

/** Something in pieces. */
export async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}
