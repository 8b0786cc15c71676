import { type Clock, isFailure, mapOrdered } from '@holdfast/kernel';
import { type Id, type Lock, parseLock } from '@holdfast/restic-format';
import { loadDocument } from '../load-document.ts';
import type { Identity, OpenRepository } from '../repository.ts';

/**
 * Whether the process that wrote a lock may still run on this machine. `lockedAt` tells a process that is younger than
 * the lock from the one that wrote it: numbers are used again, in containers at every start.
 */
export type IsProcessAlive = (pid: number, lockedAt: Temporal.Instant) => boolean;

/** What a lock stands for: `expired` and `dead` ones hold nothing back. */
export type LockState =
  /** The program that wrote it is at work, as far as one can tell. */
  | 'held'
  /** Not refreshed for 30 minutes, on whatever machine. */
  | 'expired'
  /** Written on this machine by a process that is gone. */
  | 'dead';

/** A lock file that can be read. */
export interface LockEntry {
  readonly id: Id;
  readonly state: LockState;
  readonly lock: Lock;
  readonly lockedAt: Temporal.Instant;
}

/** The lock files of a repository. */
export interface FoundLocks {
  /** Oldest first. */
  readonly locks: readonly LockEntry[];
  /** Lock files that are damaged, each with its failure: who wrote them is not known. */
  readonly unreadable: readonly { readonly name: Id; readonly error: unknown }[];
  /** Empty lock files, which hold nothing back: a store that is not atomic leaves them when a program dies while it locks. */
  readonly empty: readonly Id[];
}

/** restic's: a lock that was not refreshed for longer is of a program that is gone. */
const STALE_AFTER = Temporal.Duration.from({ minutes: 30 });

const MOST_LOADS = 8;

/** All locks. */
export async function listLocks(
  repository: OpenRepository,
  { isProcessAlive, signal }: { readonly isProcessAlive: IsProcessAlive; readonly signal?: AbortSignal },
): Promise<FoundLocks> {
  const { files, clock, identity } = repository;
  const locks: LockEntry[] = [];
  const unreadable: { name: Id; error: unknown }[] = [];
  const empty: Id[] = [];
  const load = async (
    { name, sizeBytes }: { name: Id; sizeBytes: number },
    stop: AbortSignal,
  ): Promise<void> => {
    if (sizeBytes === 0) {
      empty.push(name);
      return;
    }
    try {
      const lock = await loadDocument(files, 'lock', name, parseLock, stop);
      const lockedAt = Temporal.Instant.from(lock.time);
      locks.push({
        id: name,
        lock,
        lockedAt,
        state: stateOf(lock, lockedAt, clock, identity, isProcessAlive),
      });
    } catch (error) {
      // Whoever held it has let go of it meanwhile.
      if (isFailure(error, 'store/missing')) return;
      if (!isFailure(error, 'repository/damaged')) throw error;
      unreadable.push({ name, error });
    }
  };
  for await (const _ of mapOrdered(files.list('lock', signal), MOST_LOADS, load, signal));
  locks.sort((a, b) => Temporal.Instant.compare(a.lockedAt, b.lockedAt));
  return { locks, unreadable, empty };
}

/** As restic decides: a lock from the future, of a machine whose clock is wrong, is held. */
function stateOf(
  { hostname, pid }: Lock,
  lockedAt: Temporal.Instant,
  clock: Clock,
  identity: Identity,
  isProcessAlive: IsProcessAlive,
): LockState {
  if (Temporal.Instant.compare(lockedAt.add(STALE_AFTER), clock.now()) < 0) return 'expired';
  return hostname === identity.hostname && !isProcessAlive(pid, lockedAt) ? 'dead' : 'held';
}
