import { chmodSync, closeSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { errnoOf, foldedText } from '@holdfast/kernel';
import { cannotOpen, damaged, failureOf, newer, notACatalog } from '../failures.ts';
import { Database } from './database.ts';
import { MIGRATIONS } from './migrations.ts';

/** `HFct`: in the file's header, where other programs can tell what it is (https://www.sqlite.org/fileformat.html, 1.3). */
const APPLICATION_ID = 0x48466374;

/** How long a writer waits for another one: the longest transaction is the one at the end of a large run. */
const BUSY_MS = 10_000;

/** A database in memory, for a catalog that need not outlive the process. */
const IN_MEMORY = ':memory:';

/** The function of SQL that says whether a text, once folded, has another in it, which is folded already. */
export const HOLDS_FOLDED = 'holds_folded';

/** Opens the database at `path`, made when it is not there; brings it to the newest version of `migrations`. */
export function openDatabase(path: string, migrations: readonly string[] = MIGRATIONS): Database {
  return new Database(path, openSqlite(path, migrations));
}

/** The same, as SQLite itself. */
export function openSqlite(path: string, migrations: readonly string[] = MIGRATIONS): DatabaseSync {
  if (path !== IN_MEMORY) keepPrivate(path);
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = new DatabaseSync(path, { timeout: BUSY_MS });
    refuseForeign(sqlite, path, migrations.length);
    // A reader never waits for the writer, and what was committed survives the death of the process.
    sqlite.exec('PRAGMA journal_mode = WAL');
    sqlite.exec('PRAGMA synchronous = NORMAL');
    sqlite.exec('PRAGMA cache_size = -8000');
    sqlite.exec('PRAGMA temp_store = MEMORY');
    migrate(sqlite, path, migrations);
    sqlite.function(HOLDS_FOLDED, { deterministic: true, directOnly: true }, (text, wanted) =>
      foldedText(String(text)).includes(String(wanted)) ? 1 : 0,
    );
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw failureOf(error, path);
  }
}

/** Removes a catalog's files, so that it can be made again. Nobody may have it open. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/**
 * Makes the file for its owner alone before SQLite does, for everyone; SQLite gives the files beside it the same mode. One that is there is not opened: closing it
 * would take away the locks of all of this process (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
function keepPrivate(path: string): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there === undefined) make(path);
    else if ((there.mode & 0o077) !== 0) chmodSync(path, 0o600);
  } catch (cause) {
    throw cannotOpen(path, cause);
  }
}

function make(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    // Another was first.
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

function refuseForeign(sqlite: DatabaseSync, path: string, known: number): void {
  // All of one moment: another process may be making it just now.
  sqlite.exec('BEGIN');
  const tables = numberOf(sqlite, 'SELECT count(*) FROM sqlite_schema');
  const id = numberOf(sqlite, 'PRAGMA application_id');
  const version = numberOf(sqlite, 'PRAGMA user_version');
  sqlite.exec('COMMIT');
  if (id !== APPLICATION_ID && (id !== 0 || version !== 0 || tables !== 0)) throw notACatalog(path);
  if (version > known) throw newer(path, version, known);
  if (version > 0 && tables === 0) throw damaged(path);
}

function migrate(sqlite: DatabaseSync, path: string, migrations: readonly string[]): void {
  if (numberOf(sqlite, 'PRAGMA user_version') === migrations.length) return;
  sqlite.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been first, and may have been a newer one.
    const version = numberOf(sqlite, 'PRAGMA user_version');
    if (version > migrations.length) throw newer(path, version, migrations.length);
    for (const migration of migrations.slice(version)) sqlite.exec(migration);
    sqlite.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    sqlite.exec(`PRAGMA user_version = ${migrations.length}`);
    sqlite.exec('COMMIT');
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
    throw error;
  }
}

function numberOf(sqlite: DatabaseSync, sql: string): number {
  return Number(Object.values(sqlite.prepare(sql).get() ?? {})[0]);
}
