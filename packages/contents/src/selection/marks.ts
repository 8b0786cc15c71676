import type { Database } from '../database/database.ts';
import { turn } from '../turn.ts';

/** What an entry's mark says; 0: nothing was said of it. `leftOut` is what is named so, and all in it: a type does not bring it back. */
export const MARK = { chosen: 1, leftOut: 2 } as const;

type Mark = 0 | (typeof MARK)[keyof typeof MARK];

/** To mark takes nanoseconds, to ask about the folders among them microseconds. */
const MARKS_AT_A_TIME = 50_000;

/** A mark for each entry of a backup, by its number: a folder is marked as chosen only as long as all in it is. */
export class Marks {
  /** As they are now, and as they will be: nothing is copied. */
  readonly all: Uint8Array;
  readonly #database: Database;
  /** Since others had their turn. */
  #marked = 0;

  constructor(database: Database, entries: number) {
    this.#database = database;
    this.all = new Uint8Array(entries);
  }

  isChosen(n: number): boolean {
    return this.all[n] === MARK.chosen;
  }

  isLeftOut(n: number): boolean {
    return this.all[n] === MARK.leftOut;
  }

  /** Marks what is no folder. A number that no entry has is passed over. */
  set(n: number, mark: Mark): void {
    this.all[n] = mark;
  }

  /** Marks a folder and all in it. What lies in folders with numbers in a row has numbers in a row too, so each depth is one range. */
  async setFolder(folder: number, mark: Mark, signal: AbortSignal): Promise<void> {
    if (mark === MARK.chosen && this.isChosen(folder)) return;
    this.all[folder] = mark;
    for (let [from, to] = [folder, folder + 1]; from < to; ) {
      const row = this.#database.get(
        'SELECT min(first) AS first, max(first + count) AS beyond FROM folder WHERE n >= ? AND n < ? AND count > 0',
        from,
        to,
      );
      from = Number(row?.['first'] ?? 0);
      to = Number(row?.['beyond'] ?? 0);
      this.all.fill(mark, from, to);
      this.#marked += to - from + 1;
      if (this.#marked < MARKS_AT_A_TIME) continue;
      this.#marked = 0;
      await turn(signal);
    }
  }

  /** What is no folder is not chosen any more, and neither are all of the folders around it. */
  unset(n: number): void {
    this.all[n] = 0;
    this.notWhole(this.#parentOf(n));
  }

  /** Something in a folder is not chosen: neither are all of it, and all of those around it. */
  notWhole(folder: number): void {
    for (let n = folder; this.isChosen(n); n = this.#parentOf(n)) this.all[n] = 0;
  }

  #parentOf(n: number): number {
    return Number(this.#database.get('SELECT parent FROM entry WHERE n = ?', n)?.['parent'] ?? 0);
  }
}
