import { type Balance, ITEM_STATES, type ItemKind } from '@holdfast/contract';
import type { Database } from '../database/database.ts';

/** Items by kind, and all of them. */
export type KindCounts = Readonly<Partial<Record<ItemKind | 'all', number>>>;

/** Items that are on the device now, by kind. */
export function presentByKind(database: Database, device: number): KindCounts {
  const counts: Partial<Record<ItemKind | 'all', number>> = {};
  let all = 0;
  for (const { kind, items } of database.all(
    'SELECT kind, sum(items) AS items FROM standings WHERE device = ? AND is_gone = 0 GROUP BY kind',
    device,
  )) {
    counts[kind as ItemKind] = Number(items);
    all += Number(items);
  }
  return { ...counts, all };
}

/** Items that are on the device now, by state. */
export function presentBalance(database: Database, device: number): Balance {
  const balance = { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 };
  for (const { state, items } of database.all(
    'SELECT state, sum(items) AS items FROM standings WHERE device = ? AND is_gone = 0 GROUP BY state',
    device,
  )) {
    const known = ITEM_STATES.find((one) => one === state);
    if (known === undefined) throw new Error(`no item can be ${String(state)}`);
    balance[known] += Number(items);
    balance.found += Number(items);
  }
  return balance;
}

/** Below so many a person sees for themselves what is gone. */
const LEAST_BEFORE = 20;

/** Less than this share of what there was is told. */
const FAR_LESS = 1 / 2;

/** At the end of a run: raises an alarm for each kind of which far less is left, and ends those that are no longer true. */
export function keepAlarms(
  database: Database,
  { device, run, began }: { readonly device: number; readonly run: number; readonly began: number },
  before: KindCounts,
): void {
  const now = presentByKind(database, device);
  for (const { kind, before: then } of database.all('SELECT * FROM alarms WHERE device = ?', device)) {
    if ((now[kind as ItemKind] ?? 0) >= Number(then) * FAR_LESS)
      database.run('DELETE FROM alarms WHERE device = ? AND kind = ?', device, kind as string);
  }
  for (const [kind, count] of Object.entries(before)) {
    if (count < LEAST_BEFORE || (now[kind as ItemKind] ?? 0) >= count * FAR_LESS) continue;
    database.run(
      `INSERT INTO alarms (device, kind, before, run, since) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (device, kind) DO NOTHING`,
      device,
      kind,
      count,
      run,
      began,
    );
  }
}
