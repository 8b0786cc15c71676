import { ITEM_TYPES } from '@holdfast/contract';
import type { Answer, Difference } from '@holdfast/contract/api';
import { originalText } from '@holdfast/kernel';
import type { Database, Row } from '../database/database.ts';
import { WHAT } from '../database/schema.ts';
import { badPage } from '../failures.ts';
import { entryAt, pathOf } from '../queries/entries.ts';
import { turn } from '../turn.ts';
import { Differences } from './differences.ts';
import { compareRecords } from './records.ts';

/** Rows that are compared before others get a turn. */
const A_TURN = 1000;

/** Compares an older backup with a newer one: files by path and content, records by their keys. Folders that are the very same are not looked into. */
export async function compare(older: Database, newer: Database): Promise<Differences> {
  const found = new Differences();
  await compareFolders(older, newer, found);
  await compareRecords(older, newer, found);
  return found;
}

/** A page of differences, and how many there are. Fails with `contents/bad-page`. */
export function differencesPage(
  { older, newer }: { readonly older: Database; readonly newer: Database },
  found: Differences,
  query: {
    readonly change?: Difference['change'] | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Answer<'compare'> {
  const { change, after = '0', limit } = query;
  if (!/^\d{1,9}$/.test(after)) throw badPage();
  const { at, next } = found.page(Number(after), limit, change);
  const differences = at.map((each): Difference => {
    const { entry, path, sizeBytes, what } = entryAt(each.change === 'removed' ? older : newer, each.n);
    const database = each.change === 'removed' ? older : newer;
    const title = what === 'record' ? titleOf(database, each.n) : undefined;
    return {
      change: each.change,
      type: ITEM_TYPES[each.type] ?? 'other',
      path,
      ...(title !== undefined && title !== '' && { title }),
      ...(what === 'file' && { sizeBytes }),
      ...(each.change !== 'removed' && { entry }),
    };
  });
  return { counts: found.counts, differences, ...(next !== undefined && { next: String(next) }) };
}

function titleOf(database: Database, n: number): string {
  const name = originalText(String(database.get('SELECT name FROM entry WHERE n = ?', n)?.['name'] ?? ''));
  if (name !== '') return name;
  const text = database.get('SELECT substr(text, 1, 120) AS text FROM message WHERE n = ?', n)?.['text'];
  return originalText(
    String(text ?? database.get('SELECT number FROM record WHERE n = ?', n)?.['number'] ?? ''),
  );
}

type Pair = readonly [older: number | undefined, newer: number | undefined];

/** Both were numbered in the order of their trees: their folders are gone through side by side. */
async function compareFolders(older: Database, newer: Database, found: Differences): Promise<void> {
  const waiting: Pair[] = [[0, 0]];
  let done = 0;
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [a, b] = [inFolder(older, pair[0]), inFolder(newer, pair[1])];
    let [left, right] = [a.next(), b.next()];
    while (!left.done || !right.done) {
      done += 1;
      if (done % A_TURN === 0) await turn();
      const order = left.done ? 1 : right.done ? -1 : orderOf(left.value, right.value);
      const one = order <= 0 && !left.done ? left.value : undefined;
      const other = order >= 0 && !right.done ? right.value : undefined;
      const inside = comparePair(newer, one, other, found);
      if (inside !== undefined) waiting.push(inside);
      if (one !== undefined) left = a.next();
      if (other !== undefined) right = b.next();
    }
  }
}

const ROWS_AT_A_TIME = 500;

function* inFolder(database: Database, folder: number | undefined): Generator<Row, undefined, undefined> {
  const row =
    folder === undefined ? undefined : database.get('SELECT first, count FROM folder WHERE n = ?', folder);
  const first = Number(row?.['first'] ?? 0);
  const end = first + Number(row?.['count'] ?? 0);
  for (let from = first; from < end; from += ROWS_AT_A_TIME)
    yield* database.all(
      'SELECT n, parent, name, what, type, content FROM entry WHERE n >= ? AND n < ?',
      from,
      Math.min(end, from + ROWS_AT_A_TIME),
    );
}

/** As trees are sorted: by the bytes of the names. Escapes of what is no text may be sorted otherwise: then both count, as gone and as new. */
const orderOf = (a: Row, b: Row): number =>
  Buffer.compare(Buffer.from(String(a['name'])), Buffer.from(String(b['name'])));

/** Notes how two entries of one name differ; gives the folders to look into. */
function comparePair(
  newer: Database,
  one: Row | undefined,
  other: Row | undefined,
  found: Differences,
): Pair | undefined {
  const [isFolder, isOtherFolder] = [one?.['what'] === WHAT.folder, other?.['what'] === WHAT.folder];
  if (isFolder && isOtherFolder && isSameContent(one, other)) {
    found.same(itemsIn(newer, Number(other?.['n'])));
    return undefined;
  }
  const isItem = (row: Row | undefined): row is Row => row !== undefined && row['type'] !== null;
  if (isItem(one) && isItem(other)) {
    if (isSameContent(one, other)) found.same(1);
    else found.add('changed', Number(other['n']), Number(other['type']));
  } else if (isItem(one)) found.add('removed', Number(one['n']), Number(one['type']));
  else if (isItem(other)) found.add('added', Number(other['n']), Number(other['type']));
  if (!isFolder && !isOtherFolder) return undefined;
  return [isFolder ? Number(one?.['n']) : undefined, isOtherFolder ? Number(other?.['n']) : undefined];
}

/** Items among the files of a folder at any depth: those that records are made of are none. */
function itemsIn(database: Database, folder: number): number {
  const row = database.get('SELECT n, parent, name, what FROM entry WHERE n = ?', folder) ?? {};
  const [top = ''] = pathOf(database, row).split('/');
  const isOfRecords = database.get('SELECT 1 AS yes FROM made LIMIT 1') !== undefined && top !== 'files';
  return isOfRecords
    ? 0
    : Number(database.get('SELECT items FROM folder WHERE n = ?', folder)?.['items'] ?? 0);
}

function isSameContent(one: Row | undefined, other: Row | undefined): boolean {
  const [a, b] = [one?.['content'], other?.['content']];
  return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
}
