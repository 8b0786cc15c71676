import type { ItemType } from '@holdfast/contract';
import type { Selection } from '@holdfast/contract/api';
import { TYPE_OF_FILE } from '@holdfast/devices';
import { typeNumber } from '../build/draft.ts';
import type { Database } from '../database/database.ts';
import { PLACES, WHAT } from '../database/schema.ts';
import { turn } from '../turn.ts';
import { countChosen } from './count-chosen.ts';
import { MARK, Marks } from './marks.ts';
import { SingleRecords } from './single-records.ts';

/** What of a backup is chosen, by number. */
export interface Chosen {
  /** 1 for each file or link that is chosen, and each folder of which all is, by its number. */
  readonly marks: Uint8Array;
  /** Records that are chosen one by one, by the file they are in, in order. */
  readonly records: ReadonlyMap<number, ReadonlySet<number>>;
  /** How many records the files have that are chosen whole, by number. */
  readonly recordsIn: ReadonlyMap<number, number>;
  /** Files, links and records; what belongs to a record that is chosen with it is none of its own. */
  readonly items: number;
  readonly bytes: number;
}

const ROWS_AT_A_TIME = 2000;

const FILE_TYPES: ReadonlySet<ItemType> = new Set(Object.values(TYPE_OF_FILE));

/** Marks what a selection means. Numbers that nothing has are passed over. */
export async function choose(database: Database, selection: Selection, signal: AbortSignal): Promise<Chosen> {
  const entries = Number(database.get("SELECT value FROM meta WHERE key = 'entries'")?.['value'] ?? 0);
  const choosing = new Choosing(database, entries);
  const { types = [], entries: numbers = [], threads = [], days = [], except = [] } = selection;
  const wanted = new Set(types);
  for (const thread of threads) await choosing.addThread(thread, signal);
  for (const day of days) await choosing.addDay(day, signal);
  for (const type of wanted) if (!FILE_TYPES.has(type)) await choosing.addFolderNamed(type, signal);
  // Folders have lower numbers than what is in them: the nearest has the last word.
  const named = [
    ...numbers.map((n) => ({ n, mark: MARK.chosen })),
    ...except.map((n) => ({ n, mark: MARK.leftOut })),
  ];
  for (const [at, { n, mark }] of named.toSorted((a, b) => a.n - b.n || b.mark - a.mark).entries()) {
    if (mark === MARK.chosen) await choosing.addEntry(n, signal);
    else await choosing.leaveOut(n, signal);
    if (at % ROWS_AT_A_TIME === 0) await turn(signal);
  }
  const fileTypes = new Set([...wanted].filter((type) => FILE_TYPES.has(type)).map(typeNumber));
  return await countChosen(database, choosing.marks, choosing.records, fileTypes, signal);
}

/** What was named so far. */
class Choosing {
  readonly marks: Marks;
  readonly records: SingleRecords;
  readonly #database: Database;

  constructor(database: Database, entries: number) {
    this.#database = database;
    this.marks = new Marks(database, entries);
    this.records = new SingleRecords(database, this.marks);
  }

  async addEntry(n: number, signal: AbortSignal): Promise<void> {
    const row = this.#database.get('SELECT parent, what FROM entry WHERE n = ?', n);
    if (row === undefined) return;
    if (row['what'] === WHAT.folder) await this.marks.setFolder(n, MARK.chosen, signal);
    else if (row['what'] === WHAT.record) this.records.add(n, Number(row['parent']));
    else this.marks.set(n, MARK.chosen);
  }

  /** What is in something chosen, and is not to be. */
  async leaveOut(n: number, signal: AbortSignal): Promise<void> {
    const row = this.#database.get('SELECT parent, what FROM entry WHERE n = ?', n);
    if (row === undefined) return;
    const parent = Number(row['parent']);
    if (row['what'] === WHAT.record) return this.records.leaveOut(n, parent, signal);
    if (row['what'] !== WHAT.folder) this.marks.set(n, MARK.leftOut);
    else {
      await this.marks.setFolder(n, MARK.leftOut, signal);
      this.records.dropLeftOut();
    }
    this.marks.notWhole(parent);
  }

  async addThread(thread: number, signal: AbortSignal): Promise<void> {
    for (let last = -1; ; ) {
      const rows = this.#database.all(
        'SELECT message.n, entry.parent FROM message JOIN entry ON entry.n = message.n WHERE thread = ? AND message.n > ? ORDER BY message.n LIMIT ?',
        thread,
        last,
        ROWS_AT_A_TIME,
      );
      for (const { n, parent } of rows) this.records.add((last = Number(n)), Number(parent));
      if (rows.length < ROWS_AT_A_TIME) return;
      await turn(signal);
    }
  }

  async addDay(day: string, signal: AbortSignal): Promise<void> {
    const row = this.#database.get(
      'SELECT start, items FROM day WHERE list = ? AND day = ?',
      PLACES.all,
      day,
    );
    const end = Number(row?.['start'] ?? 0) + Number(row?.['items'] ?? 0);
    for (let from = Number(row?.['start'] ?? 0); from < end; from += ROWS_AT_A_TIME) {
      const rows = this.#database.all(
        'SELECT n FROM place WHERE list = ? AND place >= ? AND place < ?',
        PLACES.all,
        from,
        Math.min(end, from + ROWS_AT_A_TIME),
      );
      for (const { n } of rows) this.marks.set(Number(n), MARK.chosen);
      await turn(signal);
    }
  }

  /** The folder in the backup's root that holds what records of a type are in. */
  async addFolderNamed(type: ItemType, signal: AbortSignal): Promise<void> {
    const row = this.#database.get(
      'SELECT n FROM entry WHERE parent = 0 AND name = ? AND what = 0 AND n > 0',
      type,
    );
    if (row !== undefined) await this.marks.setFolder(Number(row['n']), MARK.chosen, signal);
  }
}
