import { ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { Answer, SearchHit } from '@holdfast/contract/api';
import { foldedText, originalText } from '@holdfast/kernel';
import { typeNumber } from '../build/draft.ts';
import type { Database, Row } from '../database/database.ts';
import { findTable, WHAT } from '../database/schema.ts';
import { badPage } from '../failures.ts';
import { searchQuery, snippet } from '../words/search-text.ts';
import { inRange, type Zone } from '../words/zone.ts';
import { pathOf } from './entries.ts';
import { People } from './people.ts';
import { fieldsOf, recordRow } from './records.ts';
import { peopleOf } from './threads.ts';

/** What is looked for. */
export interface SearchFor {
  readonly text: string;
  /** Default: everything. */
  readonly types?: readonly ItemType[] | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Whose names and clocks it is told by. */
interface ShownBy {
  readonly people: People;
  readonly zone: Zone;
}

/** People first, then what they said, then files. */
const BEST_FIRST: readonly ItemType[] = [
  'contacts',
  'messages',
  'calls',
  'calendar',
  'apps',
  'photos',
  'videos',
  'audio',
  'documents',
  'other',
  'settings',
];

/** Fields of a record with more text in all are not looked through for the one that was meant. */
const MOST_FIELD_TEXT = 50_000;

/** What has all the words, each at the beginning of a word: type by type, of each the last in the backup first; and how many there are. */
export function search(
  database: Database,
  { text, types = ITEM_TYPES, after, limit }: SearchFor,
  zone: Zone,
): Answer<'search'> {
  const query = searchQuery(text);
  if (query === undefined) return { hits: [], byType: [] };
  const wanted = BEST_FIRST.filter((type) => types.includes(type));
  const byType = wanted
    .map((type) => ({ type, items: countOf(database, type, query) }))
    .filter(({ items }) => items > 0);
  const from = after === undefined ? undefined : placeIn(after);
  const begun = from === undefined ? 0 : byType.findIndex(({ type }) => type === from.type);
  if (begun < 0) throw badPage();
  const hits: SearchHit[] = [];
  const people = new People(database);
  for (const { type } of byType.slice(begun)) {
    const below = from?.type === type ? from.n : Number.MAX_SAFE_INTEGER;
    const found = find(database, type, query, below, limit + 1 - hits.length);
    for (const n of found) hits.push(hitOf(database, type, n, text, { people, zone }));
    if (hits.length > limit) break;
  }
  const last = hits.length > limit ? hits[limit - 1] : undefined;
  return { hits: hits.slice(0, limit), byType, ...(last && { next: `${last.type}.${last.entry}` }) };
}

function countOf(database: Database, type: ItemType, query: string): number {
  const table = findTable(typeNumber(type));
  return Number(
    database.get(`SELECT count(*) AS items FROM ${table} WHERE ${table} MATCH ?`, query)?.['items'] ?? 0,
  );
}

function find(database: Database, type: ItemType, query: string, below: number, limit: number): number[] {
  const table = findTable(typeNumber(type));
  return database
    .all(
      `SELECT rowid AS n FROM ${table} WHERE ${table} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
      query,
      below,
      limit,
    )
    .map(({ n }) => Number(n));
}

function placeIn(after: string): { type: ItemType; n: number } {
  const [word, digits = ''] = after.split('.');
  const type = ITEM_TYPES.find((each) => each === word);
  if (type === undefined || !/^\d{1,15}$/.test(digits)) throw badPage();
  return { type, n: Number(digits) };
}

function hitOf(database: Database, type: ItemType, n: number, text: string, by: ShownBy): SearchHit {
  const row = database.get('SELECT n, parent, what, name, mtime, content FROM entry WHERE n = ?', n) ?? {};
  if (row['what'] === WHAT.record)
    return type === 'messages' ? messageHit(database, n, text, by) : recordHit(database, type, n, text, by);
  const folder = pathOf(database, row).split('/').slice(0, -1).join('/');
  return {
    entry: n,
    type,
    title: originalText(String(row['name'])),
    context: folder,
    ...(row['mtime'] !== null && { time: by.zone.clockOf(inRange(Number(row['mtime']))) }),
  };
}

function messageHit(database: Database, n: number, text: string, { people, zone }: ShownBy): SearchHit {
  const row = database.get('SELECT thread, time, text, attachments FROM message WHERE n = ?', n) ?? {};
  const thread = Number(row['thread']);
  return {
    entry: n,
    type: 'messages',
    title: peopleOf(database, thread, people).join(', '),
    context: snippet(originalText(String(row['text'])), text),
    time: zone.clockOf(inRange(Number(row['time']))),
    thread,
  };
}

function recordHit(
  database: Database,
  type: ItemType,
  n: number,
  text: string,
  { people, zone }: ShownBy,
): SearchHit {
  const row: Row =
    database.get(
      'SELECT entry.n, entry.name, entry.kind, record.* FROM record JOIN entry ON entry.n = record.n WHERE record.n = ?',
      n,
    ) ?? {};
  const { title, subtitle = '', time } = recordRow(row, people, zone);
  return {
    entry: n,
    type,
    title,
    context: meantField(row, title, text) ?? subtitle,
    ...(time !== undefined && { time }),
  };
}

/** The field that has the first word, where the title has not. */
function meantField(row: Row, title: string, text: string): string | undefined {
  const [word = ''] = foldedText(text).split(/\s+/);
  if (word === '' || foldedText(title).includes(word) || String(row['fields']).length > MOST_FIELD_TEXT)
    return undefined;
  const meant = fieldsOf(row).find(
    ([, value]) => typeof value === 'string' && foldedText(value).includes(word),
  );
  return meant && `${meant[0]}: ${snippet(String(meant[1]), text)}`;
}
