import { isFailure } from '@holdfast/kernel';
import { locked, unreadableLock } from '../failures.ts';
import type { OpenRepository } from '../repository.ts';
import { type FoundLocks, type IsProcessAlive, type LockEntry, listLocks } from './found-locks.ts';
import { type HeldLock, keepLock, SETTLING, type WrittenLock, writeLock } from './held-lock.ts';
import { removeLock } from './unlock.ts';

/** How a lock is asked for. */
export interface LockOptions {
  /** Nobody else may hold any lock: for removing what others may need. Otherwise only an exclusive lock keeps us out. */
  readonly exclusive: boolean;
  /** The caller only reads, also under an exclusive lock: where the store cannot be written to, or is full, it goes on without a lock file. */
  readonly readOnly?: boolean;
  readonly isProcessAlive: IsProcessAlive;
  /** Tries again for so long while others hold the repository; default: not at all. */
  readonly waitFor?: Temporal.Duration;
  /** Told of the lock that is waited for, before each wait. */
  readonly onWait?: (blocker: LockEntry) => void;
  /** Told when the lock file is written, and 200 ms before it is known to count: what is read from then on can be trusted if it does. */
  readonly onWritten?: () => void;
  readonly signal?: AbortSignal;
}

/** restic's first and longest wait between two attempts; each is twice the one before. */
const FIRST_WAIT = Temporal.Duration.from({ seconds: 5 });
const LONGEST_WAIT = Temporal.Duration.from({ minutes: 1 });

/** What a store answers that can be read all the same: nobody should have to make room before they get their files back. */
const CANNOT_BE_WRITTEN: ReadonlySet<string> = new Set(['store/read-only', 'store/denied', 'store/full']);

/**
 * Takes a lock by restic's protocol, which restic honours too.
 *
 * Fails with `repository/locked` while a program at work holds one that rules ours out; an exclusive lock also fails while
 * a lock file is damaged, since nobody knows whose it is. Locks of programs that are gone are removed and counted.
 */
export async function acquireLock(repository: OpenRepository, options: LockOptions): Promise<HeldLock> {
  const { waitFor = new Temporal.Duration(), onWait, signal } = options;
  const { clock } = repository;
  const deadline = clock.now().add(waitFor);
  const found = { stale: 0 };
  let wait = FIRST_WAIT;
  for (;;) {
    const attempt = await tryLock(repository, options, found);
    if (attempt.kind === 'held') return attempt.lock;
    const left = clock.now().until(deadline);
    if (left.sign <= 0)
      throw locked(attempt.blocker.lock, attempt.blocker.lockedAt, clock.now(), repository.store.location);
    onWait?.(attempt.blocker);
    await clock.sleep(shorter(wait, left), signal);
    wait = shorter(wait.add(wait), LONGEST_WAIT);
  }
}

type Attempt = { kind: 'held'; lock: HeldLock } | { kind: 'blocked'; blocker: LockEntry };

async function tryLock(
  repository: OpenRepository,
  options: LockOptions,
  found: { stale: number },
): Promise<Attempt> {
  const { exclusive, signal } = options;
  const before = await listLocks(repository, options);
  const holder = blocking(before, options);
  if (holder !== undefined) return { kind: 'blocked', blocker: holder };
  const written = await write(repository, options);
  try {
    if (written !== undefined) {
      options.onWritten?.();
      // Before the second look: a program that wakes up and finds its lock gone stops, one that finds it goes on.
      found.stale += await removeStale(repository, before, signal);
      await repository.clock.sleep(SETTLING, signal);
      const after = await listLocks(repository, options);
      const other = blocking(
        { ...after, locks: after.locks.filter(({ id }) => id !== written.name) },
        options,
      );
      if (other !== undefined) {
        await removeLock(repository, written.name);
        return { kind: 'blocked', blocker: other };
      }
    }
    const facts = { exclusive, stale: found.stale, unreadable: before.unreadable.length };
    return { kind: 'held', lock: keepLock(repository, written, facts, signal) };
  } catch (error) {
    if (written !== undefined) await removeLock(repository, written.name).catch(ignoreFailure);
    throw error;
  }
}

async function write(
  repository: OpenRepository,
  { exclusive, readOnly = false, signal }: LockOptions,
): Promise<WrittenLock | undefined> {
  signal?.throwIfAborted();
  try {
    return await writeLock(repository, exclusive);
  } catch (error) {
    if (isFailure(error) && CANNOT_BE_WRITTEN.has(error.code) && readOnly) return undefined;
    throw error;
  }
}

function blocking({ locks, unreadable }: FoundLocks, { exclusive }: LockOptions): LockEntry | undefined {
  const [damagedLock] = unreadable;
  if (exclusive && damagedLock !== undefined) throw unreadableLock(damagedLock.name, damagedLock.error);
  return locks.find(({ state, lock }) => state === 'held' && (exclusive || lock.exclusive));
}

async function removeStale(
  repository: OpenRepository,
  { locks }: FoundLocks,
  signal: AbortSignal | undefined,
): Promise<number> {
  let removed = 0;
  for (const { id, state } of locks) {
    if (state !== 'held' && (await removeLock(repository, id, signal))) removed += 1;
  }
  return removed;
}

function ignoreFailure(error: unknown): void {
  if (!isFailure(error)) throw error;
}

const shorter = (a: Temporal.Duration, b: Temporal.Duration): Temporal.Duration =>
  Temporal.Duration.compare(a, b) <= 0 ? a : b;
