import type { IndexedRepository, OpenRepository } from '@holdfast/repository';
import { acquireLock, loadIndex } from '@holdfast/repository/opening';
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
}

/** What is done of a repository before its lock counts: while that settles, unless it locks everybody out. */
export interface Early<P, B extends AsyncDisposable | undefined> {
  /** Finds out what has to be known before the index is loaded, since snapshots name what the index lists. */
  readonly prepare: (repository: OpenRepository, signal: AbortSignal) => Promise<P>;
  /** Begins what needs the index. Where that turns out not to hold, `signal` aborts, what was begun is disposed of, and it is begun again under the lock. */
  readonly begin: (indexed: IndexedRepository, prepared: P, signal: AbortSignal) => B;
}

/** A repository that is locked until disposed of. */
export interface Locked extends AsyncDisposable {
  readonly opened: Opened;
  /** Aborts when the person stops the program, and when the lock is lost. */
  readonly signal: AbortSignal;
}

/** A repository with its index, locked until disposed of, and what was done of it early. */
export interface Indexed<P, B = undefined> extends AsyncDisposable {
  readonly indexed: IndexedRepository;
  readonly prepared: P;
  readonly begun: B;
  /** As of {@link Locked}. */
  readonly signal: AbortSignal;
}

/** Opens the repository and takes a lock. Fails as `openHere` and `acquireLock` do. */
function lockHere(host: Host, hold: Hold): Promise<Locked> {
  return lockTelling(host, hold, () => {});
}

/** As `lockHere`, with the index loaded and what `early` says done. Where a lock that settles turns out not to hold, both happen once more under it. */
export async function indexHere<P, B extends AsyncDisposable | undefined>(
  host: Host,
  hold: Hold,
  early: Early<P, B>,
): Promise<Indexed<P, B>> {
  await using stack = new AsyncDisposableStack();
  const read = (repository: OpenRepository, signal: AbortSignal): Promise<ReadHere<P, B>> =>
    readHere(repository, host, hold, early, signal);
  let reading: EarlyReading<ReadHere<P, B>> | undefined;
  const locked = await lockTelling(host, hold, (repository) => {
    if (hold.exclusive !== true)
      reading ??= stack.use(readEarly(repository, (signal) => read(repository, signal), host.signal));
  });
  const { opened, signal } = stack.use(locked);
  const { indexed, prepared, begun } = stack.use(
    (await reading?.take(signal)) ?? (await read(opened.repository, signal)),
  );
  const held = stack.move();
  return { indexed, prepared, begun, signal, [Symbol.asyncDispose]: () => held.disposeAsync() };
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
type ReadHere<P, B> = AsyncDisposable & Pick<Indexed<P, B>, 'indexed' | 'prepared' | 'begun'>;

async function readHere<P, B extends AsyncDisposable | undefined>(
  repository: OpenRepository,
  { threads }: Host,
  { tolerate }: Hold,
  { prepare, begin }: Early<P, B>,
  signal: AbortSignal,
): Promise<ReadHere<P, B>> {
  const prepared = await prepare(repository, signal);
  await using stack = new AsyncDisposableStack();
  const indexed = stack.use(
    await loadIndex(repository, {
      signal,
      ...(threads !== undefined && { threads }),
      ...(tolerate !== undefined && { tolerate }),
    }),
  );
  const begun = begin(indexed, prepared, signal);
  if (begun !== undefined) stack.use(begun);
  const read = stack.move();
  return { indexed, prepared, begun, [Symbol.asyncDispose]: () => read.disposeAsync() };
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
export function withIndexOnly<T>(
  host: Host,
  hold: Hold,
  work: (repository: IndexedRepository, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withIndex(
    host,
    hold,
    async () => {},
    (indexed, _, signal) => work(indexed, signal),
  );
}

/** As `withIndexOnly`; for `prepare` see `Early`. */
export function withIndex<P, T>(
  host: Host,
  hold: Hold,
  prepare: Early<P, undefined>['prepare'],
  work: (repository: IndexedRepository, prepared: P, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withBegun(host, hold, { prepare, begin: () => undefined }, ({ indexed, prepared, signal }) =>
    work(indexed, prepared, signal),
  );
}

/** As `withIndex`, with what was begun early. */
export async function withBegun<P, B extends AsyncDisposable | undefined, T>(
  host: Host,
  hold: Hold,
  early: Early<P, B>,
  work: (held: Indexed<P, B>) => Promise<T>,
): Promise<T> {
  await using held = await indexHere(host, hold, early);
  return await work(held);
}
