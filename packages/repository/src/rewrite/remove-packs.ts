import { isFailure, mapOrdered } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import type { Store } from '@holdfast/store';

/** Removals under way at once: each is a round trip. */
const REMOVALS_AT_A_TIME = 8;

/** Removes packs, yielding each that is gone; one that was gone before counts. No index file may list them any more. */
export async function* removePacks(
  store: Store,
  packs: readonly Id[],
  signal?: AbortSignal,
): AsyncGenerator<Id, void, undefined> {
  const remove = async (name: Id, stop: AbortSignal): Promise<Id> => {
    stop.throwIfAborted();
    try {
      await store.remove({ kind: 'pack', name }, stop);
    } catch (error) {
      if (!isFailure(error, 'store/missing')) throw error;
    }
    return name;
  };
  yield* mapOrdered(packs, REMOVALS_AT_A_TIME, remove, signal);
}
