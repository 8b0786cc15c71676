import type { Balance } from '@holdfast/contract';
import type { RestoredItem, RestoreEvent, RestoreSummary } from './events.ts';

/** A restore as a person sees it; every event gives the next one. */
export interface RestoreState {
  readonly phase: 'planned' | 'restoring' | 'done';
  readonly balance: Balance;
  readonly totalBytes: number;
  readonly doneBytes: number;
  /** Bytes written of items that are still waiting. */
  readonly underWayBytes: number;
  readonly restoredItems: number;
  readonly restoredBytes: number;
  readonly alreadyThere: number;
  readonly current: string | undefined;
  readonly setAside: readonly RestoredItem[];
  readonly summary: RestoreSummary | undefined;
}

/** Before the first event. */
export const RESTORE_BEGINNING: RestoreState = {
  phase: 'planned',
  balance: { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 },
  totalBytes: 0,
  doneBytes: 0,
  underWayBytes: 0,
  restoredItems: 0,
  restoredBytes: 0,
  alreadyThere: 0,
  current: undefined,
  setAside: [],
  summary: undefined,
};

const MOST_LISTED = 1000;

/** The state after an event. The balance holds after every one; nothing moves a finished restore. */
export function stepRestore(state: RestoreState, event: RestoreEvent): RestoreState {
  if (state.phase === 'done') return state;
  switch (event.kind) {
    case 'began':
      return {
        ...state,
        phase: 'restoring',
        balance: { ...state.balance, found: event.items, waiting: event.items },
        totalBytes: event.bytes,
      };
    case 'item':
      return afterItem(state, event);
    case 'under-way':
      return { ...state, underWayBytes: event.bytes };
    case 'done':
      return { ...state, phase: 'done', current: undefined, underWayBytes: 0, summary: event.summary };
    default:
      return event satisfies never;
  }
}

/** The summary of a restore whose items are all accounted for. */
export function summarise(state: RestoreState): RestoreSummary {
  const { balance, totalBytes, restoredItems, restoredBytes, alreadyThere, setAside } = state;
  return { balance, totalBytes, restoredItems, restoredBytes, alreadyThere, setAside };
}

function afterItem(
  state: RestoreState,
  { kind: _kind, ...item }: { readonly kind: 'item' } & RestoredItem,
): RestoreState {
  const { balance } = state;
  const { items = 1 } = item;
  const isRestored = item.reason === 'restored';
  const isListed = item.state !== 'verified' && state.setAside.length < MOST_LISTED;
  return {
    ...state,
    balance: { ...balance, waiting: balance.waiting - items, [item.state]: balance[item.state] + items },
    doneBytes: state.doneBytes + item.bytes,
    // What was under way of it is done now; whatever is left of others is told next.
    underWayBytes: Math.max(0, state.underWayBytes - item.bytes),
    restoredItems: state.restoredItems + (isRestored ? items : 0),
    restoredBytes: state.restoredBytes + (isRestored ? item.bytes : 0),
    alreadyThere: state.alreadyThere + (item.reason === 'already-there' ? items : 0),
    current: item.path,
    setAside: isListed ? [...state.setAside, item] : state.setAside,
  };
}
