import { connect, type Socket } from 'node:net';
import { gone } from '#failures.ts';
import { Inbox } from './inbox.ts';
import { type Patience, stalledWhile, within } from './patience.ts';
import type { AdbStream } from './transport.ts';

/** Bytes held for a reader who is busy before the other side is held back, and those at which it may go on. */
const HOLD_BACK_BYTES = 4 * 1024 * 1024;
const GO_ON_BYTES = 1024 * 1024;

/** Silence after which the other side's computer is asked whether it is still there. */
const KEEP_ALIVE_MS = 15_000;

/** A TCP connection as a stream. */
class SocketStream implements AdbStream {
  readonly #socket: Socket;
  readonly #inbox = new Inbox();
  #isHeldBack = false;
  #reason: unknown;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Uint8Array) => {
      this.#inbox.put(chunk);
      if (this.#inbox.heldBytes < HOLD_BACK_BYTES) return;
      this.#isHeldBack = true;
      socket.pause();
    });
    socket.on('end', () => this.#inbox.end());
    socket.on('error', (error) => this.#inbox.end({ error: gone(error) }));
    socket.on('close', () => this.#inbox.end());
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
): Promise<AdbStream> {
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
