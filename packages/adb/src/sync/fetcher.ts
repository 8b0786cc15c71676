import { concatBytes, encodeName, type Failure } from '@holdfast/kernel';
import { gone, pathTooLong, protocolViolation } from '#failures.ts';
import type { Patience } from '#link/patience.ts';
import type { AdbTransport } from '#link/transport.ts';
import { MOST_DATA_BYTES, SYNC } from '#wire/sync.ts';
import { type Conversation, converse, isTooLong } from './conversation.ts';
import { receiveRequest } from './pull.ts';
import { isFile, type Looked } from './remote-file.ts';
import { lookRequest, takeLook } from './stat.ts';

/** What came of asking for a whole file. */
export type Fetched =
  /** The bytes are the caller's to keep; `before` and `after` are what the phone said of the file at these times. */
  | { readonly kind: 'content'; readonly bytes: Uint8Array; readonly before: Looked; readonly after: Looked }
  /** There is nothing to read at the path, or nothing that may be looked at. */
  | { readonly kind: 'not-read'; readonly looked: Looked }
  /** It is longer than the caller wanted. */
  | { readonly kind: 'longer' }
  | { readonly kind: 'problem'; readonly failure: Failure };

/** A file somebody waits for. */
interface Order {
  readonly path: string;
  readonly mostBytes: number;
  readonly answer: PromiseWithResolvers<Fetched>;
  isWanted: boolean;
  /** Set once it was looked at: then its content is what to ask for. */
  before: Looked | undefined;
}

/** Requests without an answer yet. */
const WINDOW = 64;

/** A look at something that every phone has, for what is sent along with it. */
const NUDGE = 'nudge';
const NUDGED_PATH = '/';

/** Nudges without an answer yet. */
const MOST_NUDGES = 16;

/**
 * Reads small files whole, for any number of callers at once, over one stream: requests of all of them are on their way
 * together. Each file is looked at, read if it is one and not too long, and looked at again.
 *
 * A file that the phone refuses fails alone: the phone ends the stream at that, and the rest is asked for on a fresh one.
 * When the phone is lost, everyone who waits fails, and the next call tries anew. The stream stays open until it is disposed.
 */
export class Fetcher implements Disposable {
  readonly #transport: AdbTransport;
  readonly #patience: Patience;
  #waiting: Order[] = [];
  #looked: Order[] = [];
  #asked: (Order | typeof NUDGE)[] = [];
  #nudges = 0;
  #conversation: Conversation | undefined;
  #isAtWork = false;
  #isDisposed = false;

  constructor(transport: AdbTransport, patience: Patience) {
    this.#transport = transport;
    this.#patience = patience;
  }

