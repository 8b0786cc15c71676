import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';

const MULTICAST_GROUP = '224.0.0.251';

/** Where multicast DNS is spoken (RFC 6762, section 3). */
export const MULTICAST_PORT = 5353;

/** The IPv4 addresses of this computer in networks; none without one. */
export function networkAddresses(): string[] {
  return Object.values(interfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

function interfaces(): ReturnType<typeof networkInterfaces> {
  try {
    return networkInterfaces();
  } catch {
    // Systems that keep their networks to themselves, as Android does.
    return {};
  }
}

/**
 * Messages to and from the multicast group, in several networks at once. A network that does not work, or is gone, is as if
 * it were not there: nothing here fails.
 */
export class Multicast implements Disposable {
  readonly #port: number;
  readonly #onMessage: (bytes: Uint8Array) => void;
  readonly #sockets = new Map<string, Socket>();
  readonly #ready = new Set<Socket>();
  #last: Uint8Array | undefined;

  constructor(port: number, onMessage: (bytes: Uint8Array) => void) {
    this.#port = port;
    this.#onMessage = onMessage;
  }

  /** Goes on in exactly the networks in which this computer has these addresses. */
  use(addresses: readonly string[]): void {
    for (const [address, socket] of this.#sockets) {
      if (!addresses.includes(address)) this.#drop(address, socket);
    }
    for (const address of addresses) if (!this.#sockets.has(address)) this.#open(address, this.#port);
  }

  /** Sends to everybody in every network; where a socket is only just being opened, as soon as it is. */
  send(bytes: Uint8Array): void {
    this.#last = bytes;
    for (const socket of this.#ready) this.#sendOn(socket, bytes);
  }

  [Symbol.dispose](): void {
    for (const [address, socket] of this.#sockets) this.#drop(address, socket);
  }

  /** Others on this computer listen on that port too, as a rule; should one not share it, answers come to a port of our own. */
  #open(address: string, port: number): void {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    let isBound = false;
    this.#sockets.set(address, socket);
    socket.on('message', this.#onMessage);
    socket.on('error', () => {
      this.#drop(address, socket);
      if (port !== 0 && !isBound) this.#open(address, 0);
    });
    socket.bind(port, () => {
      isBound = true;
      try {
        socket.addMembership(MULTICAST_GROUP, address);
        socket.setMulticastInterface(address);
        socket.setMulticastTTL(255);
      } catch {
        this.#drop(address, socket);
        return;
      }
      this.#ready.add(socket);
      if (this.#last !== undefined) this.#sendOn(socket, this.#last);
    });
  }

  #sendOn(socket: Socket, bytes: Uint8Array): void {
    // What does not get out is asked again soon.
    socket.send(bytes, this.#port, MULTICAST_GROUP, () => undefined);
  }

  #drop(address: string, socket: Socket): void {
    if (this.#sockets.get(address) === socket) this.#sockets.delete(address);
    this.#ready.delete(socket);
    socket.removeAllListeners('error').on('error', () => undefined);
    try {
      socket.close();
    } catch {
      // It was closed already.
    }
  }
}
