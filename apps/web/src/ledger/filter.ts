import {
  ITEM_KINDS,
  ITEM_STATES,
  type ItemKind,
  type ItemState,
  REASONS,
  type ReasonCode,
} from '@holdfast/contract';
import type { Answer, Query } from '@holdfast/contract/api';

/** What of the ledger is shown, as it stands in the address of the page. */
export interface LedgerFilter {
  readonly state?: ItemState | undefined;
  readonly reason?: ReasonCode | undefined;
  readonly kind?: ItemKind | undefined;
  readonly text?: string | undefined;
  readonly gone?: 'only' | undefined;
}

/** The filter that an address asks for; what it has no words for is left out. */
export function readFilter(search: URLSearchParams): LedgerFilter {
  const text = search.get('text') ?? '';
  return {
    state: oneOf(ITEM_STATES, search.get('state')),
    reason: oneOf(Object.keys(REASONS) as ReasonCode[], search.get('reason')),
    kind: oneOf(ITEM_KINDS, search.get('kind')),
    text: text === '' ? undefined : text.slice(0, 200),
    gone: search.get('gone') === 'only' ? 'only' : undefined,
  };
}

/** The filter as it stands in an address. */
export function writeFilter(filter: LedgerFilter): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (typeof value === 'string' && value !== '') search.set(name, value);
  return search;
}

/** The filter as the server is asked. */
export function queryOf({ state, reason, kind, text, gone }: LedgerFilter): Query<'items'> {
  return {
    limit: 200,
    ...(state !== undefined && { states: state }),
    ...(reason !== undefined && { reasons: reason }),
    ...(kind !== undefined && { kinds: kind }),
    ...(text !== undefined && { text }),
    ...(gone !== undefined && { gone }),
  };
}

/** How many items a filter shows, as far as the counts tell; `undefined` where text is looked for. */
export function countOf(counts: Answer<'counts'>, filter: LedgerFilter): number | undefined {
  if (filter.text !== undefined) return undefined;
  const { state, reason, kind, gone } = filter;
  return counts.rows
    .filter((row) => row.isGone === (gone === 'only'))
    .filter((row) => state === undefined || row.state === state)
    .filter((row) => reason === undefined || row.reason === reason)
    .filter((row) => kind === undefined || row.kind === kind)
    .reduce((sum, row) => sum + row.items, 0);
}

/** A reason, and how many items have it. */
export interface ReasonCount {
  readonly reason: ReasonCode;
  readonly state: ItemState;
  readonly items: number;
}

/** Why items are not safe, the most frequent reason first: of the state in the filter, or of all but the safe ones. */
export function reasonsOf(
  counts: Answer<'counts'>,
  { state, kind, gone }: LedgerFilter,
): readonly ReasonCount[] {
  const sums = new Map<ReasonCode, ReasonCount>();
  for (const row of counts.rows) {
    if (row.isGone !== (gone === 'only')) continue;
    if (state === undefined ? row.state === 'verified' : row.state !== state) continue;
    if (kind !== undefined && row.kind !== kind) continue;
    const { reason } = row;
    sums.set(reason, { reason, state: row.state, items: (sums.get(reason)?.items ?? 0) + row.items });
  }
  return [...sums.values()].toSorted((a, b) => b.items - a.items);
}

const oneOf = <T extends string>(words: readonly T[], word: string | null): T | undefined =>
  words.find((one) => one === word);
