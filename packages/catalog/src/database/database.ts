import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { failureOf } from '../failures.ts';

/** A row, by column. */
export type Row = Record<string, SQLOutputValue>;

/** A statement; `reader` when it gives rows. */
interface Prepared {
  readonly reader: boolean;
  readonly all: (values: readonly SQLInputValue[]) => Row[];
  readonly run: (values: readonly SQLInputValue[]) => ReturnType<StatementSync['run']>;
  readonly iterate: (values: readonly SQLInputValue[]) => IterableIterator<Row>;
}

/** The open database, for plain statements: what happens a hundred thousand times a run. They fail with this package's failures. */
export class Database implements Disposable {
  readonly path: string;
  #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, sqlite: DatabaseSync) {
    this.path = path;
    this.#sqlite = sqlite;
  }

  /** Carries a statement out; gives the number of the row it inserted. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#guard(() => Number(this.#statement(sql).run(...values).lastInsertRowid));
  }

  /** Carries a statement out; gives how many rows it changed by itself. */
  change(sql: string, ...values: SQLInputValue[]): number {
    return this.#guard(() => Number(this.#statement(sql).run(...values).changes));
  }

  /** The first row a statement gives. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(...values));
  }

  /** All rows a statement gives. */
  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values));
  }

  /** All rows a statement gives, each the list of its columns, whole numbers as `bigint`: times in nanoseconds need them. */
  exactly(sql: string, ...values: SQLInputValue[]): SQLOutputValue[][] {
    return this.#guard(() => {
      const statement = this.#statement(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement.all(...values) as unknown as SQLOutputValue[][];
    });
  }

  /** All of `work` or, when it throws, nothing. Waits for other writers first, and keeps them out until it is over. */
  transaction<T>(work: () => T): T {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      if (this.#sqlite.isTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  /** A statement that is not kept, as whoever puts queries together wants it. */
  prepare(sql: string): Prepared {
    const statement = this.#guard(() => this.#sqlite.prepare(sql));
    return {
      reader: statement.columns().length > 0,
      all: (values) => this.#guard(() => statement.all(...values)),
      run: (values) => this.#guard(() => statement.run(...values)),
      iterate: (values) => this.#guard(() => statement.iterate(...values)),
    };
  }

  /** Closes the file, and goes on with the one that `open` opens. */
  reopen(open: () => DatabaseSync): void {
    this.close();
    this.#statements.clear();
    this.#sqlite = this.#guard(open);
  }

  close(): void {
    if (this.#sqlite.isOpen) this.#sqlite.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw failureOf(error, this.path);
    }
  }
}
