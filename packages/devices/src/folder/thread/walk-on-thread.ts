import { Worker } from 'node:worker_threads';
import { errorFrom } from '@holdfast/kernel';
import type { SourceFolder } from '#source.ts';
import { unpackFolder } from './packed-folder.ts';
import type { FromWalk, WalkOrder } from './protocol.ts';

/** The thread holds two or three folders and no more: its memory is the engine's own, about 40 MB with this. */
const YOUNG_MEGABYTES = 8;

/**
 * The walk of `Source.walk`, made by a thread of its own: looking at 100,000 files takes a quarter of a second of one
 * processor, in which the caller can load the rest of the program, derive a key, or compare and store what came before.
 *
 * It begins at once and runs ahead of its reader, but not far. Whoever made it disposes of it, read or not.
 */
export class ThreadWalk implements AsyncDisposable {
  readonly #ahead = new Int32Array(new SharedArrayBuffer(4));
  readonly #thread: Worker;
  readonly #inbox: Inbox;

  constructor(order: Omit<WalkOrder, 'ahead'>) {
    const workerData: WalkOrder = { ...order, ahead: this.#ahead };
    this.#thread = new Worker(new URL('./thread-entry.js', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    this.#inbox = new Inbox(this.#thread);
  }

  /** The folders, to be read once. Ends with the thread, whichever way the caller leaves; an abort throws `signal.reason`. */
  async *folders(signal?: AbortSignal): AsyncGenerator<SourceFolder, void, undefined> {
    const onAbort = (): void => this.#inbox.end(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      signal?.throwIfAborted();
      for (;;) {
        const message = await this.#inbox.next();
        if (message.kind === 'done') return;
        if (message.kind === 'failed') throw errorFrom(message.error);
        const folder = unpackFolder(message.folder);
        Atomics.sub(this.#ahead, 0, folder.totals.entries);
        Atomics.notify(this.#ahead, 0);
        yield folder;
        signal?.throwIfAborted();
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      await this[Symbol.asyncDispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread.terminate();
  }
}

/** A thread's messages in order, for one reader. */
class Inbox {
  readonly #messages: FromWalk[] = [];
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(thread: Worker) {
    thread.on('message', (message: FromWalk) => {
      this.#messages.push(message);
      this.#wake?.();
    });
    thread.on('error', (error) => this.end(error));
    thread.on('exit', () => this.end(new Error('the walking thread ended by itself')));
  }

  /** No further message counts; only the first call does. */
  end(error: unknown): void {
    this.#failure ??= { error };
    this.#wake?.();
  }

  async next(): Promise<FromWalk> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      if (this.#failure !== undefined) throw this.#failure.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
