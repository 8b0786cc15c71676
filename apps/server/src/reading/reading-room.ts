import type { Clock } from '@holdfast/kernel';
import {
  acquireLock,
  type IndexedRepository,
  type IsProcessAlive,
  type OpenRepository,
} from '@holdfast/repository';
import { Visit } from './visit.ts';

/** Someone who reads the repository; disposed of when done. */
export interface Reader extends AsyncDisposable {
  readonly repository: IndexedRepository;
  /** Aborts with the reader's own, and when the lock is lost. */
  readonly signal: AbortSignal;
}

/** What the repository is opened with. */
export interface ReadingRoomOptions {
  /** Opens the repository of the home folder. */
  readonly open: (signal: AbortSignal) => Promise<OpenRepository>;
  readonly isProcessAlive: IsProcessAlive;
  readonly clock: Clock;
  /** Told how many files of the repository were gone or could not be read, each time that its index is read and some were. */
  readonly onMissed?: (files: number) => Promise<void>;
}

/** So long after a person has read the lock is kept: they go from one picture to the next. */
const LINGERS = Temporal.Duration.from({ seconds: 30 });

/** The same after what nobody looks at, a file of which follows the other at once. */
export const BRIEFLY = Temporal.Duration.from({ seconds: 2 });

/**
 * Where all of the server read the repository: opened once, under one shared lock, with one index in memory, for as long as somebody reads and a
 * little longer.
 */
export class ReadingRoom implements AsyncDisposable {
  readonly #options: ReadingRoomOptions;
  readonly #closing = new AbortController();
  /** The room while it is open: others come in when it is. */
  #visit: Promise<Visit> | undefined;
  #readers = 0;
  /** When the room may be closed, as far as those who have left go. */
  #keptUntilMs = 0;
  /** Waits to close it. */
  #lingering: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  #opened: Promise<OpenRepository> | undefined;
  /** Ends of what was let go of, while they are under way. */
  readonly #leaving = new Set<Promise<void>>();

  constructor(options: ReadingRoomOptions) {
    this.#options = options;
  }

  /**
   * A reader of the repository as it is now, with all blobs its index files list; the room stays open for `lingers` after it. Fails with `repository/locked` while another program removes
   * things, and as opening does.
   */
  async enter(signal: AbortSignal, lingers: Temporal.Duration = LINGERS): Promise<Reader> {
    signal.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    this.#readers += 1;
    this.#lingering?.stop.abort();
    this.#lingering = undefined;
    try {
      const visit = await this.#visitNow(signal);
      const index = await visit.newestIndex();
      let isOver = false;
      return {
        repository: index.repository,
        signal: AbortSignal.any([visit.lock.signal, signal]),
        [Symbol.asyncDispose]: async () => {
          if (isOver) return;
          isOver = true;
          await index.leave();
          this.#left(lingers);
        },
      };
    } catch (error) {
      this.#left(lingers);
      throw error;
    }
  }

  /** Gives the lock back now if nobody reads: for who is about to remove something. */
  async letGo(): Promise<void> {
    if (this.#readers > 0) return;
    this.#lingering?.stop.abort();
    this.#lingering = undefined;
    this.#close();
    await Promise.all(this.#leaving);
  }

  /** Refuses further readers, waits for none, and gives the lock back. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException('closing', 'AbortError'));
    this.#lingering?.stop.abort();
    await this.#lingering?.done;
    this.#close();
    await Promise.all(this.#leaving);
  }

  async #visitNow(signal: AbortSignal): Promise<Visit> {
    const known = this.#visit;
    if (known !== undefined) {
      const visit = await known;
      if (!visit.lock.signal.aborted) return visit;
      if (this.#visit === known) this.#close();
    }
    const visit = (this.#visit ??= this.#begin());
    // The work is everybody's: one who goes away does not end it.
    const { promise, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([visit, promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #begin(): Promise<Visit> {
    const visit = this.#openVisit();
    visit.catch(() => {
      if (this.#visit === visit) this.#visit = undefined;
      // What it was may have been moved or made anew.
      this.#opened = undefined;
    });
    return visit;
  }

  async #openVisit(): Promise<Visit> {
    const { open, isProcessAlive, onMissed } = this.#options;
    const { signal } = this.#closing;
    this.#opened ??= open(signal);
    const repository = await this.#opened;
    // Where nothing can be written, a lock neither, one can still look.
    const lock = await acquireLock(repository, { exclusive: false, readOnly: true, isProcessAlive, signal });
    const visit = new Visit(repository, lock, onMissed);
    try {
      await (await visit.newestIndex()).leave();
      return visit;
    } catch (error) {
      await visit[Symbol.asyncDispose]();
      throw error;
    }
  }

  #left(lingers: Temporal.Duration): void {
    this.#readers -= 1;
    const nowMs = this.#options.clock.now().epochMilliseconds;
    this.#keptUntilMs = Math.max(this.#keptUntilMs, nowMs + lingers.total({ unit: 'milliseconds' }));
    if (this.#readers > 0 || this.#visit === undefined || this.#lingering !== undefined) return;
    const stop = new AbortController();
    // Where the clock was set back meanwhile, no longer than for a person.
    const leftMs = Math.min(this.#keptUntilMs - nowMs, LINGERS.total({ unit: 'milliseconds' }));
    const done = this.#linger(leftMs, AbortSignal.any([stop.signal, this.#closing.signal]));
    this.#lingering = { stop, done };
  }

  async #linger(milliseconds: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.clock.sleep(Temporal.Duration.from({ milliseconds }), signal);
    } catch {
      return;
    }
    if (signal.aborted) return;
    this.#lingering = undefined;
    this.#close();
  }

  #close(): void {
    const visit = this.#visit;
    this.#visit = undefined;
    if (visit === undefined) return;
    const leaving = visit
      .then((each) => each[Symbol.asyncDispose]())
      .catch(() => {})
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }
}
