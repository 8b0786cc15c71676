import type { Android } from '../android.ts';
import { illegalArgument, JavaException } from '../java.ts';
import type { Cell, Question, Rows, Values } from './provider.ts';

/** What a provider makes of a question. */
export interface Table {
  /** Table, view or join that is asked. */
  readonly from: string;
  /** Conditions that always hold. */
  readonly having?: readonly string[];
  /** Columns that may be asked for, each with what it stands for. Without it anything may be: the text is SQL. */
  readonly columns?: ReadonlyMap<string, string>;
  /** Words of SQL are refused in conditions and orders too, LIMIT among them. */
  readonly isStrictGrammar?: boolean;
  readonly defaultSort?: string;
}

/** A map of columns that stand for themselves. */
export const columnMap = (names: string): ReadonlyMap<string, string> =>
  new Map(names.split(/\s+/).map((name) => [name, name]));

/** Most bytes of a row: a window of cursors is 2 MiB (AOSP config_cursorWindowSize). */
const WINDOW_BYTES = 2 * 1024 * 1024;

/** Runs a question. Rows come as they are asked for; what is wrong with the SQL is thrown before the first. */
export function ask(android: Android, table: Table, { projection, where, sort }: Question): Rows {
  const columns = projection?.map((each) => expression(each, table.columns)) ?? everyColumn(table.columns);
  if (table.isStrictGrammar === true) for (const text of [where, sort]) refuseWords(text ?? '');
  const conditions = [...(table.having ?? []), ...(where === undefined ? [] : [where])];
  const order = sort ?? table.defaultSort;
  const sql = [
    `SELECT ${columns.join(', ')} FROM ${table.from}`,
    conditions.length === 0 ? '' : ` WHERE (${conditions.join(') AND (')})`,
    order === undefined ? '' : ` ORDER BY ${order}`,
  ].join('');
  const statement = sqlite(sql, () => android.database.prepare(sql));
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  const names = statement.columns().map(({ name }) => name);
  const rows = sqlite(sql, () => statement.all()) as unknown as Cell[][];
  return { columns: names, rows: fitting(rows) };
}

/** The rows up to the first that is larger than a window. */
function* fitting(rows: readonly Cell[][]): Generator<readonly Cell[], void, undefined> {
  for (const [at, row] of rows.entries()) {
    const bytes = row.reduce((sum: number, cell) => sum + cellBytes(cell), 0);
    if (bytes > WINDOW_BYTES)
      throw new JavaException(
        'android.database.sqlite.SQLiteBlobTooBigException',
        `Row too big to fit into CursorWindow requiredPos=${at}, totalRows=${rows.length}`,
      );
    yield row;
  }
}

/** A field of a window, and what is beside it. */
function cellBytes(cell: Cell): number {
  if (typeof cell === 'string') return 17 + Buffer.byteLength(cell);
  return cell instanceof Uint8Array ? 16 + cell.length : 16;
}

const AGGREGATE = /^(AVG|COUNT|MAX|MIN|SUM|TOTAL|GROUP_CONCAT)\((.+)\)$/i;

/** SQLiteQueryBuilder.computeProjection, strict: a mapped column, or a simple function of one. */
function expression(asked: string, columns: Table['columns']): string {
  if (columns === undefined) return asked;
  const mapped = columns.get(asked);
  if (mapped !== undefined) return mapped === asked ? asked : `${mapped} AS ${asked}`;
  const [, name, inner = ''] = AGGREGATE.exec(asked) ?? [];
  const column = inner === '*' ? inner : columns.get(inner);
  if (name === undefined || column === undefined) throw illegalArgument(`Invalid column ${asked}`);
  return `${name}(${column})`;
}

const everyColumn = (columns: Table['columns']): string[] =>
  columns === undefined
    ? ['*']
    : [...columns].map(([name, what]) => (name === what ? name : `${what} AS ${name}`));

const REFUSED = /\b(SELECT|FROM|WHERE|GROUP|HAVING|WINDOW|VALUES|ORDER|LIMIT)\b/i;

/** SQLiteQueryBuilder.enforceStrictToken. Text in quotes is not looked at. */
function refuseWords(text: string): void {
  const [word] = REFUSED.exec(text.replaceAll(/'(?:[^']|'')*'/g, '')) ?? [];
  if (word !== undefined) throw illegalArgument(`Invalid token ${word}`);
}

/** SqlQueryChecker.checkToken of the telephony provider: no query within a query. */
export function refuseSelect({ projection, where, sort }: Question): void {
  for (const text of [...(projection ?? []), where ?? '', sort ?? '']) {
    if (/\bSELECT\b/i.test(text.replaceAll(/'(?:[^']|'')*'/g, '')))
      throw illegalArgument('SELECT token not allowed in query');
  }
}

/** What SQLite throws, as Android says it. */
function sqlite<T>(sql: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error) || !('errcode' in error)) throw error;
    throw new JavaException(
      'android.database.sqlite.SQLiteException',
      `${error.message} (code ${Number(error.errcode) & 255} SQLITE_ERROR): , while compiling: ${sql}`,
    );
  }
}

/** A new row; gives its `_id`. */
export function insertRow(android: Android, table: string, values: Values): number {
  const names = [...values.keys()];
  const sql = `INSERT INTO ${table}(${names.map(quoted).join(',')}) VALUES (${names.map(() => '?').join(',')})`;
  const run = (): number => Number(android.database.prepare(sql).run(...values.values()).lastInsertRowid);
  return sqlite(sql, run);
}

/** Changes the rows for which all conditions hold: how many. Throws as the phone's SQLite complains. */
export function updateRows(
  android: Android,
  table: string,
  values: Values,
  conditions: readonly (string | undefined)[],
): number {
  const set = [...values.keys()].map((name) => `${quoted(name)} = ?`).join(', ');
  const sql = `UPDATE ${table} SET ${set}${whereOf(conditions)}`;
  return sqlite(sql, () => Number(android.database.prepare(sql).run(...values.values()).changes));
}

/** Deletes the rows for which all conditions hold: how many. Throws as the phone's SQLite complains. */
export function deleteRows(
  android: Android,
  table: string,
  conditions: readonly (string | undefined)[],
): number {
  const sql = `DELETE FROM ${table}${whereOf(conditions)}`;
  return sqlite(sql, () => Number(android.database.prepare(sql).run().changes));
}

function whereOf(conditions: readonly (string | undefined)[]): string {
  const given = conditions.filter((each) => each !== undefined);
  return given.length === 0 ? '' : ` WHERE (${given.join(') AND (')})`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
