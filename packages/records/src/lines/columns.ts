import { isObject, type JsonObject } from './json-lines.ts';

/** A provider's row: column to value, as text. A column that is NULL is absent; the text `NULL` is a text. */
export type Columns = Readonly<Record<string, string>>;

/**
 * The columns among an object's members.
 *
 * Other writers have numbers where we have texts: they become texts. `null` is absent, like NULL. What else there is (a list, an
 * object) is kept as its JSON.
 */
export function columnsOf(object: JsonObject, besides: ReadonlySet<string> = NONE): Columns {
  if (besides.size === 0 && hasOnlyTexts(object)) return object as Columns;
  const columns: [string, string][] = [];
  for (const [name, value] of Object.entries(object)) {
    if (value === null || besides.has(name)) continue;
    columns.push([name, typeof value === 'string' ? value : JSON.stringify(value)]);
  }
  return Object.fromEntries(columns);
}

const NONE: ReadonlySet<string> = new Set();

function hasOnlyTexts(object: JsonObject): boolean {
  for (const name in object) if (typeof object[name] !== 'string') return false;
  return true;
}

/** The rows of a list; absent when it is no list of objects. An absent list has none. */
export function rowsOf(value: unknown): readonly JsonObject[] | undefined {
  if (value === undefined) return [];
  return Array.isArray(value) && value.every(isObject) ? value : undefined;
}
