import type { Balance, ItemState } from '@holdfast/contract';
import type { BackupEvent, BackupPhase, BackupSummary, SetAside } from './events.ts';

/** A backup as a person sees it; every event gives the next one. */
export interface BackupState {
  readonly phase: BackupPhase;
  /** Saved items count as waiting until they are proved. */
  readonly balance: Balance;
  /** Of the waiting items, those on their way. */
  readonly savedItems: number;
  readonly foundBytes: number;
  /** Of those, bytes of items that need nothing more: unchanged, saved or set aside. */
  readonly doneBytes: number;
  /** Of files, read so far: those that are saved, and what there is of those on their way. */
  readonly readBytes: number;
  /** Of saved items. */
  readonly savedBytes: number;
  readonly newBytes: number;
  readonly storedBytes: number;
  readonly verifiedBytes: number;
  /** False while more may be found. */
  readonly isFoundComplete: boolean;
  /** The last item taken up. */
  readonly current: string | undefined;
  readonly setAside: readonly SetAside[];
  readonly summary: BackupSummary | undefined;
}

/** Before the first event. */
export const BACKUP_BEGINNING: BackupState = {
  phase: 'looking',
  balance: { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 },
  savedItems: 0,
  foundBytes: 0,
  doneBytes: 0,
  readBytes: 0,
  savedBytes: 0,
  newBytes: 0,
  storedBytes: 0,
  verifiedBytes: 0,
  isFoundComplete: false,
  current: undefined,
  setAside: [],
  summary: undefined,
};

/** So many set-aside items are kept in the state; all of them are in the snapshot's holdfast.json. */
const MOST_LISTED = 1000;

/** The state after an event. The balance holds after every one; nothing moves a finished backup. */
export function stepBackup(state: BackupState, event: BackupEvent): BackupState {
  if (state.phase === 'done' || state.phase === 'stopped') return state;
  const { balance } = state;
  switch (event.kind) {
    case 'began':
      return state;
    case 'listed':
      return found(state, event.folder.totals);
    case 'found':
      return found(state, event);
    case 'looked':
      return { ...state, isFoundComplete: true, phase: state.phase === 'looking' ? 'saving' : state.phase };
    case 'unchanged':
      return {
        ...state,
        balance: moved(balance, 'verified', event.items),
        doneBytes: state.doneBytes + event.bytes,
      };
    case 'saving':
      return { ...state, phase: 'saving', current: event.path };
    case 'saved':
      return {
        ...state,
        savedItems: state.savedItems + event.items,
        doneBytes: state.doneBytes + event.bytes,
        savedBytes: state.savedBytes + event.bytes,
        newBytes: state.newBytes + event.newBytes,
      };
    case 'set-aside': {
      const { kind: _kind, bytes, ...setAside } = event;
      return {
        ...state,
        balance: moved(balance, event.state, 1),
        doneBytes: state.doneBytes + bytes,
        setAside: state.setAside.length < MOST_LISTED ? [...state.setAside, setAside] : state.setAside,
      };
    }
    case 'progress':
      return {
        ...state,
        readBytes: event.readBytes,
        storedBytes: event.storedBytes,
        verifiedBytes: event.verifiedBytes,
      };
    case 'proving':
      return { ...state, phase: 'proving', current: undefined };
    case 'done':
      return {
        ...state,
        phase: 'done',
        balance: moved(balance, 'verified', event.summary.snapshot === undefined ? 0 : state.savedItems),
        savedItems: 0,
        storedBytes: event.summary.storedBytes,
        verifiedBytes: event.summary.verifiedBytes,
        current: undefined,
        summary: event.summary,
      };
    default:
      return event satisfies never;
  }
}

/** How far a backup is, in bytes of what was found: done, and read of items on their way, of which one may be a long video. */
export function reachedBytes({ foundBytes, doneBytes, readBytes, savedBytes }: BackupState): number {
  return Math.min(foundBytes, doneBytes + Math.max(0, readBytes - savedBytes));
}

/** The state of a backup that ended before it was done: what was not proved is waiting. */
export function stopBackup(state: BackupState): BackupState {
  return state.phase === 'done' ? state : { ...state, phase: 'stopped', current: undefined };
}

function found(state: BackupState, { items, bytes }: { items: number; bytes: number }): BackupState {
  const { balance, foundBytes } = state;
  return {
    ...state,
    balance: { ...balance, found: balance.found + items, waiting: balance.waiting + items },
    foundBytes: foundBytes + bytes,
  };
}

/** What is set aside as waiting waits on. */
function moved(balance: Balance, to: ItemState, items: number): Balance {
  if (to === 'waiting') return balance;
  return { ...balance, waiting: balance.waiting - items, [to]: balance[to] + items };
}
