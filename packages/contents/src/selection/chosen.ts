import { ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { Selection } from '@holdfast/contract/api';
import { TYPE_OF_FILE } from '@holdfast/devices';
import { typeNumber } from '../build/draft.ts';
import type { Database } from '../database/database.ts';
import { PLACES, WHAT } from '../database/schema.ts';

/** What of a backup is chosen, by number. */
export interface Chosen {
  /** 1 for each file, link or folder that is chosen, by its number. */
  readonly marks: Uint8Array;
  /** Records that are chosen one by one, by the file they are in, in order. */
  readonly records: ReadonlyMap<number, ReadonlySet<number>>;
  readonly items: number;
  readonly bytes: number;
}

const ROWS_AT_A_TIME = 2000;

const FILE_TYPES: ReadonlySet<ItemType> = new Set(Object.values(TYPE_OF_FILE));

/** Lets others have their turn. */
const turn = async (signal: AbortSignal): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
};

/** Marks what a selection means. Numbers that nothing has are passed over. */
export async function choose(database: Database, selection: Selection, signal: AbortSignal): Promise<Chosen> {
  const entries = Number(database.get("SELECT value FROM meta WHERE key = 'entries'")?.['value'] ?? 0);
  const choosing = new Choosing(database, entries);
  const { types = [], entries: numbers = [], threads = [], days = [] } = selection;
  const wanted = new Set(types);
  for (const [at, n] of numbers.entries()) {
    choosing.addEntry(n);
    if (at % ROWS_AT_A_TIME === 0) await turn(signal);
  }
  for (const thread of threads) await choosing.addThread(thread, signal);
  for (const day of days) await choosing.addDay(day, signal);
  for (const type of wanted) if (!FILE_TYPES.has(type)) choosing.addFolderNamed(type);
  const fileTypes = [...wanted].filter((type) => FILE_TYPES.has(type)).map(typeNumber);
  return await choosing.finish(new Set(fileTypes), wanted, signal);
}

class Choosing {
  readonly #database: Database;
  readonly #marks: Uint8Array;
  readonly #records = new Map<number, Set<number>>();

  constructor(database: Database, entries: number) {
    this.#database = database;
    this.#marks = new Uint8Array(entries);
  }

  addEntry(n: number): void {
    const row = this.#database.get('SELECT parent, what FROM entry WHERE n = ?', n);
    if (row === undefined) return;
    if (row['what'] === WHAT.folder) this.#markFolder(n);
    else if (row['what'] === WHAT.record) this.#addRecord(n, Number(row['parent']));
    else this.#marks[n] = 1;
  }

  async addThread(thread: number, signal: AbortSignal): Promise<void> {
    for (let last = -1; ; ) {
      const rows = this.#database.all(
        'SELECT message.n, entry.parent FROM message JOIN entry ON entry.n = message.n WHERE thread = ? AND message.n > ? ORDER BY message.n LIMIT ?',
        thread,
        last,
        ROWS_AT_A_TIME,
      );
      for (const { n, parent } of rows) this.#addRecord((last = Number(n)), Number(parent));
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
      for (const { n } of rows) this.#marks[Number(n)] = 1;
      await turn(signal);
    }
  }

  /** The folder in the backup's root that holds what records of a type are in. */
  addFolderNamed(type: ItemType): void {
    const row = this.#database.get(
      'SELECT n FROM entry WHERE parent = 0 AND name = ? AND what = 0 AND n > 0',
      type,
    );
    if (row !== undefined) this.#markFolder(Number(row['n']));
  }

  async finish(
    fileTypes: ReadonlySet<number>,
    types: ReadonlySet<ItemType>,
    signal: AbortSignal,
  ): Promise<Chosen> {
    let [items, bytes] = [0, 0];
    if (fileTypes.size > 0 || this.#marks.includes(1)) {
      // In numbers there is no order of types: all are looked at.
      for (let from = 0; from < this.#marks.length; from += ROWS_AT_A_TIME) {
        const rows = this.#database.all(
          'SELECT n, type, size FROM entry WHERE n >= ? AND n < ? AND what < 4 AND what > 0',
          from,
          from + ROWS_AT_A_TIME,
        );
        for (const { n, type, size } of rows) {
          const at = Number(n);
          if (type !== null && fileTypes.has(Number(type))) this.#marks[at] = 1;
          if (this.#marks[at] !== 1) continue;
          bytes += Number(size ?? 0);
          if (type !== null) items += 1;
        }
        await turn(signal);
      }
    }
    for (const type of types) {
      if (FILE_TYPES.has(type)) continue;
      items += Number(
        this.#database.get('SELECT items FROM total WHERE type = ?', ITEM_TYPES.indexOf(type))?.['items'] ??
          0,
      );
    }
    for (const [made, records] of this.#records) {
      // All of the file is chosen, and counted, already.
      if (this.#marks[made] === 1) this.#records.delete(made);
      else items += records.size;
    }
    return { marks: this.#marks, records: this.#records, items, bytes };
  }

  #addRecord(n: number, made: number): void {
    const known = this.#records.get(made);
    if (known === undefined) this.#records.set(made, new Set([n]));
    else known.add(n);
  }

  #markFolder(folder: number): void {
    if (this.#marks[folder] === 1) return;
    this.#marks[folder] = 1;
    const waiting = [folder];
    for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
      const row = this.#database.get('SELECT first, count FROM folder WHERE n = ?', n);
      const [first, count] = [Number(row?.['first'] ?? 0), Number(row?.['count'] ?? 0)];
      this.#marks.fill(1, first, first + count);
      if (count === 0) continue;
      const inside = this.#database.all('SELECT n FROM folder WHERE n >= ? AND n < ?', first, first + count);
      for (const each of inside) waiting.push(Number(each['n']));
    }
  }
}
