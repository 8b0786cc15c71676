import type { Clock } from '@holdfast/kernel';

/** Waits up to this long are over as soon as nothing else happens; longer ones only where somebody lets time pass. */
const SHORT = Temporal.Duration.from({ milliseconds: 900 });

/** Turns of the event loop in which nobody but the clock had anything to do. */
const IDLE_TURNS = 3;

interface Sleeper {
  readonly owner: object;
  readonly isShort: boolean;
  readonly until: bigint;
  readonly wake: () => void;
}

/**
 * Time that moves only when nothing else can: everything between two waits happens at one moment. Whoever sleeps belongs to a
 * process; those of one that died never wake.
 */
export class StoryClock {
  #nowNs: bigint;
  #sleepers: Sleeper[] = [];
  #isPumping = false;
  #passing = 0;

  constructor(start: Temporal.Instant) {
    this.#nowNs = start.epochNanoseconds;
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochNanoseconds(this.#nowNs);
  }

  /** Sets the clock, as a person or a network does. */
  move(duration: Temporal.Duration): void {
    this.#nowNs += nsOf(duration);
  }

  /** While this lasts, long waits pass too. Whatever it waits for must be in memory, else it is taken for idle. */
  async passing<T>(work: () => Promise<T>): Promise<T> {
    this.#passing += 1;
    this.#pump();
    try {
      return await work();
    } finally {
      this.#passing -= 1;
    }
  }

  /** The clock of a process, which sleeps under its name. */
  of(owner: object): Clock {
    return {
      now: () => this.now(),
      sleep: (duration, signal) => this.#sleep(owner, duration, signal),
    };
  }

  /** Nobody of that process wakes any more. */
  forget(owner: object): void {
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.owner !== owner);
  }

  #sleep(owner: object, duration: Temporal.Duration, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const leave = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = (): void => {
        leave();
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        owner,
        isShort: Temporal.Duration.compare(duration, SHORT) <= 0,
        until: this.#nowNs + nsOf(duration),
        wake: () => {
          leave();
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#sleepers.push(sleeper);
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#isPumping || this.#next() === undefined) return;
    this.#isPumping = true;
    let turns = 0;
    let seen = this.#next();
    const turn = (): void => {
      const next = this.#next();
      if (next === undefined) {
        this.#isPumping = false;
        return;
      }
      turns = next === seen ? turns + 1 : 0;
      seen = next;
      if (turns >= IDLE_TURNS) {
        turns = 0;
        if (next.until > this.#nowNs) this.#nowNs = next.until;
        next.wake();
      }
      setImmediate(turn);
    };
    setImmediate(turn);
  }

  /** Whose time comes next, of those for whom it passes. */
  #next(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (!sleeper.isShort && this.#passing === 0) continue;
      if (first === undefined || sleeper.until < first.until) first = sleeper;
    }
    return first;
  }
}

const nsOf = (duration: Temporal.Duration): bigint =>
  BigInt(Math.round(duration.total('milliseconds'))) * 1_000_000n;
