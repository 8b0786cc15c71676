import { isFailure } from '@holdfast/kernel';
import { formatLock, formatTime, type Id } from '@holdfast/restic-format';
import { lockLost } from '../failures.ts';
import type { OpenRepository } from '../repository.ts';
import { removeLock } from './unlock.ts';

/** A lock that is kept alive until it is disposed of. */
export interface HeldLock extends AsyncDisposable {
  readonly exclusive: boolean;
  /** False when the store cannot be written to and the caller only reads: then nothing keeps others from changing it. */
  readonly isStored: boolean;
  /** Locks of programs that are gone, found and removed: what these stored last may be in no index file. */
  readonly stale: number;
  /** Lock files that are damaged, which were left alone. */
  readonly unreadable: number;
  /** For the work under the lock: aborts as the caller's signal does, and with `repository/lock-lost` when others may take the lock for stale. */
  readonly signal: AbortSignal;
}

/** A lock file as it was written. */
export interface WrittenLock {
  readonly name: Id;
  readonly at: Temporal.Instant;
}

/** restic's: two programs that lock at the same moment see each other after this, also on a store that lists late. */
export const SETTLING = Temporal.Duration.from({ milliseconds: 200 });

/** restic's: several attempts may fail before others take the lock for stale. */
const REFRESH_EVERY = Temporal.Duration.from({ minutes: 5 });

/** restic's: 30 minutes, when a lock becomes stale, less one and a half refreshes for clocks that differ. */
const LATE_AFTER = Temporal.Duration.from({ minutes: 22, seconds: 30 });

/** A clock that is corrected little by little is not set back. */
const SET_BACK = Temporal.Duration.from({ minutes: 1 });

/** An attempt that takes longer is not waited for when it is late. */
const LONGEST_REFRESH = Temporal.Duration.from({ minutes: 1 });

/** Timers stop while a computer sleeps: a short one notices soon after it wakes that time has passed. */
const TICK = Temporal.Duration.from({ seconds: 1 });

/** Writes a lock file. Cannot be aborted: half-way, nobody would know what to remove. */
export async function writeLock(
  { files, clock, identity }: OpenRepository,
  exclusive: boolean,
): Promise<WrittenLock> {
  const at = clock.now();
  const { hostname, username, pid, uid, gid } = identity;
  const time = formatTime(at.epochNanoseconds);
  const json = formatLock({ time, exclusive, hostname, username, pid, uid, gid });
  return { name: await files.save('lock', json), at };
}

/** Keeps a lock that was written alive, until the result is disposed of; without one, only looks like it. */
export function keepLock(
  repository: OpenRepository,
  written: WrittenLock | undefined,
  facts: { readonly exclusive: boolean; readonly stale: number; readonly unreadable: number },
  signal?: AbortSignal,
): HeldLock {
  const lost = new AbortController();
  const keeper = written && new Keeper(repository, facts.exclusive, written, lost);
  const watching = keeper?.watch();
  return {
    ...facts,
    isStored: written !== undefined,
    signal: AbortSignal.any(signal === undefined ? [lost.signal] : [lost.signal, signal]),
    async [Symbol.asyncDispose]() {
      keeper?.stop();
      await watching;
      await keeper?.release();
    },
  };
}

class Keeper {
  readonly #repository: OpenRepository;
  readonly #exclusive: boolean;
  readonly #lost: AbortController;
  readonly #stopped = new AbortController();
  /** Every file we wrote that may still be there. */
  readonly #names: Set<Id>;
  #written: WrittenLock;

  constructor(repository: OpenRepository, exclusive: boolean, written: WrittenLock, lost: AbortController) {
    this.#repository = repository;
    this.#exclusive = exclusive;
    this.#written = written;
    this.#names = new Set([written.name]);
    this.#lost = lost;
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Refreshes until `stop` is called or the lock is lost. */
  async watch(): Promise<void> {
    let attempted = this.#written.at;
    let refreshing: Promise<void> | undefined;
    while (!this.#lost.signal.aborted && (await this.#tick())) {
      const now = this.#repository.clock.now();
      // By a clock that was set back no time would pass for hours, and others might take the lock for stale: it is renewed at once.
      const isLate =
        hasPassed(this.#written.at, LATE_AFTER, now) || hasPassed(now, SET_BACK, this.#written.at);
      if (refreshing !== undefined) {
        if (isLate && hasPassed(attempted, LONGEST_REFRESH, now)) this.#lose(undefined);
      } else if (isLate || hasPassed(attempted, REFRESH_EVERY, now)) {
        attempted = now;
        refreshing = this.#refresh(isLate).finally(() => {
          refreshing = undefined;
        });
      }
    }
    this.stop();
    await refreshing;
  }

  /** Lets go of the lock. A file that cannot be removed now is stale once this process is gone. */
  async release(): Promise<void> {
    for (const name of this.#names) {
      try {
        await removeLock(this.#repository, name);
      } catch (error) {
        if (!isFailure(error)) throw error;
      }
    }
  }

  /** False when it is time to stop. */
  async #tick(): Promise<boolean> {
    try {
      await this.#repository.clock.sleep(TICK, this.#stopped.signal);
      // A clock whose sleeps are over at once must not keep everybody else from running.
      await new Promise((resolve) => setImmediate(resolve));
    } catch (error) {
      if (!this.#stopped.signal.aborted) throw error;
    }
    return !this.#stopped.signal.aborted;
  }

  async #refresh(isLate: boolean): Promise<void> {
    try {
      await (isLate ? this.#refreshLate() : this.#replace(await this.#write()));
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      // While there is time, a store that fails is asked again.
      if (isLate || !isFailure(error)) this.#lose(error);
    }
  }

  /**
   * Others may take the lock for stale and remove it, and then go ahead. As long as it is there, nobody did; that it
   * is there still after ours was renewed shows that nobody was about to.
   */
  async #refreshLate(): Promise<void> {
    if (!(await this.#isThere())) return this.#lose(undefined);
    const next = await this.#write();
    await this.#repository.clock.sleep(SETTLING, this.#stopped.signal);
    if (!(await this.#isThere())) return this.#lose(undefined);
    return this.#replace(next);
  }

  async #write(): Promise<WrittenLock> {
    const written = await writeLock(this.#repository, this.#exclusive);
    this.#names.add(written.name);
    return written;
  }

  async #replace(next: WrittenLock): Promise<void> {
    const old = this.#written.name;
    this.#written = next;
    await removeLock(this.#repository, old);
    this.#names.delete(old);
  }

  async #isThere(): Promise<boolean> {
    const { files } = this.#repository;
    for await (const { name } of files.list('lock', this.#stopped.signal)) {
      if (name === this.#written.name) return true;
    }
    return false;
  }

  #lose(cause: unknown): void {
    this.#lost.abort(lockLost(this.#repository.store.location, cause));
  }
}

const hasPassed = (since: Temporal.Instant, duration: Temporal.Duration, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(since.add(duration), now) <= 0;
