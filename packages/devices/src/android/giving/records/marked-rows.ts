import type { ContentLink } from '../../content/content-query.ts';
import { readTable } from '../../content/read-table.ts';
import { shapeOf } from '../../content/shape.ts';
import { runSteps } from '../script/run-steps.ts';

/** How a column of a row that has others belonging to it begins until those are there, too. */
const MARK = 'holdfast-unfinished-';

/** A table whose rows carry a mark, in this column, while they are made. */
export interface MarkedTable {
  readonly uri: string;
  readonly column: string;
  /** SQL: which of them count. */
  readonly where?: string;
  /** Where they are deleted for good; default: where they are. */
  readonly deletedFrom?: string;
}

/** The mark of a record, by its number. */
export const markOf = (number: number): string => `${MARK}${number}`;

/** True for a mark. */
export const isMark = (text: string | undefined): boolean => text?.startsWith(MARK) === true;

/** Ids of the rows that carry a mark, by the number in it. */
export async function markedRows(
  link: ContentLink,
  { uri, column, where }: MarkedTable,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const shape = await shapeOf(link, uri, { numbers: [], texts: [column] }, signal);
  const rows = new Map<number, string>();
  const marked = `${column} LIKE '${MARK}%'`;
  const query = { uri, shape, where: where === undefined ? marked : `${marked} AND ${where}` };
  for await (const { id, columns } of readTable(link, query, signal)) {
    const mark = columns[column];
    if (mark !== undefined && isMark(mark)) rows.set(Number(mark.slice(MARK.length)), id);
  }
  return rows;
}

/** Takes away the rows that an interrupted run left unfinished, with what belongs to them. */
export async function removeUnfinished(
  link: ContentLink,
  table: MarkedTable,
  signal?: AbortSignal,
): Promise<void> {
  await removeRows(link, table, await markedRows(link, table, signal), signal);
}

/** Takes such rows away, given by the number in their mark. */
export async function removeRows(
  link: ContentLink,
  { uri, deletedFrom = uri }: MarkedTable,
  rows: Iterable<readonly [number: number, id: string]>,
  signal?: AbortSignal,
): Promise<void> {
  const steps = Array.from(rows, ([number, id]) => [
    { number, words: ['content', 'delete', '--uri', deletedFrom, '--where', `_id=${id}`] },
  ]);
  if (steps.length > 0) await runSteps(link, steps, signal);
}
