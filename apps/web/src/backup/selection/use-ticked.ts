import { useSyncExternalStore } from 'react';
import type { Ticked } from './selection.ts';
import { type Keep, type TickedStore, tickedStore } from './store.ts';

/** One for each backup, as long as the page lives: ticks stay from tab to tab and on the way to giving back. */
const stores = new Map<string, TickedStore>();

/** Gives the store of what is ticked in a backup. */
export function storeOf(backup: string): TickedStore {
  let store = stores.get(backup);
  if (store === undefined) {
    store = tickedStore(`holdfast ticked ${backup}`, sessionKeep());
    stores.set(backup, store);
  }
  return store;
}

/** Gives what is ticked in a backup now, and again whenever that changes. */
export function useTicked(backup: string): Ticked {
  const store = storeOf(backup);
  return useSyncExternalStore(store.listen, store.now);
}

/** A browser that keeps nothing for pages throws even when asked for the place. */
function sessionKeep(): Keep | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
