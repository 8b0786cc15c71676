import type { SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** A database, and Kysely for queries that are put together: done one after another, never inside a transaction. */
export interface Asking {
  readonly database: Database;
  readonly query: Kysely<Tables>;
}

/** For queries on a database. Kysely takes longer to load than all else here, so this file is only loaded when something is asked. */
export function askingOf(database: Database): Asking {
  const prepare = (sql: string) => {
    const { reader, all, run, iterate } = database.prepare(sql);
    // Kysely types parameters as unknown; ours are what the tables have.
    return {
      reader,
      all: (values: readonly unknown[]) => all(values as SQLInputValue[]),
      run: (values: readonly unknown[]) => run(values as SQLInputValue[]),
      iterate: (values: readonly unknown[]) => iterate(values as SQLInputValue[]),
    };
  };
  return {
    database,
    query: new Kysely<Tables>({
      dialect: new SqliteDialect({ database: { prepare, close: () => {} } }),
    }),
  };
}
