import { isFailure } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import type { OpenRepository } from '../repository.ts';
import { type FoundLocks, type IsProcessAlive, listLocks } from './found-locks.ts';

/**
 * The locks to take away: those of programs that are gone; with `all` every one, damaged ones and those of programs at
 * work too, which may then destroy each other's work.
 */
export async function planUnlock(
  repository: OpenRepository,
  {
    all = false,
    isProcessAlive,
    signal,
  }: { readonly all?: boolean; readonly isProcessAlive: IsProcessAlive; readonly signal?: AbortSignal },
): Promise<FoundLocks> {
  const found = await listLocks(repository, { isProcessAlive, ...(signal && { signal }) });
  if (all) return found;
  return { locks: found.locks.filter(({ state }) => state !== 'held'), unreadable: [], empty: [] };
}

/** Removes the locks of a plan and gives how many of them were still there. */
export async function unlock(
  repository: OpenRepository,
  { locks, unreadable, empty }: FoundLocks,
  signal?: AbortSignal,
): Promise<number> {
  const names = [...locks.map(({ id }) => id), ...unreadable.map(({ name }) => name), ...empty];
  let removed = 0;
  for (const name of names) if (await removeLock(repository, name, signal)) removed += 1;
  return removed;
}

/** Removes a lock file; false when it was gone already. */
export async function removeLock(
  { files }: OpenRepository,
  name: Id,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await files.remove('lock', name, signal);
    return true;
  } catch (error) {
    if (isFailure(error, 'store/missing')) return false;
    throw error;
  }
}
