import type { Failure } from '@holdfast/kernel';
import { gone, protocolViolation } from '#failures.ts';
import { COMMAND } from '#wire/apacket.ts';
import { viewOf } from '#wire/little-endian.ts';
import { Ending } from './ending.ts';
import { Inbox } from './inbox.ts';
import { type LinkTerms, WINDOW_BYTES } from './terms.ts';
import type { AdbStream } from './transport.ts';

/**
 * Where only one write may be on its way, bytes that may be unread when the next one is let come: else phone and reader would
 * work in turns, each waiting for the other.
 */
const READ_AHEAD_BYTES = 1024 * 1024;

/** What a stream needs of the link it is on. */
interface Link {
  readonly terms: LinkTerms;
  send(command: number, arg0: number, arg1: number, payload?: Uint8Array): Promise<void>;
  tell(command: number, arg0: number, arg1: number, payload?: Uint8Array): void;
  forget(stream: PacketStream): void;
}

/** One stream among many on a packet link. */
export class PacketStream implements AdbStream {
  readonly localId: number;
  readonly #link: Link;
  readonly #inbox = new Inbox();
  readonly #opened = Promise.withResolvers<void>();
  readonly #refusal: Failure;
  #remoteId: number | undefined;
  /** Bytes that may still be sent, or, without byte counts, 1 when a write may. */
  #credit = 0;
  #onCredit: PromiseWithResolvers<void> | undefined;
  /** Whether the phone waits for an acknowledgement without byte counts. */
  #isOwed = false;
  readonly #ending = new Ending();
  #reason: unknown;

  constructor(localId: number, link: Link, refusal: Failure) {
    this.localId = localId;
    this.#link = link;
    this.#refusal = refusal;
    // Whoever opened it may have given up waiting.
    this.#opened.promise.catch(() => undefined);
  }

  /** Resolves once the phone has accepted the stream. */
  whenOpen(): Promise<void> {
    return this.#opened.promise;
  }

  async read(): Promise<Uint8Array | undefined> {
    const chunk = await this.#inbox.take();
    if (chunk !== undefined) this.#acknowledge(chunk.length);
    return chunk;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { mostPayloadBytes, isAckDelayed } = this.#link.terms;
    for (let at = 0; at < bytes.length; at += mostPayloadBytes) {
      while (this.#credit <= 0 && this.#reason === undefined) {
        this.#onCredit ??= Promise.withResolvers();
        await this.#onCredit.promise;
      }
      if (this.#reason !== undefined) throw this.#reason as Error;
      const part = bytes.subarray(at, at + mostPayloadBytes);
      this.#credit -= isAckDelayed ? part.length : 1;
      // The link may be full, and stay so: closing this stream is not to wait for that.
      await this.#ending.during(this.#link.send(COMMAND.write, this.localId, this.#remoteId ?? 0, part));
    }
  }

  close(reason: unknown = gone()): void {
    if (this.#reason === undefined) {
      this.#link.forget(this);
      // Before the phone has given it a number there is none to close: its answer then goes to nobody.
      if (this.#remoteId !== undefined) this.#link.tell(COMMAND.close, this.localId, this.#remoteId);
    }
    this.lose(reason);
  }

  /** The link is lost, or the stream no longer wanted: everything under way fails. */
  lose(reason: unknown): void {
    this.#reason ??= reason;
    this.#opened.reject(reason);
    this.#inbox.drop(reason);
    this.#ending.end(reason);
    this.#wakeWriter();
  }

  onOkay(remoteId: number, ackedBytes: number | undefined): Failure | undefined {
    const { isAckDelayed } = this.#link.terms;
    if (isAckDelayed !== (ackedBytes !== undefined))
      return protocolViolation('an acknowledgement of the wrong kind');
    if (this.#remoteId === undefined) {
      if (remoteId === 0) return protocolViolation('a stream without a number');
      this.#remoteId = remoteId;
      this.#opened.resolve();
    } else if (this.#remoteId !== remoteId) {
      return protocolViolation('an acknowledgement of another stream');
    }
    if (ackedBytes !== undefined && ackedBytes < 0) return protocolViolation('an acknowledgement of nothing');
    this.#credit = ackedBytes === undefined ? 1 : this.#credit + ackedBytes;
    if (this.#credit > 0) this.#wakeWriter();
    return undefined;
  }

  onWrite(payload: Uint8Array): Failure | undefined {
    if (this.#remoteId === undefined) return protocolViolation('data of a stream that is not open');
    const { isAckDelayed, mostPayloadBytes } = this.#link.terms;
    const isTooMuch = isAckDelayed ? this.#inbox.heldBytes > WINDOW_BYTES + mostPayloadBytes : this.#isOwed;
    if (isTooMuch) return protocolViolation('more data than agreed');
    this.#inbox.put(payload);
    if (!isAckDelayed) {
      this.#isOwed = true;
      this.#acknowledge(0);
    }
    return undefined;
  }

  onClose(): void {
    this.#link.forget(this);
    if (this.#remoteId !== undefined) this.#link.tell(COMMAND.close, this.localId, this.#remoteId);
    this.#opened.reject(this.#refusal);
    // What came before the end may still be read.
    this.#inbox.end();
    this.#reason ??= gone();
    this.#wakeWriter();
  }

  #wakeWriter(): void {
    this.#onCredit?.resolve();
    this.#onCredit = undefined;
  }

  /** Tells the phone that it may send more, now that so many bytes were read. */
  #acknowledge(readBytes: number): void {
    if (this.#remoteId === undefined || this.#inbox.isEnded) return;
    if (this.#link.terms.isAckDelayed) {
      const count = new Uint8Array(4);
      viewOf(count).setInt32(0, readBytes, true);
      this.#link.tell(COMMAND.okay, this.localId, this.#remoteId, count);
    } else if (this.#isOwed && this.#inbox.heldBytes <= READ_AHEAD_BYTES) {
      this.#isOwed = false;
      this.#link.tell(COMMAND.okay, this.localId, this.#remoteId);
    }
  }
}
