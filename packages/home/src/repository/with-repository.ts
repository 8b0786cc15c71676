import { acquireLock, type IndexedRepository, loadIndex, type OpenRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { type EarlyReading, readEarly } from './early-reading.ts';
import { type Opened, openHere } from './open.ts';

/** How a repository is held while something works on it. */
export interface Hold {
  /** Nobody else may work on it: for removing what others may need. */
  readonly exclusive?: boolean;
  /** Writes nothing there: goes on where nothing can be written, a lock included. Default: what is not `exclusive`. */
  readonly readOnly?: boolean;
  /** Works without some of the index files, when they are damaged. */
  readonly tolerate?: boolean;
  /**
   * Told when the index is loaded, while the lock settles: for what can begin already. It may be told again, of another, when that did not hold; then, and
   * when `signal` aborts, what was begun is over.
   */
  readonly onIndexed?: (indexed: IndexedRepository, signal: AbortSignal) => void;
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
function lockHere(host: Host, hold: Hold): Promise<Locked> {
  return lockTelling(host, hold, () => {});
}

/**
 * As `lockHere`, with the index loaded; what `prepare` finds out is found out before, since snapshots name what the index lists. Unless it locks
 * everybody out, both happen while the lock settles, and once more where that does not hold.
 */
export async function indexHere<P>(
  host: Host,
  hold: Hold,
  prepare: (repository: OpenRepository, signal: AbortSignal) => Promise<P>,
): Promise<Indexed<P>> {
  await using stack = new AsyncDisposableStack();
  const read = (repository: OpenRepository, signal: AbortSignal): Promise<ReadHere<P>> =>
    readHere(repository, host, hold, prepare, signal);
  let early: EarlyReading<ReadHere<P>> | undefined;
  const locked = await lockTelling(host, hold, (repository) => {
    if (hold.exclusive !== true)
      early ??= stack.use(readEarly(repository, (signal) => read(repository, signal), host.signal));
  });
  const { opened, signal } = stack.use(locked);
  const { indexed, prepared } = stack.use(
    (await early?.take(signal)) ?? (await read(opened.repository, signal)),
  );
  const held = stack.move();
  return { indexed, prepared, signal, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** As `lockHere`; tells when the lock file is written, and does not count yet. */
async function lockTelling(
  host: Host,
  { exclusive = false, readOnly = !exclusive }: Hold,
  onWritten: (repository: OpenRepository) => void,
): Promise<Locked> {
  const opened = await openHere(host);
  const { repository } = opened;
  const { isProcessAlive, signal } = host;
  const lock = await acquireLock(repository, {
    exclusive,
    readOnly,
    isProcessAlive,
    onWritten: () => onWritten(repository),
    signal,
  });
  if (!lock.isStored)
    host.tell.note('Nothing can be written there, no lock either: let no other program change it meanwhile.');
  return { opened, signal: lock.signal, [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose]() };
}

/** What `indexHere` reads. */
type ReadHere<P> = AsyncDisposable & Pick<Indexed<P>, 'indexed' | 'prepared'>;

async function readHere<P>(
  repository: OpenRepository,
  { threads }: Host,
  { tolerate, onIndexed }: Hold,
  prepare: (repository: OpenRepository, signal: AbortSignal) => Promise<P>,
  signal: AbortSignal,
): Promise<ReadHere<P>> {
  const prepared = await prepare(repository, signal);
  const indexed = await loadIndex(repository, {
    signal,
    ...(threads !== undefined && { threads }),
    ...(tolerate !== undefined && { tolerate }),
  });
  onIndexed?.(indexed, signal);
  return { indexed, prepared, [Symbol.asyncDispose]: () => indexed[Symbol.asyncDispose]() };
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
