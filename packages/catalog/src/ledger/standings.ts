import { type ItemKind, type ItemState, type ReasonCode, reasonEntry } from '@holdfast/contract';
import type { Database, Row } from '../database/database.ts';

/** All that is counted of an item. */
export interface Standing {
  readonly kind: ItemKind;
  /** No longer on the device. */
  readonly isGone: boolean;
  readonly state: ItemState;
  readonly reason: ReasonCode;
}

/** A standing as the database knows it. */
export interface NumberedStanding extends Standing {
  readonly number: number;
}

type ByName = Map<ItemKind, Map<ReasonCode, NumberedStanding>>;

/** The standings that items of a device have or had: few, made when first needed, never changed or removed. */
export class Standings {
  readonly #database: Database;
  readonly #device: number;
  readonly #byNumber = new Map<number, NumberedStanding>();
  /** By kind, and then by reason, of those that are there and of those that are gone: asked for every item, without making a text. */
  readonly #here: ByName = new Map();
  readonly #gone: ByName = new Map();

  constructor(database: Database, device: number) {
    this.#database = database;
    this.#device = device;
  }

  /** The standing of items of a kind that have a reason, which decides the state. */
  for(kind: ItemKind, reason: ReasonCode, isGone = false): NumberedStanding {
    const byName = isGone ? this.#gone : this.#here;
    return byName.get(kind)?.get(reason) ?? this.#make(byName, kind, reason, isGone);
  }

  /** The standing of that number, which an item has. */
  at(number: number): NumberedStanding {
    const known = this.#byNumber.get(number);
    if (known !== undefined) return known;
    const row = this.#database.get('SELECT * FROM standings WHERE number = ?', number);
    if (row === undefined) throw new Error(`no standing ${number}`);
    return this.#keep(row);
  }

  /** Those that any item has now. */
  inUse(): NumberedStanding[] {
    const rows = this.#database.all('SELECT * FROM standings WHERE device = ? AND items > 0', this.#device);
    return rows.map((row) => this.#keep(row));
  }

  /** The same, but for being gone or not. */
  gone(standing: Standing, isGone: boolean): NumberedStanding {
    return this.for(standing.kind, standing.reason, isGone);
  }

  /** To be called when a transaction was taken back: standings made in it are no more. */
  forget(): void {
    this.#byNumber.clear();
    this.#here.clear();
    this.#gone.clear();
  }

  #make(byName: ByName, kind: ItemKind, reason: ReasonCode, isGone: boolean): NumberedStanding {
    const key = [this.#device, kind, isGone ? 1 : 0, reasonEntry(reason).state, reason];
    const where = 'device = ? AND kind = ? AND is_gone = ? AND state = ? AND reason = ?';
    const find = (): Row | undefined => this.#database.get(`SELECT * FROM standings WHERE ${where}`, ...key);
    let row = find();
    if (row === undefined) {
      const columns = '(device, kind, is_gone, state, reason)';
      this.#database.run(`INSERT INTO standings ${columns} VALUES (?, ?, ?, ?, ?)`, ...key);
      row = find();
    }
    if (row === undefined) throw new Error('a standing that was inserted is not there');
    const standing = this.#keep(row);
    const byReason = byName.get(kind) ?? new Map<ReasonCode, NumberedStanding>();
    byName.set(kind, byReason.set(reason, standing));
    return standing;
  }

  #keep(row: Row): NumberedStanding {
    const standing = standingOf(row);
    this.#byNumber.set(standing.number, standing);
    return standing;
  }
}

/** What a row of `standings` says: we wrote it. */
function standingOf(row: Row): NumberedStanding {
  return {
    number: Number(row['number']),
    kind: row['kind'] as ItemKind,
    isGone: row['is_gone'] === 1,
    state: row['state'] as ItemState,
    reason: row['reason'] as ReasonCode,
  };
}
