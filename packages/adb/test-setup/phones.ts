import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type AdbTransport, connectTcp, generateAdbKey, type TcpOptions } from '@holdfast/adb';
import { type PhoneOptions, type SimulatedPhone, startPhone } from '@holdfast/testkit/phone';

/** One key for all tests: making one takes a while. */
export const key = generateAdbKey('tester@holdfast');

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
