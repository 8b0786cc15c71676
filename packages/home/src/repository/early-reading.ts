import type { OpenRepository } from '@holdfast/repository';
import { indexFilesNow } from '@holdfast/repository/opening';

/** What is being read of a repository before its lock counts. Disposing of it stops that, and disposes of what nobody took. */
export interface EarlyReading<T> extends AsyncDisposable {
  /**
   * What was read, once the lock is held: the caller's to dispose of; what is still under way aborts with the lock's `signal`. `undefined` where it does
   * not hold: reading failed, or the index files are others now. Then all is to be read again.
   */
  take(signal: AbortSignal): Promise<T | undefined>;
}

/**
 * Begins to read while a lock settles. A program that had locked everybody out before our lock was written may still be at work until then, and what
 * it removes it first takes out of the index: as long as the index files are the same, all that was read is there.
 */
export function readEarly<T extends AsyncDisposable>(
  repository: OpenRepository,
  read: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): EarlyReading<T> {
  const stopper = new AbortController();
  const reading = begin(repository, read, AbortSignal.any([signal, stopper.signal]));
  let isTaken = false;
  let locked: AbortSignal | undefined;
  const onLockLost = (): void => stopper.abort(locked?.reason);
  return {
    async take(signal) {
      const { result, indexFiles } = await reading;
      if (result === undefined) return undefined;
      const isCurrent = indexFiles === (await indexFilesNow(repository, signal));
      isTaken = true;
      if (isCurrent) {
        locked = signal;
        locked.addEventListener('abort', onLockLost);
        return result;
      }
      stopper.abort();
      await result[Symbol.asyncDispose]();
      return undefined;
    },
    async [Symbol.asyncDispose]() {
      locked?.removeEventListener('abort', onLockLost);
      stopper.abort();
      const { result } = await reading;
      if (!isTaken) await result?.[Symbol.asyncDispose]();
    },
  };
}

async function begin<T>(
  repository: OpenRepository,
  read: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<{ readonly result?: T; readonly indexFiles?: string }> {
  try {
    // Before all else: whatever is read after it holds if this still does.
    const indexFiles = await indexFilesNow(repository, signal);
    return { result: await read(signal), indexFiles };
  } catch {
    // It shows again under the lock, or was only because there was none.
    return {};
  }
}
