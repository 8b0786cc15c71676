import { acquireLock, type IndexedRepository, loadIndex, type OpenRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { type Opened, openHere } from './open.ts';

/** How a repository is held while something works on it. */
export interface Hold {
  /** For removing what others may need. */
  readonly exclusive?: boolean;
  /** Works without some of the index files, when they are damaged. */
  readonly tolerate?: boolean;
}

/** A repository that is locked until disposed of. */
export interface Locked extends AsyncDisposable {
  readonly opened: Opened;
  /** Aborts when the person stops the program, and when the lock is lost. */
  readonly signal: AbortSignal;
}

/** A repository with its index, locked until disposed of, and what was found out before the index was loaded. */
export interface Indexed<P> extends AsyncDisposable {
  readonly indexed: IndexedRepository;
  readonly prepared: P;
  /** As of {@link Locked}. */
  readonly signal: AbortSignal;
}

/** Opens the repository and takes a lock. Fails as `openHere` and `acquireLock` do. */
export async function lockHere(host: Host, { exclusive = false }: Hold): Promise<Locked> {
  const opened = await openHere(host);
  const { isProcessAlive, signal } = host;
  // Who only reads goes on where nothing can be written, a lock included.
  const lockOptions = { exclusive, readOnly: !exclusive, isProcessAlive, signal };
  const lock = await acquireLock(opened.repository, lockOptions);
  if (!lock.isStored)
    host.tell.note('Nothing can be written there, no lock either: let no other program change it meanwhile.');
  return { opened, signal: lock.signal, [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose]() };
}

/** As `lockHere`, with the index loaded; what `prepare` finds out is found out before, since snapshots name what the index lists. */
export async function indexHere<P>(
  host: Host,
  hold: Hold,
  prepare: (repository: OpenRepository, signal: AbortSignal) => Promise<P>,
): Promise<Indexed<P>> {
  await using stack = new AsyncDisposableStack();
  const { opened, signal } = stack.use(await lockHere(host, hold));
  const { repository } = opened;
  const { threads } = host;
  const prepared = await prepare(repository, signal);
  const indexed = stack.use(
    await loadIndex(repository, {
      signal,
      ...(threads !== undefined && { threads }),
      ...(hold.tolerate !== undefined && { tolerate: hold.tolerate }),
    }),
  );
  const held = stack.move();
  return { indexed, prepared, signal, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** Does work on a locked repository, and gives the lock back however it ends. */
export async function withLock<T>(
  host: Host,
  hold: Hold,
  work: (opened: Opened, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await using locked = await lockHere(host, hold);
  return await work(locked.opened, locked.signal);
}

/** As `withLock`, with the index loaded. */
export async function withIndexOnly<T>(
  host: Host,
  hold: Hold,
  work: (repository: IndexedRepository, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await using held = await indexHere(host, hold, async () => {});
  return await work(held.indexed, held.signal);
}

/** As `withIndexOnly`; for `prepare` see `indexHere`. */
export async function withIndex<P, T>(
  host: Host,
  hold: Hold,
  prepare: (repository: OpenRepository, signal: AbortSignal) => Promise<P>,
  work: (repository: IndexedRepository, prepared: P, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await using held = await indexHere(host, hold, prepare);
  return await work(held.indexed, held.prepared, held.signal);
}
