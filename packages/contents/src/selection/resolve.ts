import type { ItemType } from '@holdfast/contract';
import type { Selection } from '@holdfast/contract/api';
import type { Database } from '../database/database.ts';
import { entryAt, keyIn, pathOf } from '../queries/entries.ts';
import { turn } from '../turn.ts';
import { type Chosen, choose } from './chosen.ts';

/** A selection in the words of a restore. */
export interface Resolved {
  /** Of folders, files and records (`messages/messages.ndjson#KEY`): folders where all in them is meant. */
  readonly paths: readonly string[];
  /** Present: all of these types is meant, and there are no paths. */
  readonly types?: readonly ItemType[];
  /** How many records files have that are meant whole, by path; nothing where types are. */
  readonly recordsIn: ReadonlyMap<string, number>;
  /** 0: nothing is meant. Without paths and types a restore takes everything: do not ask for one. */
  readonly items: number;
  readonly bytes: number;
}

const ROWS_AT_A_TIME = 2000;

/** What a selection means. `inTypes`: the restore takes types, so that all of one needs no paths. */
export async function resolve(
  database: Database,
  selection: Selection,
  { inTypes = false }: { readonly inTypes?: boolean },
  signal: AbortSignal,
): Promise<Resolved> {
  const chosen = await choose(database, selection, signal);
  const { items, bytes } = chosen;
  const { types = [], entries = [], threads = [], days = [], except = [] } = selection;
  if (inTypes && types.length > 0 && entries.length + threads.length + days.length + except.length === 0)
    return { paths: [], types: [...new Set(types)], recordsIn: new Map(), items, bytes };
  const paths: string[] = [];
  const whole = await wholeFolders(database, chosen, paths, signal);
  await eachMarked(database, chosen, signal, (row) => {
    if (!whole.has(Number(row['parent']))) paths.push(pathOf(database, row));
  });
  for (const [made, records] of chosen.records) {
    const file = entryAt(database, made).path;
    for (const n of records) {
      paths.push(`${file}#${keyIn(database.get('SELECT content FROM entry WHERE n = ?', n) ?? {})}`);
      if (paths.length % ROWS_AT_A_TIME === 0) await turn(signal);
    }
  }
  const recordsIn = new Map<string, number>();
  for (const [made, count] of chosen.recordsIn) recordsIn.set(entryAt(database, made).path, count);
  return { paths, recordsIn, items, bytes };
}

type EntryRow = NonNullable<ReturnType<Database['get']>>;

/** Files and links that are chosen, in the order of their numbers. */
async function eachMarked(
  database: Database,
  { marks }: Chosen,
  signal: AbortSignal,
  work: (row: EntryRow) => void,
): Promise<void> {
  for (let from = marks.indexOf(1); from >= 0; from = marks.indexOf(1, from + ROWS_AT_A_TIME)) {
    const rows = database.all(
      'SELECT n, parent, name, what FROM entry WHERE n >= ? AND n < ? AND what > 0 AND what < 4',
      from,
      from + ROWS_AT_A_TIME,
    );
    for (const row of rows) if (marks[Number(row['n'])] === 1) work(row);
    await turn(signal);
  }
}

/** Numbers of the folders of which all is chosen; paths of the outermost of them are added. */
async function wholeFolders(
  database: Database,
  chosen: Chosen,
  paths: string[],
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  // Of each folder, how much of what is in it, at any depth, is chosen.
  const counts = new Uint32Array(chosen.marks.length);
  const add = (folder: number, count: number): void => {
    counts[folder] = (counts[folder] ?? 0) + count;
  };
  await eachMarked(database, chosen, signal, ({ parent }) => add(Number(parent), 1));
  const folders = await allFolders(database, signal);
  // Folders have higher numbers than those they lie in.
  for (let at = folders.length - 3; at >= 0; at -= 3) {
    const [n = 0, parent = 0] = [folders[at], folders[at + 1]];
    if (n > 0) add(parent, counts[n] ?? 0);
  }
  const whole = new Set<number>();
  for (let at = 0; at < folders.length; at += 3) {
    const [n = 0, parent = 0, leaves = 0] = [folders[at], folders[at + 1], folders[at + 2]];
    const isInside = n > 0 && whole.has(parent);
    const isMarked = chosen.marks[n] === 1;
    if (!isInside && !isMarked && (leaves === 0 || counts[n] !== leaves)) continue;
    // All of a backup is in no folder that could be named.
    if (n === 0) continue;
    whole.add(n);
    if (!isInside) paths.push(entryAt(database, n).path);
    if (at % (3 * ROWS_AT_A_TIME) === 0) await turn(signal);
  }
  return whole;
}

/** Of each folder its number, that of the one around it, and how many leaves are in it, one after another: there may be a million. */
async function allFolders(database: Database, signal: AbortSignal): Promise<readonly number[]> {
  const folders: number[] = [];
  for (let last = -1; ; ) {
    const rows = database.all(
      'SELECT folder.n, parent, leaves FROM folder JOIN entry ON entry.n = folder.n WHERE folder.n > ? ORDER BY folder.n LIMIT ?',
      last,
      ROWS_AT_A_TIME,
    );
    for (const { n, parent, leaves } of rows)
      folders.push((last = Number(n)), Number(parent), Number(leaves));
    if (rows.length < ROWS_AT_A_TIME) return folders;
    await turn(signal);
  }
}
