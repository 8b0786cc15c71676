import type { ItemKind, ItemState, ReasonCode } from '@holdfast/contract';
import { toHex } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Asking } from '../database/asking.ts';
import { originalText, storedText } from '../database/stored-text.ts';

/** How it is known that an item is in the repository. */
export interface Receipt {
  /** The run that proved it. */
  readonly run: number;
  readonly at: Temporal.Instant;
  readonly snapshot?: string;
  /** How it was read back. */
  readonly proved?: string;
}

/** One item, as the ledger has it. What to do next is its reason's remedy (`reasonEntry`). */
export interface Item {
  readonly path: string;
  readonly kind: ItemKind;
  /** Of a record: one line for a person. From outside. */
  readonly title?: string;
  readonly sizeBytes?: number;
  readonly mtimeNs?: bigint;
  readonly state: ItemState;
  readonly reason: ReasonCode;
  readonly detail?: string;
  readonly since: Temporal.Instant;
  /** When it was first missed; what was saved of it stays saved. */
  readonly goneSince?: Temporal.Instant;
  readonly sha256?: string;
  /** The last proof: of what it is now when it is `verified`, otherwise of what it was. */
  readonly receipt?: Receipt;
}

/** The items of those rows, in that order; one that is not there any more is left out. */
export async function itemsAt({ query }: Asking, numbers: readonly number[]): Promise<Item[]> {
  if (numbers.length === 0) return [];
  const rows = await query
    .selectFrom('items')
    .innerJoin('standings', 'standings.number', 'items.standing')
    .leftJoin('runs', 'runs.number', 'items.receipt')
    .where('items.number', 'in', numbers)
    .select([
      'items.number',
      'items.path',
      'items.title',
      'items.size',
      'items.detail',
      'items.since',
      'items.gone_since',
      'items.sha256',
      'items.receipt',
      'standings.kind',
      'standings.state',
      'standings.reason',
      'runs.began',
      'runs.snapshot',
      'runs.proved',
    ])
    // More than a JavaScript number holds.
    .select(sql<string | null>`cast(items.mtime_ns as text)`.as('mtime_ns'))
    .execute();
  const byNumber = new Map(rows.map((row) => [row.number, itemOf(row)]));
  return numbers.map((number) => byNumber.get(number)).filter((item) => item !== undefined);
}

/** Columns of an item's row, and of those it refers to. */
interface JoinedRow {
  readonly path: string;
  readonly title: string | null;
  readonly size: number | null;
  readonly mtime_ns: string | null;
  readonly detail: string | null;
  readonly since: number;
  readonly gone_since: number | null;
  readonly sha256: Uint8Array | null;
  readonly receipt: number | null;
  readonly kind: string;
  readonly state: string;
  readonly reason: string;
  readonly began: number | null;
  readonly snapshot: string | null;
  readonly proved: string | null;
}

function itemOf(row: JoinedRow): Item {
  const { title, size, mtime_ns, detail, gone_since, sha256, receipt, began, snapshot, proved } = row;
  return {
    path: originalText(row.path),
    // We wrote them.
    kind: row.kind as ItemKind,
    state: row.state as ItemState,
    reason: row.reason as ReasonCode,
    since: instant(row.since),
    ...(title !== null && { title: originalText(title) }),
    ...(size !== null && { sizeBytes: size }),
    ...(mtime_ns !== null && { mtimeNs: BigInt(mtime_ns) }),
    ...(detail !== null && { detail: originalText(detail) }),
    ...(gone_since !== null && { goneSince: instant(gone_since) }),
    ...(sha256 !== null && { sha256: toHex(sha256) }),
    ...(receipt !== null &&
      began !== null && {
        receipt: {
          run: receipt,
          at: instant(began),
          ...(snapshot !== null && { snapshot }),
          ...(proved !== null && { proved }),
        },
      }),
  };
}

/** A time of the database. */
export const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms);

/** The item of a device at a path; `undefined` when there is none. */
export async function itemAt(asking: Asking, device: number, path: string): Promise<Item | undefined> {
  const row = await asking.query
    .selectFrom('items')
    .select('number')
    .where('device', '=', device)
    .where('path', '=', storedText(path))
    .executeTakeFirst();
  return row && (await itemsAt(asking, [row.number]))[0];
}
