import { concatBytes, type Failure } from '@holdfast/kernel';
import type { Patience } from '#link/patience.ts';
import type { AdbTransport } from '#link/transport.ts';
import { type Conversation, converse } from './conversation.ts';

/** How requests are kept on their way. */
export interface PipelineOptions {
  readonly transport: AdbTransport;
  readonly patience: Patience;
  /** Most requests without an answer yet. */
  readonly window: number;
  /** Completes "no sign of life while …". */
  readonly doing: string;
  readonly request: (path: string) => Uint8Array;
  /** The next path to ask for; `undefined` when there is none now. */
  readonly next: () => string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Requests of the file service, several of them on their way at a time, answered in order.
 *
 * After a FAIL, or an answer that was not read to its end, the phone is asked on a fresh stream for what it has not answered.
 */
export class Pipeline implements Disposable {
  readonly #options: PipelineOptions;
  #conversation: Conversation | undefined;
  #unanswered: string[] = [];
  /** How many of them, from the first on, this stream was asked for. */
  #asked = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /** The path that is answered next, and the stream to read the answer from; `undefined` when there is none left. */
  async advance(): Promise<{ readonly path: string; readonly conversation: Conversation } | undefined> {
    const { transport, patience, doing, window, signal } = this.#options;
    signal?.throwIfAborted();
    // In halves: one write for many requests.
    if (this.#unanswered.length <= window / 2) this.#refill();
    const [path] = this.#unanswered;
    if (path === undefined) return undefined;
    this.#conversation ??= await converse(transport, patience, doing, signal);
    if (this.#asked < this.#unanswered.length) {
      this.#conversation.tell(concatBytes(this.#unanswered.slice(this.#asked).map(this.#options.request)));
      this.#asked = this.#unanswered.length;
    }
    return { path, conversation: this.#conversation };
  }

  /** The answer is read to its end. */
  answered(): void {
    this.#unanswered.shift();
    this.#asked -= 1;
  }

  /** The answer was a FAIL, or is not wanted any further: the stream is of no more use. */
  brokenOff(): void {
    this.#unanswered.shift();
    this.#hangUp();
  }

  /** As `brokenOff`, with what the FAIL said; the header was read. */
  async refused(path: string, length: number): Promise<Failure> {
    const failure = await this.#conversation?.refusal(path, length);
    this.brokenOff();
    if (failure === undefined) throw new TypeError('refused without being asked');
    return failure;
  }

  [Symbol.dispose](): void {
    this.#hangUp();
  }

  #hangUp(): void {
    this.#conversation?.[Symbol.dispose]();
    this.#conversation = undefined;
    this.#asked = 0;
  }

  #refill(): void {
    while (this.#unanswered.length < this.#options.window) {
      const path = this.#options.next();
      if (path === undefined) return;
      this.#unanswered.push(path);
    }
  }
}
