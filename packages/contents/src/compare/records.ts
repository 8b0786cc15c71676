import type { Database, Row } from '../database/database.ts';
import { turn } from '../turn.ts';
import type { Differences } from './differences.ts';

const ROWS_AT_A_TIME = 1000;

/** Records of one key that say something else have another value in `record.fields`: settings, apps, events. */
const COLUMNS = `SELECT entry.n, entry.type, hex(substr(entry.content, 1, 12)) AS key, record.fields
  FROM entry LEFT JOIN record ON record.n = entry.n WHERE entry.n > ? AND what = 4 AND entry.n >= ? ORDER BY entry.n LIMIT ?`;

/** Compares records by their keys: those alike in all of it are counted one by one. */
export async function compareRecords(older: Database, newer: Database, found: Differences): Promise<void> {
  const before = new Map<string, { readonly n: number; readonly says: number }[]>();
  const types = new Map<number, number>();
  await eachRecord(older, (row) => {
    const key = keyOf(row);
    const noted = { n: Number(row['n']), says: hashOf(row['fields']) };
    types.set(noted.n, Number(row['type']));
    const known = before.get(key);
    if (known === undefined) before.set(key, [noted]);
    else known.push(noted);
  });
  await eachRecord(newer, (row) => {
    const [n, type] = [Number(row['n']), Number(row['type'])];
    const known = before.get(keyOf(row))?.pop();
    if (known === undefined) found.add('added', n, type);
    else {
      types.delete(known.n);
      if (known.says === hashOf(row['fields'])) found.same(1);
      else found.add('changed', n, type);
    }
  });
  for (const [n, type] of types) found.add('removed', n, type);
}

async function eachRecord(database: Database, work: (row: Row) => void): Promise<void> {
  // Records have the highest numbers.
  const first = Number(database.get('SELECT max(first + count) AS first FROM folder')?.['first'] ?? 0);
  for (let last = -1; ; ) {
    const rows = database.all(COLUMNS, last, first, ROWS_AT_A_TIME);
    for (const row of rows) {
      last = Number(row['n']);
      work(row);
    }
    if (rows.length < ROWS_AT_A_TIME) return;
    await turn();
  }
}

const keyOf = (row: Row): string => `${String(row['type'])}${String(row['key'])}`;

/** FNV-1a (Fowler, Noll and Vo), 32 bits: for telling whether a text is another. */
function hashOf(text: unknown): number {
  if (typeof text !== 'string') return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
