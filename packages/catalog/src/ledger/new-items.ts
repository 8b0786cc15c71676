import type { SQLInputValue } from 'node:sqlite';
import type { ItemKind, ReasonCode } from '@holdfast/contract';
import type { Database } from '../database/database.ts';
import { storedSize, storedTime } from '../database/stored-numbers.ts';
import { storedText } from '../database/stored-text.ts';
import type { Standings } from './standings.ts';

/** What a new row says. */
export interface NewItem {
  readonly folder: number;
  readonly path: string;
  readonly kind: ItemKind;
  readonly reason: ReasonCode;
  readonly title?: string;
  readonly sizeBytes?: number;
  readonly mtimeNs?: bigint;
  readonly detail?: string;
  readonly since: number;
  /** The run in which it is on its way to the store already. */
  readonly onItsWayIn?: number;
}

/** Rows of one statement, in this order, so that few statements are kept and the last few rows take few, too. */
const INSERTED_AT_ONCE = [64, 8, 1].map((rows) => ({ rows, sql: insertRows(rows) }));

const INSERT_ONE = insertRows(1);

function insertRows(rows: number): string {
  return `INSERT INTO items (device, folder, path, standing, title, size, mtime_ns, detail, since, on_its_way_in)
   VALUES ${'(?, ?, ?, ?, ?, ?, ?, ?, ?, ?), '.repeat(rows).slice(0, -2)}`;
}

/** Inserts rows of a device's items, none of which was there; every call is made inside a transaction. */
export class NewItems {
  readonly #database: Database;
  readonly #device: number;
  readonly #standings: Standings;

  constructor(database: Database, device: number, standings: Standings) {
    this.#database = database;
    this.#device = device;
    this.#standings = standings;
  }

  insert(item: NewItem): void {
    this.#database.run(INSERT_ONE, ...this.#valuesOf(item));
  }

  /** Many in one statement take half the time. */
  insertAll(items: readonly NewItem[]): void {
    let at = 0;
    for (const { rows, sql } of INSERTED_AT_ONCE) {
      for (; at + rows <= items.length; at += rows) {
        const values = items.slice(at, at + rows).flatMap((item) => this.#valuesOf(item));
        this.#database.run(sql, ...values);
      }
    }
  }

  #valuesOf(item: NewItem): SQLInputValue[] {
    return [
      this.#device,
      item.folder,
      item.path,
      this.#standings.for(item.kind, item.reason).number,
      item.title === undefined ? null : storedText(item.title),
      item.sizeBytes === undefined ? null : storedSize(item.sizeBytes),
      item.mtimeNs === undefined ? null : storedTime(item.mtimeNs),
      item.detail === undefined ? null : storedText(item.detail),
      item.since,
      item.onItsWayIn ?? null,
    ];
  }
}
