import type { ContentLink } from './content-query.ts';
import { numberRows } from './number-rows.ts';
import { readTable, type TableQuery, type TableRow } from './read-table.ts';

/** Rows that belong to rows of another table. */
export interface OwnedRows {
  /** By the row they belong to, each in order. */
  readonly rows: ReadonlyMap<string, readonly TableRow['columns'][]>;
  /** Rows to which one belongs that could not be read, and why: what is known of them is not whole. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** The rows of a table by the row that a column of theirs names. Fails as `readTable` does. */
export async function rowsByOwner(
  link: ContentLink,
  query: TableQuery,
  column: string,
  signal?: AbortSignal,
): Promise<OwnedRows> {
  const { uri, shape } = query;
  const rows = new Map<string, TableRow['columns'][]>();
  const unreadable = new Map<string, string>();
  for await (const { id, columns, problem } of readTable(link, query, signal)) {
    if (problem !== undefined) {
      const of = { uri, columns: [column], where: `${shape.id}=${id}` };
      const [owner] = (await numberRows(link, of, signal))[0] ?? [];
      if (owner !== undefined) unreadable.set(owner, problem);
      continue;
    }
    const owner = columns[column];
    if (owner === undefined) continue;
    const others = rows.get(owner);
    if (others === undefined) rows.set(owner, [columns]);
    else others.push(columns);
  }
  return { rows, unreadable };
}
