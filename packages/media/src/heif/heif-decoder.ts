import { Worker as Thread } from 'node:worker_threads';
import { type Clock, Slots } from '@holdfast/kernel';
import { closed, noPicture, tooLarge } from '../made-failures.ts';
import type { Pixels } from '../picture.ts';
import type { DecodeReply, DecodeRequest } from './decode-item.ts';

/** Most pixels of a picture that is decoded: they are held three or four bytes each here, and some of them in the decoder. */
export const MOST_HEIF_PIXELS = 64_000_000;

/** A decoder that takes longer hangs: a photo of 50 megapixels takes about four seconds. */
const TIME_LIMIT = Temporal.Duration.from({ seconds: 30 });

/** What the thread holds goes back when nothing came for so long. */
const IDLE_LIMIT = Temporal.Duration.from({ seconds: 10 });

/**
 * Decodes HEIC in one thread of its own, one picture at a time. The thread starts with the first picture, ends when idle, and is ended when it
 * hangs or the asker goes away; whatever happens in it is no more than a picture that cannot be made.
 */
export class HeifDecoder implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #slot = new Slots(1);
  #thread: Thread | undefined;
  #idle = new AbortController();
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True while there is a thread. */
  get isRunning(): boolean {
    return this.#thread !== undefined;
  }

  /**
   * The pixels of an item of a HEIF file, turned as the file says; of one that is a grid, tile by tile where that is given. Fails with `media/no-picture`
   * and `media/too-large`.
   */
  async decode(
    { bytes, item, grid }: Omit<DecodeRequest, 'mostPixels'>,
    signal?: AbortSignal,
  ): Promise<Pixels> {
    await this.#slot.take(signal);
    this.#idle.abort();
    try {
      if (this.#isClosed) throw closed();
      return await this.#ask({ bytes, item, grid, mostPixels: MOST_HEIF_PIXELS }, signal);
    } finally {
      this.#slot.give();
      void this.#endWhenIdle();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#idle.abort();
    await this.#end();
  }

  async #ask(request: DecodeRequest, signal: AbortSignal | undefined): Promise<Pixels> {
    const thread = (this.#thread ??= startThread());
    const { promise, resolve, reject } = Promise.withResolvers<DecodeReply>();
    const settled = new AbortController();
    const onEnd = (cause: unknown): void => reject(noPicture(cause));
    const onAbort = (): void => reject(signal?.reason as Error);
    thread.once('message', resolve);
    thread.once('error', onEnd);
    thread.once('exit', onEnd);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#clock.sleep(TIME_LIMIT, settled.signal).then(
      () => reject(tooLarge()),
      () => {},
    );
    try {
      thread.postMessage(request);
      const reply = await promise;
      if (reply.kind === 'pixels') return reply.pixels;
      throw noPicture();
    } catch (error) {
      // It may be in the middle of something, or gone; the next picture gets a new one.
      await this.#end();
      throw error;
    } finally {
      settled.abort();
      signal?.removeEventListener('abort', onAbort);
      thread.off('message', resolve);
      thread.off('error', onEnd);
      thread.off('exit', onEnd);
    }
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    // An error of a thread that nobody listens to would end the program.
    thread?.on('error', () => {});
    await thread?.terminate();
  }

  async #endWhenIdle(): Promise<void> {
    if (this.#isClosed || this.#thread === undefined) return;
    this.#idle = new AbortController();
    const { signal } = this.#idle;
    try {
      await this.#clock.sleep(IDLE_LIMIT, signal);
    } catch {
      return;
    }
    if (!signal.aborted) await this.#end();
  }
}

function startThread(): Thread {
  const thread = new Thread(new URL('./decoder-thread.ts', import.meta.url), {
    name: 'heif',
    // Of the server's own secrets it needs none.
    env: {},
    stdout: true,
    stderr: true,
  });
  thread.unref();
  return thread;
}
