import type { Run } from '@holdfast/contract/api';
import type { Clock, Failure } from '@holdfast/kernel';
import { type Room, waitFor } from './waiting.ts';

/** What waiting needs. */
export interface WaitsOptions {
  readonly clock: Clock;
  /** Ends all waiting: nobody is woken any more. */
  readonly signal: AbortSignal;
  /** Called when a time is over that a run waited for. */
  readonly onWake: () => void;
}

interface Waiting {
  /** `writing`: it is not written down yet. */
  readonly until: 'device' | 'store' | 'time' | 'writing';
  /** Set where it may go on sooner: once there is this. */
  readonly room?: Room | undefined;
  /** Lowered where the clock was set back since. */
  sinceMs: number;
  /** Ends the sleep of one that waits for a time, or for the store. */
  readonly sleep: AbortController;
}

/** Attempts in a row that got no further than the one before. */
interface Tries {
  readonly count: number;
  readonly reachedBytes: number;
}

/** What runs wait for besides their turn, by their ids. */
export class Waits {
  readonly #options: WaitsOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly #tries = new Map<string, Tries>();
  readonly #sleeps = new Set<Promise<void>>();

  constructor(options: WaitsOptions) {
    this.#options = options;
  }

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** It waits no longer, whatever for. */
  end(id: string): void {
    this.#waiting.get(id)?.sleep.abort();
    this.#waiting.delete(id);
  }

  /** The same, and what was tried before does not count any more. */
  forget(id: string): void {
    this.end(id);
    this.#tries.delete(id);
  }

  /** It is held back until it is written down. */
  untilWritten(id: string): void {
    this.#begin(id, 'writing');
  }

  /** What a run is now whose attempt failed after so many bytes: it waits for what may help, or `undefined` where nothing does. */
  afterFailure(
    run: Pick<Run, 'id' | 'kind' | 'device'>,
    failure: Failure,
    reachedBytes: number,
  ): Extract<Run['state'], { kind: 'waiting' }> | undefined {
    const { id } = run;
    const before = this.#tries.get(id) ?? { count: 0, reachedBytes: 0 };
    const count = reachedBytes > before.reachedBytes ? 1 : before.count + 1;
    this.#tries.set(id, { count, reachedBytes: Math.max(before.reachedBytes, reachedBytes) });
    const wait = waitFor(failure, run, count);
    if (wait === undefined) return undefined;
    if (wait.until === 'device') this.#begin(id, 'device');
    else this.#sleep(id, wait.until, { until: wait.isForStore === true ? 'store' : 'time', room: wait.room });
    const { sentence, remedy } = wait;
    return { kind: 'waiting', sentence, ...(remedy !== undefined && { remedy }) };
  }

  /**
   * Ends the waiting of a run for its device, if that could be talked to in a look that began then: true where it did. An older look may still show a
   * phone that has gone.
   */
  wakeIfHere(id: string, lookedFrom: Temporal.Instant): boolean {
    const waiting = this.#waiting.get(id);
    if (waiting?.until !== 'device') return false;
    // The clock was set back since: the next look counts.
    waiting.sinceMs = Math.min(waiting.sinceMs, this.#options.clock.now().epochMilliseconds);
    if (waiting.sinceMs > lookedFrom.epochMilliseconds) return false;
    this.end(id);
    return true;
  }

  /** Ends the waiting of all runs for the store: true where one did. */
  storeChanged(): boolean {
    const forStore = [...this.#waiting].filter(([, { until }]) => until === 'store');
    for (const [id] of forStore) this.end(id);
    return forStore.length > 0;
  }

  /** Those that wait for room where they are to write, and since when. */
  forRoom(): readonly { readonly id: string; readonly room: Room; readonly since: Temporal.Instant }[] {
    return [...this.#waiting].flatMap(([id, { room, sinceMs }]) =>
      room === undefined ? [] : [{ id, room, since: Temporal.Instant.fromEpochMilliseconds(sinceMs) }],
    );
  }

  /** Resolves when nothing sleeps any more, once the signal has aborted. */
  async closed(): Promise<void> {
    await Promise.all(this.#sleeps);
  }

  #begin(id: string, until: Waiting['until'], room?: Room): Waiting {
    this.end(id);
    const sinceMs = this.#options.clock.now().epochMilliseconds;
    const waiting = { until, room, sinceMs, sleep: new AbortController() };
    this.#waiting.set(id, waiting);
    return waiting;
  }

  #sleep(
    id: string,
    duration: Temporal.Duration,
    { until, room }: { readonly until: 'store' | 'time'; readonly room: Room | undefined },
  ): void {
    const { clock, signal, onWake } = this.#options;
    const { sleep } = this.#begin(id, until, room);
    const over = clock
      .sleep(duration, AbortSignal.any([signal, sleep.signal]))
      .then(
        () => {
          this.end(id);
          onWake();
        },
        () => {},
      )
      .finally(() => this.#sleeps.delete(over));
    this.#sleeps.add(over);
  }
}