  /**
   * The file at `path`. Fails with `adb/path-too-long`, `adb/gone`, `adb/stalled`, `adb/protocol`, and at once with the reason of an
   * abort.
   */
  async fetch(path: string, mostBytes: number, signal?: AbortSignal): Promise<Fetched> {
    signal?.throwIfAborted();
    if (this.#isDisposed) throw gone();
    if (isTooLong(path)) throw pathTooLong(encodeName(path).length);
    const order: Order = {
      path,
      mostBytes,
      answer: Promise.withResolvers(),
      isWanted: true,
      before: undefined,
    };
    const onAbort = (): void => this.#cancel(order, signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#waiting.push(order);
    if (!this.#isAtWork) void this.#work();
    try {
      return await order.answer.promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#fail(gone());
  }

  #cancel(order: Order, reason: unknown): void {
    order.isWanted = false;
    order.answer.reject(reason);
    // Its answer is on its way, and may be long.
    if (this.#asked.includes(order)) this.#hangUp();
  }

  /** Until nobody waits. Never rejects: whoever waits is told. */
  async #work(): Promise<void> {
    this.#isAtWork = true;
    // Those who ask in the same moment get into one write.
    await Promise.resolve();
    while (this.#asked.length + this.#looked.length + this.#waiting.length > 0) {
      let conversation: Conversation | undefined;
      try {
        conversation = this.#conversation ?? (await this.#open());
        await this.#next(conversation);
      } catch (error) {
        // Hung up on purpose: those who still wait are asked for anew.
        if (conversation !== undefined && conversation !== this.#conversation) continue;
        this.#fail(error);
      }
    }
    this.#isAtWork = false;
  }

  async #next(conversation: Conversation): Promise<void> {
    if (this.#asked.length === 0) this.#ask(conversation);
    const [order] = this.#asked;
    if (order === undefined) return;
    if (order === NUDGE) {
      await takeLook(conversation, this.#transport.features);
      if (conversation !== this.#conversation) return;
      this.#asked.shift();
      this.#nudges -= 1;
      return;
    }
    const fetched =
      order.before === undefined
        ? await this.#lookAt(order, conversation)
        : await contentOf(order, order.before, conversation, this.#transport.features);
    if (conversation !== this.#conversation) return;
    this.#asked.shift();
    if (fetched === undefined) {
      // Before those who were not even looked at: whoever came first is served first.
      this.#looked.push(order);
      return;
    }
    if (fetched.kind === 'problem' || (fetched.kind === 'longer' && order.before !== undefined))
      this.#hangUp();
    order.answer.resolve(fetched);
  }

  async #open(): Promise<Conversation> {
    const conversation = await converse(this.#transport, this.#patience, 'reading files');
    if (this.#isDisposed) {
      conversation[Symbol.dispose]();
      throw gone();
    }
    this.#conversation = conversation;
    conversation.onWait = () => this.#askBeforeWaiting(conversation);
    return conversation;
  }

  /** All that fits in one write. */
  #ask(conversation: Conversation): void {
    const room = WINDOW - this.#asked.length + this.#nudges;
    const { features } = this.#transport;
    const requests: Uint8Array[] = [];
    const ready = this.#looked.splice(0, room);
    for (const order of [...ready, ...this.#waiting.splice(0, room - ready.length)]) {
      if (!order.isWanted) continue;
      this.#asked.push(order);
      if (order.before !== undefined) requests.push(receiveRequest(order.path, features));
      requests.push(lookRequest(order.path, features));
    }
    if (requests.length > 0) conversation.tell(concatBytes(requests));
  }

  /**
   * Before waiting for more, asks for more. What is sent also carries our acknowledgement of what came, without which an adb
   * server keeps the next small part of an answer back for 40 ms (Nagle's algorithm); where there is nothing to ask, a nudge does.
   */
  #askBeforeWaiting(conversation: Conversation): void {
    const before = this.#asked.length;
    this.#ask(conversation);
    const isIdle = this.#asked.length === this.#nudges;
    if (this.#asked.length > before || isIdle || this.#nudges === MOST_NUDGES) return;
    this.#asked.push(NUDGE);
    this.#nudges += 1;
    conversation.tell(lookRequest(NUDGED_PATH, this.#transport.features));
  }

  /** What is at the order's path; `undefined` when it is to be read. */
  async #lookAt(order: Order, conversation: Conversation): Promise<Fetched | undefined> {
    const looked = await takeLook(conversation, this.#transport.features);
    if (looked.kind === 'problem' || !isFile(looked.stat.mode)) return { kind: 'not-read', looked };
    if (looked.stat.sizeBytes > order.mostBytes) return { kind: 'longer' };
    order.before = looked;
    return undefined;
  }

  /** What was asked for and not given comes first on the next stream. */
  #hangUp(): void {
    const asked = this.#asked.filter((order) => order !== NUDGE);
    const left = [...asked, ...this.#looked, ...this.#waiting].filter((order) => order.isWanted);
    // What was looked at for a read that did not come is to be looked at again.
    for (const order of left) order.before = undefined;
    this.#waiting = left;
    this.#looked = [];
    this.#asked = [];
    this.#nudges = 0;
    this.#conversation?.[Symbol.dispose]();
    this.#conversation = undefined;
  }

  #fail(error: unknown): void {
    this.#hangUp();
    for (const order of this.#waiting.splice(0)) order.answer.reject(error);
  }
}

async function contentOf(
  { path, mostBytes }: Order,
  before: Looked,
  conversation: Conversation,
  features: ReadonlySet<string>,
): Promise<Fetched> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { id, value } = await conversation.header();
    if (id === SYNC.done) break;
    if (id === SYNC.fail) return { kind: 'problem', failure: await conversation.refusal(path, value) };
    if (id !== SYNC.data || value > MOST_DATA_BYTES)
      throw protocolViolation('a file in pieces that are none');
    length += value;
    if (length > mostBytes) return { kind: 'longer' };
    pieces.push(await conversation.take(value));
  }
  const after = await takeLook(conversation, features);
  const [only] = pieces;
  const bytes = pieces.length === 1 && only !== undefined ? only : concatBytes(pieces);
  return { kind: 'content', bytes, before, after };
}
