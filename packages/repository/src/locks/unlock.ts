import { isFailure } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import type { OpenRepository } from '../repository.ts';
import { type IsProcessAlive, listLocks } from './found-locks.ts';

/**
 * Removes the locks of programs that are gone and gives their number; with `all`, every lock file, damaged ones and those
 * of programs at work too, which may then destroy each other's work.
 */
export async function unlock(
  repository: OpenRepository,
  {
    all = false,
    isProcessAlive,
    signal,
  }: { readonly all?: boolean; readonly isProcessAlive: IsProcessAlive; readonly signal?: AbortSignal },
): Promise<number> {
  const names = all
    ? (await Array.fromAsync(repository.files.list('lock', signal))).map(({ name }) => name)
    : (await listLocks(repository, { isProcessAlive, ...(signal && { signal }) })).locks
        .filter(({ state }) => state !== 'held')
        .map(({ id }) => id);
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
