/** What stands before the value of a row. */
const mark = (row: number, id: string, column: string): string => `Row: ${row} _id=${id}, ${column}=`;

/** The value in what a query for one id and one column printed: all of it behind the mark. */
export function parseOneMarked(text: string, id: string, column: string): string | undefined {
  const first = mark(0, id, column);
  return text.startsWith(first) && text.endsWith('\n') ? text.slice(first.length, -1) : undefined;
}

/**
 * The values that a query for `_id` and one text column printed for exactly these ids, sorted by `_id`: each lies between its
 * own mark and the next one's. Text may hold anything, marks too: where the next mark is there more than once, `ask`
 * gives the value by itself, which settles where it ends. `undefined` when the text is not what such a query prints.
 */
export async function parseMarkedRows(
  text: string,
  ids: readonly string[],
  column: string,
  ask: (id: string) => Promise<string | undefined>,
): Promise<string[] | undefined> {
  if (ids.length === 0) return text === '' ? [] : undefined;
  if (!text.startsWith(mark(0, ids[0] ?? '', column)) || !text.endsWith('\n')) return undefined;
  const marks = allMarks(text, column);
  const values: string[] = [];
  let from = mark(0, ids[0] ?? '', column).length;
  for (const [row, id] of ids.entries()) {
    const nextId = ids[row + 1];
    if (nextId === undefined) {
      values.push(text.slice(from, -1));
      break;
    }
    const next = `\n${mark(row + 1, nextId, column)}`;
    const places = (marks.get(next) ?? []).filter((at) => at >= from);
    const value = places.length > 1 ? await ask(id) : text.slice(from, places[0] ?? from);
    if (value === undefined || places.length === 0) return undefined;
    if (!text.startsWith(value, from) || !text.startsWith(next, from + value.length)) return undefined;
    values.push(value);
    from += value.length + next.length;
  }
  return values;
}

/** Where each mark stands, forged ones too. */
function allMarks(text: string, column: string): ReadonlyMap<string, readonly number[]> {
  const marks = new Map<string, number[]>();
  for (const { 0: found, index } of text.matchAll(/\nRow: \d+ _id=\d+, ([^=\n]+)=/g)) {
    if (!found.endsWith(`, ${column}=`)) continue;
    const places = marks.get(found);
    if (places === undefined) marks.set(found, [index]);
    else places.push(index);
  }
  return marks;
}
