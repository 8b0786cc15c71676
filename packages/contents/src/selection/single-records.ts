import type { Database } from '../database/database.ts';
import { WHAT } from '../database/schema.ts';
import { attachmentsIn } from '../queries/attachments.ts';
import { turn } from '../turn.ts';
import type { Marks } from './marks.ts';

const ROWS_AT_A_TIME = 2000;

/** Records that are chosen one by one, by the number of the file they are in. */
export class SingleRecords {
  /** As they are now, and as they will be; files in the order in which one of theirs was first chosen. */
  readonly byFile = new Map<number, Set<number>>();
  readonly #database: Database;
  readonly #marks: Marks;

  constructor(database: Database, marks: Marks) {
    this.#database = database;
    this.#marks = marks;
  }

  add(n: number, made: number): void {
    const known = this.byFile.get(made);
    if (known === undefined) this.byFile.set(made, new Set([n]));
    else known.add(n);
  }

  /** Also one of a file that is chosen whole: then the others of it are chosen one by one. */
  async leaveOut(n: number, made: number, signal: AbortSignal): Promise<void> {
    if (this.#marks.isChosen(made)) await this.#oneByOne(made, n, signal);
    const records = this.byFile.get(made);
    records?.delete(n);
    if (records?.size === 0) this.byFile.delete(made);
  }

  /** Of no file that is marked as left out is a record chosen any more. */
  dropLeftOut(): void {
    for (const made of this.byFile.keys()) if (this.#marks.isLeftOut(made)) this.byFile.delete(made);
  }

  /** Names the records of a file that is chosen whole, `one` of them, and no longer what comes with them. */
  async #oneByOne(made: number, one: number, signal: AbortSignal): Promise<void> {
    const file = this.#database.get('SELECT parent, name FROM entry WHERE n = ?', made);
    const folder = Number(file?.['parent'] ?? 0);
    this.#marks.set(made, 0);
    this.#marks.notWhole(folder);
    if (file?.['name'] === 'app.json') await this.#marks.setFolder(folder, 0, signal);
    // The records of a file come one after another, behind all that is no record.
    for (let from: number | undefined = await this.#firstRecordOf(made, one, signal); from !== undefined; ) {
      const rows = this.#database.all(
        `SELECT entry.n, parent, attachments FROM entry LEFT JOIN message ON message.n = entry.n
         WHERE entry.n >= ? AND what = ? ORDER BY entry.n LIMIT ?`,
        from,
        WHAT.record,
        ROWS_AT_A_TIME,
      );
      const own = rows.filter(({ parent }) => Number(parent) === made);
      for (const { n, attachments } of own) {
        this.add(Number(n), made);
        for (const { entry } of attachmentsIn(attachments)) if (entry !== undefined) this.#marks.unset(entry);
      }
      from = own.length < ROWS_AT_A_TIME ? undefined : Number(own.at(-1)?.['n']) + 1;
      await turn(signal);
    }
  }

  /** The first of the records of a file, one of which is `n`: no index knows what records a file has. */
  async #firstRecordOf(made: number, n: number, signal: AbortSignal): Promise<number> {
    for (let first = n; ; ) {
      const rows = this.#database.all(
        'SELECT n FROM entry WHERE n < ? AND n >= ? AND parent = ? AND what = ? ORDER BY n DESC',
        first,
        first - ROWS_AT_A_TIME,
        made,
        WHAT.record,
      );
      first -= rows.length;
      if (rows.length < ROWS_AT_A_TIME) return first;
      await turn(signal);
    }
  }
}
