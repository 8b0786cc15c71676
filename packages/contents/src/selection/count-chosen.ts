import type { Database } from '../database/database.ts';
import { WHAT } from '../database/schema.ts';
import { turn } from '../turn.ts';
import type { Chosen } from './chosen.ts';
import { MARK, type Marks } from './marks.ts';
import { Owners } from './owners.ts';
import type { SingleRecords } from './single-records.ts';

const ROWS_AT_A_TIME = 2000;
/** These are only counted. */
const RECORDS_AT_A_TIME = 20_000;

/** Counts what is marked, having marked what is of a type (by its number) and not left out. Nothing is counted twice. */
export async function countChosen(
  database: Database,
  marks: Marks,
  single: SingleRecords,
  fileTypes: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<Chosen> {
  let [items, bytes] = [0, 0];
  const recordsIn = new Map<number, number>();
  const untyped: number[] = [];
  if (fileTypes.size > 0 || marks.all.includes(MARK.chosen)) {
    // In numbers there is no order of types: all are looked at.
    for (let from = 0; from < marks.all.length; from += ROWS_AT_A_TIME) {
      const rows = database.all(
        'SELECT n, what, type, size FROM entry WHERE n >= ? AND n < ? AND what < 4 AND what > 0',
        from,
        from + ROWS_AT_A_TIME,
      );
      for (const { n, what, type, size } of rows) {
        const at = Number(n);
        if (type !== null && fileTypes.has(Number(type)) && !marks.isLeftOut(at)) marks.set(at, MARK.chosen);
        if (!marks.isChosen(at)) continue;
        bytes += Number(size ?? 0);
        if (type !== null || what !== WHAT.file) items += 1;
        else untyped.push(at);
      }
      await turn(signal);
    }
  }
  if (untyped.length > 0) {
    for (const [made, count] of await countRecords(database, marks.all.length, signal))
      if (marks.isChosen(made)) recordsIn.set(made, count);
    const owners = new Owners(database);
    for (const n of untyped) {
      const owner = owners.of(n);
      if (owner === n) recordsIn.set(n, recordsIn.get(n) ?? 0);
      // Without what it belongs to it is chosen for itself.
      else if (owner !== undefined && !marks.isChosen(owner)) items += 1;
    }
  }
  for (const count of recordsIn.values()) items += count;
  for (const [made, records] of single.byFile) {
    // All of the file is chosen, and counted, already.
    if (marks.isChosen(made)) single.byFile.delete(made);
    else items += records.size;
  }
  return { marks: marks.all, records: single.byFile, recordsIn, items, bytes };
}

/** How many records there are, by the numbers of their files. */
async function countRecords(
  database: Database,
  entries: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (let from = 0; from < entries; from += RECORDS_AT_A_TIME) {
    const rows = database.all(
      'SELECT parent, COUNT(*) AS records FROM entry WHERE n >= ? AND n < ? AND what = 4 GROUP BY parent',
      from,
      from + RECORDS_AT_A_TIME,
    );
    for (const { parent, records } of rows)
      counts.set(Number(parent), (counts.get(Number(parent)) ?? 0) + Number(records));
    await turn(signal);
  }
  return counts;
}
