import { ITEM_KINDS, ITEM_TYPES, type ItemKind, type ItemType } from '@holdfast/contract';
import { storedText } from '@holdfast/kernel';
import { Database } from '../database/database.ts';
import { findTable, INDEX_VERSION, SCHEMA } from '../database/schema.ts';
import type { KnownFacts } from '../facts/known-facts.ts';
import { turn } from '../turn.ts';
import { searchText } from '../words/search-text.ts';
import type { Zone } from '../words/zone.ts';

/** An entry to be added. */
export interface NewEntry {
  readonly parent: number;
  readonly name: string;
  /** Of `WHAT`. */
  readonly what: number;
  readonly kind?: ItemKind;
  /** Present: it is an item. */
  readonly type?: ItemType;
  readonly sizeBytes?: number;
  readonly mtime?: number;
  readonly content?: Uint8Array;
}

/** Work that is done before others get a turn: a few milliseconds. */
const A_TURN = 300;

/** Memory for pages of the file while it is made. */
const CACHE_KIB = 12_000;

const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(ITEM_KINDS.map((kind, at) => [kind, at]));
const TYPE_NUMBERS: ReadonlyMap<string, number> = new Map(ITEM_TYPES.map((type, at) => [type, at]));

/** The number of a kind in the index. */
export const kindNumber = (kind: ItemKind): number => KIND_NUMBERS.get(kind) ?? 0;
/** The number of a type in the index. */
export const typeNumber = (type: ItemType): number => TYPE_NUMBERS.get(type) ?? 0;

/** An index that is being made: nobody reads it before it is finished, and half of one is thrown away. */
export class Draft implements Disposable {
  readonly database: Database;
  readonly zone: Zone;
  /** What files say of themselves, as far as they were read. */
  readonly facts: Pick<KnownFacts, 'of'>;
  /** Parts of the backup that could not be read. */
  damaged = 0;
  #next = 0;
  #done = 0;
  readonly #items = ITEM_TYPES.map(() => 0);
  readonly #bytes = ITEM_TYPES.map(() => 0);

  /** A new one in an empty file; `isCopy`: the file has all of an index, and what is changed of it is kept with {@link commit}. */
  constructor(path: string, zone: Zone, facts: Pick<KnownFacts, 'of'>, isCopy = false) {
    this.zone = zone;
    this.facts = facts;
    this.database = new Database(path, { cacheKiB: CACHE_KIB });
    // What a crash leaves is not looked at.
    this.database.exec(
      'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE',
    );
    this.database.exec(isCopy ? 'BEGIN' : `BEGIN;${SCHEMA}`);
  }

  /** How many entries there are: the number of the next. */
  get entries(): number {
    return this.#next;
  }

  /** Adds an entry and gives its number. `words` find it, besides its name. */
  add(entry: NewEntry, words = ''): number {
    const { parent, name, what, kind, type, sizeBytes, mtime, content } = entry;
    const n = this.#next++;
    const typeAt = type === undefined ? undefined : typeNumber(type);
    this.database.run(
      'INSERT INTO entry (n, parent, name, what, kind, type, size, mtime, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      n,
      parent,
      storedText(name),
      what,
      kind === undefined ? null : kindNumber(kind),
      typeAt ?? null,
      sizeBytes ?? null,
      mtime ?? null,
      content ?? null,
    );
    this.#done += 1;
    if (typeAt !== undefined) {
      this.#items[typeAt] = (this.#items[typeAt] ?? 0) + 1;
      this.#bytes[typeAt] = (this.#bytes[typeAt] ?? 0) + (sizeBytes ?? 0);
      this.#find(n, typeAt, words === '' ? name : words);
    }
    return n;
  }

  /** Work of so much was done. */
  didMore(work: number): void {
    this.#done += work;
  }

  /** Lets others have a turn when it is time. Fails when it was stopped meanwhile. */
  async pause(signal: AbortSignal): Promise<void> {
    if (this.#done < A_TURN) return;
    this.#done = 0;
    await turn(signal);
  }

  /** Writes what is known only now; the file is an index then. */
  finish(meta: Readonly<Record<string, string | number>>): void {
    for (const [type, items] of this.#items.entries())
      if (items > 0)
        this.database.run(
          'INSERT INTO total (type, items, bytes) VALUES (?, ?, ?)',
          type,
          items,
          this.#bytes[type] ?? 0,
        );
    const all = {
      ...meta,
      version: INDEX_VERSION,
      zone: this.zone.name,
      damaged: this.damaged,
      entries: this.#next,
    };
    for (const [key, value] of Object.entries(all))
      this.database.run('INSERT INTO meta (key, value) VALUES (?, ?)', key, String(value));
    this.commit();
  }

  commit(): void {
    this.database.exec('COMMIT');
  }

  [Symbol.dispose](): void {
    this.database[Symbol.dispose]();
  }

  #find(n: number, type: number, words: string): void {
    const text = searchText(words);
    this.#done += 1 + text.length / 200;
    this.database.run(`INSERT INTO ${findTable(type)} (rowid, text) VALUES (?, ?)`, n, text);
  }
}
