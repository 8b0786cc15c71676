import type { AdbStream } from '@holdfast/adb';
import type { Clock } from '@holdfast/kernel';
import type { Store } from '@holdfast/store';
import { type FaultMode, type FaultPlan, faulty } from '@holdfast/store/testing';
import type { StoryClock } from './story-clock.ts';

/** Thrown at the moment a process dies, to whoever plays the story; nothing in the process hears of it. */
export class ProcessDied extends Error {}

/**
 * A process that may be killed: from then on nothing it began goes on, as far as anybody outside can see. Its locks stay where they
 * are.
 */
export class MortalProcess {
  readonly pid: number;
  readonly clock: Clock;
  /**
   * Aborts after it has died, when nothing in it can do anything any more: Node keeps signals that wait for others, and with them
   * all the memory of a run, until one of them aborts.
   */
  readonly gone: AbortSignal;
  /** Rejects when it dies. */
  readonly death: Promise<never>;
  readonly #die: () => void;
  #isDead = false;

  constructor(pid: number, clock: StoryClock) {
    this.pid = pid;
    const own = clock.of(this);
    this.clock = {
      now: () => own.now(),
      sleep: (duration, signal) => (this.#isDead ? never() : own.sleep(duration, signal)),
    };
    const { promise, reject } = Promise.withResolvers<never>();
    this.death = promise;
    // Most live to their end.
    promise.catch(() => undefined);
    const leaving = new AbortController();
    this.gone = leaving.signal;
    this.#die = () => {
      clock.forget(this);
      reject(new ProcessDied());
      leaving.abort(new ProcessDied());
    };
  }

  get isAlive(): boolean {
    return !this.#isDead;
  }

  die(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#die();
  }

  /** What `work` gives, as long as the process lives. */
  async living<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isDead) return never();
    const result = await work();
    return this.#isDead ? never() : result;
  }

  /** The store as this process has it, with what goes wrong; at operation `killAt` it dies. */
  store(
    store: Store,
    plan: FaultPlan,
    killAt: { readonly at: number; readonly mode: FaultMode } | undefined,
  ) {
    const failing = faulty(this.#mortal(store), plan);
    if (killAt === undefined) return failing;
    return faulty(
      failing,
      (n) => (n === killAt.at ? killAt.mode : undefined),
      () => {
        this.die();
        return new ProcessDied();
      },
    );
  }

  /** A cable of this process; pulled when it dies. */
  cable(stream: AdbStream): AdbStream {
    this.death.catch(() => stream.close());
    return {
      read: () => this.living(() => stream.read()),
      write: (bytes) => this.living(() => stream.write(bytes)),
      close: (reason) => {
        if (!this.#isDead) stream.close(reason);
      },
    };
  }

  #mortal(store: Store): Store {
    return {
      location: store.location,
      create: () => this.living(() => store.create()),
      put: (file, parts, signal) => this.living(() => store.put(file, parts, signal)),
      get: (file, options) => this.living(() => store.get(file, options)),
      readBack: (file, options) => this.living(() => store.readBack(file, options)),
      size: (file, signal) => this.living(() => store.size(file, signal)),
      list: (kind, signal) => this.#list(store.list(kind, signal)),
      remove: (file, signal) => this.living(() => store.remove(file, signal)),
      freeSpace: (signal) => this.living(() => store.freeSpace(signal)),
    };
  }

  async *#list<T>(files: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    const left = files[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await this.living(() => left.next());
      if (done === true) return;
      yield value;
    }
  }
}

const never = (): Promise<never> => new Promise(() => undefined);
