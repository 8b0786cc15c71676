import type { ItemType } from '@holdfast/contract';
import type { Selection } from '@holdfast/contract/api';
import { TYPE_OF_FILE } from '@holdfast/devices';
import { originalText } from '@holdfast/kernel';
import { typeNumber } from '../build/draft.ts';
import type { Database } from '../database/database.ts';
import { PLACES, WHAT } from '../database/schema.ts';
import { Owners } from './owners.ts';

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
/** These are only counted. */
const RECORDS_AT_A_TIME = 20_000;

const FILE_TYPES: ReadonlySet<ItemType> = new Set(Object.values(TYPE_OF_FILE));

const CHOSEN = 1;
/** Of what is named as left out, and all in it: a type does not bring it back. */
const LEFT_OUT = 2;

/** Lets others have their turn. */
const turn = async (signal: AbortSignal): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
};

/** Marks what a selection means. Numbers that nothing has are passed over. */
export async function choose(database: Database, selection: Selection, signal: AbortSignal): Promise<Chosen> {
  const entries = Number(database.get("SELECT value FROM meta WHERE key = 'entries'")?.['value'] ?? 0);
  const choosing = new Choosing(database, entries);
  const { types = [], entries: numbers = [], threads = [], days = [], except = [] } = selection;
  const wanted = new Set(types);
  for (const thread of threads) await choosing.addThread(thread, signal);
  for (const day of days) await choosing.addDay(day, signal);
  for (const type of wanted) if (!FILE_TYPES.has(type)) choosing.addFolderNamed(type);
  // Folders have lower numbers than what is in them: the nearest has the last word.
  const named = [...numbers.map((n) => ({ n, mark: CHOSEN })), ...except.map((n) => ({ n, mark: LEFT_OUT }))];
  for (const [at, { n, mark }] of named.toSorted((a, b) => a.n - b.n || b.mark - a.mark).entries()) {
    if (mark === CHOSEN) choosing.addEntry(n);
    else choosing.leaveOut(n);
    if (at % ROWS_AT_A_TIME === 0) await turn(signal);
  }
  const fileTypes = [...wanted].filter((type) => FILE_TYPES.has(type)).map(typeNumber);
  return await choosing.finish(new Set(fileTypes), signal);
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
    if (row['what'] === WHAT.folder) this.#markFolder(n, CHOSEN);
    else if (row['what'] === WHAT.record) this.#addRecord(n, Number(row['parent']));
    else this.#marks[n] = CHOSEN;
  }

  /** What is in something chosen, and is not to be. */
  leaveOut(n: number): void {
    const row = this.#database.get('SELECT parent, what FROM entry WHERE n = ?', n);
    if (row === undefined) return;
    const parent = Number(row['parent']);
    if (row['what'] === WHAT.record) return this.#leaveRecordOut(n, parent);
    if (row['what'] !== WHAT.folder) this.#marks[n] = LEFT_OUT;
    else {
      this.#markFolder(n, LEFT_OUT);
      for (const made of this.#records.keys()) if (this.#marks[made] === LEFT_OUT) this.#records.delete(made);
    }
    this.#notWhole(parent);
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
    if (row !== undefined) this.#markFolder(Number(row['n']), CHOSEN);
  }

  async finish(fileTypes: ReadonlySet<number>, signal: AbortSignal): Promise<Chosen> {
    let [items, bytes] = [0, 0];
    const recordsIn = new Map<number, number>();
    const untyped: number[] = [];
    if (fileTypes.size > 0 || this.#marks.includes(CHOSEN)) {
      // In numbers there is no order of types: all are looked at.
      for (let from = 0; from < this.#marks.length; from += ROWS_AT_A_TIME) {
        const rows = this.#database.all(
          'SELECT n, what, type, size FROM entry WHERE n >= ? AND n < ? AND what < 4 AND what > 0',
          from,
          from + ROWS_AT_A_TIME,
        );
        for (const { n, what, type, size } of rows) {
          const at = Number(n);
          if (type !== null && fileTypes.has(Number(type)) && this.#marks[at] !== LEFT_OUT)
            this.#marks[at] = CHOSEN;
          if (this.#marks[at] !== CHOSEN) continue;
          bytes += Number(size ?? 0);
          if (type !== null || what !== WHAT.file) items += 1;
          else untyped.push(at);
        }
        await turn(signal);
      }
    }
    if (untyped.length > 0) {
      for (const [made, count] of await this.#countRecords(signal))
        if (this.#marks[made] === CHOSEN) recordsIn.set(made, count);
      const owners = new Owners(this.#database);
      for (const n of untyped) {
        const owner = owners.of(n);
        if (owner === n) recordsIn.set(n, recordsIn.get(n) ?? 0);
        // Without what it belongs to it is chosen for itself.
        else if (owner !== undefined && this.#marks[owner] !== CHOSEN) items += 1;
      }
    }
    for (const count of recordsIn.values()) items += count;
    for (const [made, records] of this.#records) {
      // All of the file is chosen, and counted, already.
      if (this.#marks[made] === CHOSEN) this.#records.delete(made);
      else items += records.size;
    }
    return { marks: this.#marks, records: this.#records, recordsIn, items, bytes };
  }

  /** How many records there are, by the numbers of their files. */
  async #countRecords(signal: AbortSignal): Promise<ReadonlyMap<number, number>> {
    const counts = new Map<number, number>();
    for (let from = 0; from < this.#marks.length; from += RECORDS_AT_A_TIME) {
      const rows = this.#database.all(
        'SELECT parent, COUNT(*) AS records FROM entry WHERE n >= ? AND n < ? AND what = 4 GROUP BY parent',
        from,
        from + RECORDS_AT_A_TIME,
      );
      for (const { parent, records } of rows)
        counts.set(Number(parent), (counts.get(Number(parent)) ?? 0) + Number(records));
      await turn(signal);
    }
    return counts;
  }

  #addRecord(n: number, made: number): void {
    const known = this.#records.get(made);
    if (known === undefined) this.#records.set(made, new Set([n]));
    else known.add(n);
  }

  #leaveRecordOut(n: number, made: number): void {
    if (this.#marks[made] === CHOSEN) this.#oneByOne(made);
    const records = this.#records.get(made);
    records?.delete(n);
    if (records?.size === 0) this.#records.delete(made);
  }

  /** Names the records of a file that is chosen whole, and no longer what comes with them. */
  #oneByOne(made: number): void {
    const rows = this.#database.all('SELECT n FROM entry WHERE parent = ? AND what = ?', made, WHAT.record);
    const file = this.#database.get('SELECT parent, name FROM entry WHERE n = ?', made);
    const folder = Number(file?.['parent'] ?? 0);
    this.#marks[made] = 0;
    this.#notWhole(folder);
    if (file?.['name'] === 'app.json') this.#markFolder(folder, 0);
    for (const { n } of rows) this.#addRecord(Number(n), made);
    const attached = this.#database.all(
      'SELECT attachments FROM message JOIN entry ON entry.n = message.n WHERE parent = ? AND attachments IS NOT NULL',
      made,
    );
    for (const { attachments } of attached)
      for (const { entry } of attachmentsIn(attachments)) {
        if (entry === undefined) continue;
        this.#marks[entry] = 0;
        this.#notWhole(
          Number(this.#database.get('SELECT parent FROM entry WHERE n = ?', entry)?.['parent'] ?? 0),
        );
      }
  }

  /** Something in a folder is not chosen: neither are all of it, and all of those around it. */
  #notWhole(folder: number): void {
    for (let n = folder; this.#marks[n] === CHOSEN; ) {
      this.#marks[n] = 0;
      n = Number(this.#database.get('SELECT parent FROM entry WHERE n = ?', n)?.['parent'] ?? 0);
    }
  }

  #markFolder(folder: number, mark: number): void {
    if (this.#marks[folder] === mark && mark === CHOSEN) return;
    this.#marks[folder] = mark;
    const waiting = [folder];
    for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
      const row = this.#database.get('SELECT first, count FROM folder WHERE n = ?', n);
      const [first, count] = [Number(row?.['first'] ?? 0), Number(row?.['count'] ?? 0)];
      this.#marks.fill(mark, first, first + count);
      if (count === 0) continue;
      const inside = this.#database.all('SELECT n FROM folder WHERE n >= ? AND n < ?', first, first + count);
      for (const each of inside) waiting.push(Number(each['n']));
    }
  }
}

function attachmentsIn(attachments: unknown): { readonly entry?: number }[] {
  return typeof attachments === 'string'
    ? (JSON.parse(originalText(attachments)) as { readonly entry?: number }[])
    : [];
}
