import { ITEM_KINDS } from '@holdfast/contract';
import type { Answer, RecordDetail, RecordRow } from '@holdfast/contract/api';
import { originalText } from '@holdfast/kernel';
import type { Field } from '../build/describe.ts';
import { typeNumber } from '../build/draft.ts';
import type { Database, Row } from '../database/database.ts';
import { findTable } from '../database/schema.ts';
import { badPage, noEntry } from '../failures.ts';
import { searchQuery } from '../words/search-text.ts';
import { inRange, timeText, type Zone } from '../words/zone.ts';
import { numberIn, pageOf } from './page.ts';
import { People } from './people.ts';

/** What of a type is listed. */
export interface RecordQuery {
  readonly type: 'contacts' | 'calls' | 'calendar' | 'apps' | 'settings';
  /** Only what has these words. */
  readonly text?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

const COLUMNS = 'entry.n, entry.name, entry.kind, record.subtitle, record.time, record.number, record.fields';
const FROM = 'record JOIN entry ON entry.n = record.n';

/** A page of records: contacts, apps and settings by name, calls and events the newest first. */
export function recordsOf(
  database: Database,
  { type, text, after, limit }: RecordQuery,
  zone: Zone,
): Answer<'records'> {
  const at = typeNumber(type);
  const query = text === undefined || text.trim() === '' ? undefined : searchQuery(text);
  const table = findTable(at);
  if (query === undefined && text !== undefined && text.trim() !== '') return { total: 0, records: [] };
  const total =
    query === undefined
      ? database.get('SELECT items AS total FROM total WHERE type = ?', at)
      : database.get(`SELECT count(*) AS total FROM ${table} WHERE ${table} MATCH ?`, query);
  const last =
    after === undefined ? undefined : database.get('SELECT sort, n FROM record WHERE n = ?', numberIn(after));
  if (after !== undefined && last === undefined) throw badPage();
  const found =
    query === undefined ? '' : `AND record.n IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?)`;
  const rows = database.all(
    `SELECT ${COLUMNS} FROM ${FROM} WHERE record.type = ? ${last === undefined ? '' : 'AND (record.sort, record.n) > (?, ?)'} ${found}
     ORDER BY record.sort, record.n LIMIT ?`,
    at,
    ...(last === undefined ? [] : [last['sort'] ?? null, Number(last['n'])]),
    ...(query === undefined ? [] : [query]),
    limit + 1,
  );
  const people = new People(database);
  return {
    total: Number(total?.['total'] ?? 0),
    records: rows.slice(0, limit).map((row) => recordRow(row, people, zone)),
    ...pageOf(rows, limit),
  };
}

/** All that a record says. Fails with `contents/missing-entry`. */
export function recordOf(database: Database, n: number, zone: Zone): RecordDetail {
  const row = database.get(`SELECT ${COLUMNS} FROM ${FROM} WHERE entry.n = ?`, n);
  if (row === undefined) throw noEntry(n);
  const { entry, kind, title } = recordRow(row, new People(database), zone);
  const fields = fieldsOf(row).map(([label, value, only]) => ({
    label,
    value: shownValue(value, only, zone),
  }));
  return { entry, kind, title, fields };
}

/** What a row of `record` and its entry says in a list. */
export function recordRow(row: Row, people: People, zone: Zone): RecordRow {
  const { time, number } = row;
  const name = originalText(String(row['name']));
  const title = name === '' && typeof number === 'string' ? people.nameOf(originalText(number)) : name;
  const subtitle = originalText(String(row['subtitle']));
  return {
    entry: Number(row['n']),
    kind: ITEM_KINDS[Number(row['kind'])] ?? 'file',
    title,
    ...(subtitle !== '' && { subtitle }),
    ...(time !== null && { time: listedTime(row, inRange(Number(time)), zone) }),
  };
}

/** The fields of a row of `record`. */
export const fieldsOf = (row: Row): Field[] => JSON.parse(originalText(String(row['fields']))) as Field[];

/** Where it takes whole days, the day alone: another zone's clock could show the day before. */
const listedTime = (row: Row, time: number, zone: Zone): string =>
  fieldsOf(row).some(([, , only]) => only === 'day') ? timeText(time).slice(0, 10) : zone.clockOf(time);

function shownValue(value: string | number, only: 'day' | undefined, zone: Zone): string {
  if (typeof value === 'string') return value;
  // A whole day is kept as its midnight in UTC.
  return only === 'day' ? timeText(value).slice(0, 10) : zone.clockOf(value);
}
