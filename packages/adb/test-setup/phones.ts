import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type AdbStream, type AdbTransport, connectTcp, type TcpOptions } from '@holdfast/adb';
import { Failure } from '@holdfast/kernel';
import type { FakeClock } from '@holdfast/testkit';
import { type PhoneOptions, type SimulatedPhone, startPhone, testerKey } from '@holdfast/testkit/phone';

/** The key of {@link testerKey}. */
export const key = testerKey();

/** A simulated phone and a link to it. */
export interface LinkedPhone extends AsyncDisposable {
  readonly phone: SimulatedPhone;
  readonly transport: AdbTransport;
}

/** Starts a phone and connects to it directly. */
export async function linkedPhone(
  options: PhoneOptions = {},
  link: Partial<TcpOptions> = {},
): Promise<LinkedPhone> {
  const phone = await startPhone(options);
  const transport = await connectTcp({ host: phone.host, port: phone.port, key, ...link });
  return {
    phone,
    transport,
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]();
      await phone[Symbol.asyncDispose]();
    },
  };
}

/** True for a failure with this code. */
export const coded =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof Error && 'code' in error && error.code === code;

/** Something that listens on a port of 127.0.0.1 and does this with whoever connects. */
export async function listening(
  onConnection: (socket: Socket) => void,
): Promise<{ readonly port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Resolves once what is on its way has got a little further. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Moves the clock on, whenever somebody waits for it, for as long as `work` takes; gives what that gives. */
export async function letTimePass<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  over.catch(() => undefined);
  while (!isOver) {
    await Promise.race([clock.whenSleeping(1), over]);
    // So that what is on its way comes first.
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    clock.advance(Temporal.Duration.from({ seconds: 5 }));
  }
  return over;
}

/** A stream that gives these chunks, one a turn, and then its end. */
export function streamOf(chunks: Uint8Array[], write: () => Promise<void>): AdbStream {
  let end: { readonly reason: unknown } | undefined;
  return {
    async read() {
      await nextTurn();
      if (end !== undefined) throw end.reason as Error;
      return chunks.shift();
    },
    write,
    close(reason = new Failure('adb/gone', 'gone')) {
      end ??= { reason };
    },
  };
}

/** A phone of which every service is this stream. */
export const transportWith = (stream: AdbStream, features: readonly string[] = []): AdbTransport => ({
  serial: '',
  banner: { state: 'device', product: '', model: '', device: '' },
  features: new Set(features),
  openStream: async () => stream,
  [Symbol.asyncDispose]: async () => undefined,
});
