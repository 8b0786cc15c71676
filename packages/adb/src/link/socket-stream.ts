import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { gone, protocolViolation } from '#failures.ts';
import { Inbox } from './inbox.ts';
import { type Patience, stalledWhile, within } from './patience.ts';
import type { AdbStream } from './transport.ts';

/** Bytes held for a reader who is busy before the other side is held back, and those at which it may go on. */
const HOLD_BACK_BYTES = 4 * 1024 * 1024;
const GO_ON_BYTES = 1024 * 1024;

/** Silence after which the other side's computer is asked whether it is still there. */
const KEEP_ALIVE_MS = 15_000;

/** What a side shows of itself in TLS, in PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** A TCP connection as a stream, which may become an encrypted one. */
export class SocketStream implements AdbStream {
  #socket: Socket;
  #stopListening: () => void;
  readonly #inbox = new Inbox();
  #isHeldBack = false;
  #reason: unknown;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#stopListening = this.#listen(socket);
  }

  async read(): Promise<Uint8Array | undefined> {
    const chunk = await this.#inbox.take();
    if (this.#isHeldBack && this.#inbox.heldBytes <= GO_ON_BYTES) {
      this.#isHeldBack = false;
      this.#socket.resume();
    }
    return chunk;
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error) reject(this.#reason ?? gone(error));
        else resolve();
      });
    });
  }

  close(reason: unknown = gone()): void {
    this.#reason ??= reason;
    this.#inbox.drop(reason);
    this.#socket.destroy();
  }

  /** Says that nothing more is written; reading goes on. */
  end(): void {
    this.#socket.end();
  }

  /**
   * Goes on as the client of a TLS 1.3 connection on the same socket, and gives that; nobody may be reading or writing.
   *
   * The certificate of the other side is not looked at: phones sign their own, and adb knows them by nothing else either.
   * That the other side does not accept ours shows only afterwards, as the end of the stream. Fails with `adb/gone`,
   * `adb/protocol`.
   */
  async startTls(identity: TlsIdentity): Promise<TLSSocket> {
    const plain = this.#socket;
    if (this.#inbox.heldBytes > 0) throw protocolViolation('data where TLS should begin');
    if (this.#inbox.isEnded) throw (this.#reason as Error | undefined) ?? gone();
    this.#stopListening();
    const secure = connectTls({
      ...identity,
      socket: plain,
      minVersion: 'TLSv1.3',
      rejectUnauthorized: false,
    });
    this.#socket = secure;
    this.#stopListening = this.#listen(secure);
    const ready = Promise.withResolvers<void>();
    secure.once('secureConnect', ready.resolve);
    secure.once('error', (error) => ready.reject(gone(error)));
    secure.once('close', () => ready.reject(this.#reason ?? gone()));
    await ready.promise;
    return secure;
  }

  /** Fills the inbox until what it gives is called. Errors are listened to for ever: one that nobody hears ends the program. */
  #listen(socket: Socket): () => void {
    const onBytes = (chunk: Uint8Array): void => {
      this.#inbox.put(chunk);
      if (this.#inbox.heldBytes < HOLD_BACK_BYTES) return;
      this.#isHeldBack = true;
      socket.pause();
    };
    const onEnd = (): void => this.#inbox.end();
    socket.on('data', onBytes);
    socket.on('end', onEnd);
    socket.on('error', (error) => this.#inbox.end({ error: gone(error) }));
    socket.on('close', onEnd);
    return () => socket.off('data', onBytes).off('end', onEnd).off('close', onEnd);
  }
}

/**
 * A connection to `host`:`port`, without Nagle's algorithm, whose small writes would wait for acknowledgements.
 *
 * Fails with what `onRefused` gives when nobody listens or answers there, with `signal.reason` on an abort.
 */
export async function connectSocket(
  host: string,
  port: number,
  patience: Patience,
  onRefused: (cause: unknown) => Error,
  signal?: AbortSignal,
): Promise<SocketStream> {
  signal?.throwIfAborted();
  // Kept alive: that nobody is there any more shows on an idle connection too.
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  const onAbort = (): void => void socket.destroy(signal?.reason as Error);
  signal?.addEventListener('abort', onAbort, { once: true });
  const connected = Promise.withResolvers<void>();
  socket.once('connect', connected.resolve);
  // Stays: an error after the attempt is over, as of a socket destroyed, concerns nobody.
  socket.on('error', connected.reject);
  try {
    await within(connected.promise, patience, () => stalledWhile('connecting', patience));
    return new SocketStream(socket);
  } catch (error) {
    socket.destroy();
    signal?.throwIfAborted();
    throw onRefused(error);
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Closes the stream when the signal aborts, now or later; what it gives is called when the stream is over. */
export function closeOn(signal: AbortSignal | undefined, stream: AdbStream): () => void {
  if (signal === undefined) return () => undefined;
  const onAbort = (): void => stream.close(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => signal.removeEventListener('abort', onAbort);
}

/** The stream, closed when the signal aborts and forgotten by the signal when it is closed. */
export function until(signal: AbortSignal | undefined, stream: AdbStream): AdbStream {
  const release = closeOn(signal, stream);
  return {
    read: () => stream.read(),
    write: (bytes) => stream.write(bytes),
    close(reason) {
      release();
      stream.close(reason);
    },
  };
}
