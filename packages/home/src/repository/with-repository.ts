import { acquireLock, type IndexedRepository, loadIndex, type OpenRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { type Opened, openHere } from './open.ts';

/** How a repository is held while a command works on it. */
export interface Hold {
  /** For removing what others may need. */
  readonly exclusive?: boolean;
  /** Works without some of the index files, when they are damaged. */
  readonly tolerate?: boolean;
}

/**
 * Opens the repository, takes a lock, and gives it back however the work ends. `signal` aborts when the person stops the
 * command, and when the lock is lost.
 */
export async function withLock<T>(
  host: Host,
  { exclusive = false }: Hold,
  work: (opened: Opened, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const opened = await openHere(host);
  const { isProcessAlive, signal } = host;
  // Who only reads goes on where nothing can be written, a lock included.
  const lockOptions = { exclusive, readOnly: !exclusive, isProcessAlive, signal };
  await using lock = await acquireLock(opened.repository, lockOptions);
  if (!lock.isStored)
    host.tell.note('Nothing can be written there, no lock either: let no other program change it meanwhile.');
  return await work(opened, lock.signal);
}

/** As `withLock`, with the index loaded. */
export async function withIndexOnly<T>(
  host: Host,
  hold: Hold,
  work: (repository: IndexedRepository, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return await withIndex(
    host,
    hold,
    async () => {},
    (indexed, _nothing, signal) => work(indexed, signal),
  );
}

/** As `withIndexOnly`; what `prepare` finds out is found out before, since snapshots name what the index lists. */
export async function withIndex<P, T>(
  host: Host,
  hold: Hold,
  prepare: (repository: OpenRepository, signal: AbortSignal) => Promise<P>,
  work: (repository: IndexedRepository, prepared: P, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { threads } = host;
  return await withLock(host, hold, async ({ repository }, signal) => {
    const prepared = await prepare(repository, signal);
    await using indexed = await loadIndex(repository, {
      signal,
      ...(threads !== undefined && { threads }),
      ...(hold.tolerate !== undefined && { tolerate: hold.tolerate }),
    });
    return await work(indexed, prepared, signal);
  });
}
