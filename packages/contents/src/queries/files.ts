import { ITEM_KINDS } from '@holdfast/contract';
import type { Answer, FileEntry } from '@holdfast/contract/api';
import { originalText } from '@holdfast/kernel';
import type { Database, Row } from '../database/database.ts';
import { WHAT } from '../database/schema.ts';
import { badPage, noEntry } from '../failures.ts';
import { inRange, timeText } from '../words/zone.ts';
import { numberIn, pageOf } from './page.ts';

/** Above that many folders the outermost are not named. */
const MOST_ABOVE = 200;

const COLUMNS = `entry.n, entry.name, entry.what, entry.kind, entry.size, entry.mtime, folder.items`;

/** A page of a folder: its folders first, then its files, by name. Absent: the folder a person begins in. Fails with `contents/missing-entry`. */
export function filesIn(
  database: Database,
  folder: number | undefined,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Answer<'files'> {
  const start = Number(database.get("SELECT value FROM meta WHERE key = 'start'")?.['value'] ?? 0);
  const parent = folder ?? start;
  const above = database.get('SELECT path FROM folder WHERE n = ?', parent);
  if (above === undefined) throw noEntry(parent);
  const path = originalText(String(above['path']));
  const last = after === undefined ? undefined : lastOf(database, parent, after);
  const rows = database.all(
    `SELECT ${COLUMNS} FROM entry LEFT JOIN folder ON folder.n = entry.n
     WHERE parent = ? AND ((what > 0), name COLLATE NOCASE, entry.n) > (?, ?, ?) AND what < 4 AND entry.n > 0
     ORDER BY (what > 0), name COLLATE NOCASE, entry.n LIMIT ?`,
    parent,
    last === undefined ? -1 : Number(last['what']) > 0 ? 1 : 0,
    last === undefined ? '' : String(last['name']),
    last === undefined ? -1 : Number(last['n']),
    limit + 1,
  );
  const entries = rows.slice(0, limit).map((row) => fileEntry(row, path));
  return { above: foldersAbove(database, parent, start), entries, ...pageOf(rows, limit) };
}

function lastOf(database: Database, parent: number, after: string): Row {
  const row = database.get(
    'SELECT n, what, name FROM entry WHERE n = ? AND parent = ?',
    numberIn(after),
    parent,
  );
  if (row === undefined) throw badPage();
  return row;
}

const NAMED = ['folder', 'file', 'link', 'file'] as const;

function fileEntry(row: Row, above: string): FileEntry {
  const name = originalText(String(row['name']));
  const what = NAMED[Number(row['what'])] ?? 'file';
  return {
    entry: Number(row['n']),
    name,
    path: above === '' ? name : `${above}/${name}`,
    what,
    ...(row['kind'] !== null && { kind: ITEM_KINDS[Number(row['kind'])] ?? 'file' }),
    ...(row['size'] !== null && { sizeBytes: Number(row['size']) }),
    ...(row['mtime'] !== null && { modified: timeText(inRange(Number(row['mtime']))) }),
    ...(what === 'folder' && { items: Number(row['items'] ?? 0) }),
  };
}

/** The folders that one lies in, and itself, outermost first: from where a person begins. */
function foldersAbove(database: Database, folder: number, start: number): { entry: number; name: string }[] {
  const above: { entry: number; name: string }[] = [];
  for (let at = folder; at !== start && at !== 0 && above.length < MOST_ABOVE; ) {
    const row = database.get('SELECT name, parent FROM entry WHERE n = ? AND what = ?', at, WHAT.folder);
    above.unshift({ entry: at, name: originalText(String(row?.['name'] ?? '')) });
    at = Number(row?.['parent'] ?? 0);
  }
  return above;
}
