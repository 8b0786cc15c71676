import { ITEM_KINDS } from '@holdfast/contract';
import { originalText } from '@holdfast/kernel';
import type { Database, Row } from '../database/database.ts';
import { WHAT } from '../database/schema.ts';
import type { Entry } from '../entry.ts';
import { noEntry } from '../failures.ts';
import { idsIn } from '../words/ids.ts';

/** What an entry is, by its number in the index. */
const WHATS = [
  'folder',
  'file',
  'link',
  'special',
  'record',
] as const satisfies readonly (keyof typeof WHAT)[];

/** The entry with a number. Fails with `contents/missing-entry`. */
export function entryAt(database: Database, n: number): Entry {
  const row = database.get('SELECT * FROM entry WHERE n = ?', n);
  if (row === undefined) throw noEntry(n);
  return entryOf(database, row);
}

/** The entry that a row of `entry` is. */
export function entryOf(database: Database, row: Row): Entry {
  const what = WHATS[Number(row['what'])] ?? 'special';
  return {
    entry: Number(row['n']),
    path: pathOf(database, row),
    name: originalText(String(row['name'])),
    what,
    ...(row['kind'] !== null && { kind: ITEM_KINDS[Number(row['kind'])] ?? 'file' }),
    sizeBytes: Number(row['size'] ?? 0),
    mtime: Number(row['mtime'] ?? 0),
    content: what === 'file' ? idsIn(row['content']) : [],
  };
}

/** The path of a row of `entry`: with its folder's, or the file a record is in. */
export function pathOf(database: Database, row: Row): string {
  const [n, parent, what] = [Number(row['n']), Number(row['parent']), Number(row['what'])];
  if (n === 0) return '';
  if (what === WHAT.record) return `${entryAt(database, parent).path}#${keyIn(row)}`;
  const folder = originalText(
    String(database.get('SELECT path FROM folder WHERE n = ?', parent)?.['path'] ?? ''),
  );
  const name = originalText(String(row['name']));
  return folder === '' ? name : `${folder}/${name}`;
}

/** The key of a record. */
export const keyIn = (row: Row): string =>
  row['content'] instanceof Uint8Array ? Buffer.from(row['content']).toString('hex') : '';
