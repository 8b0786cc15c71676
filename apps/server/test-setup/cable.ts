import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A cable between a phone and the computer: it can be pulled, and held so that nothing more comes through. */
export interface Cable extends AsyncDisposable {
  /** Where the computer finds the phone. */
  readonly address: string;
  /** Lets so many more bytes of the phone through, and nothing after them until {@link letGo}. */
  hold(afterBytes: number): void;
  letGo(): void;
  /** Pulls it: nobody gets through until {@link plug}. */
  pull(): void;
  plug(): void;
}

/** A cable to the phone at this port of 127.0.0.1, plugged in. */
export async function cableTo(phonePort: number): Promise<Cable> {
  const sockets = new Set<Socket>();
  let isPlugged = true;
  let leftBytes = Infinity;
  let free = Promise.withResolvers<void>();
  const server = createServer((computer) => {
    if (!isPlugged) {
      computer.destroy();
      return;
    }
    const phone = connect(phonePort, '127.0.0.1');
    for (const [one, other] of [
      [computer, phone],
      [phone, computer],
    ] as const) {
      sockets.add(one);
      one.on('error', () => one.destroy());
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    computer.pipe(phone);
    pass(phone, computer).catch(() => computer.destroy());
  });
  const pass = async (phone: Socket, computer: Socket): Promise<void> => {
    for await (const chunk of phone as AsyncIterable<Uint8Array>) {
      while (leftBytes <= 0) await free.promise;
      leftBytes -= chunk.length;
      if (!computer.write(chunk)) await Promise.race([once(computer, 'drain'), once(computer, 'close')]);
    }
    computer.end();
  };
  const pull = (): void => {
    isPlugged = false;
    for (const socket of sockets) socket.destroy();
  };
  const letGo = (): void => {
    leftBytes = Infinity;
    free.resolve();
    free = Promise.withResolvers();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `127.0.0.1:${address.port}`,
    hold: (afterBytes) => {
      leftBytes = afterBytes;
    },
    letGo,
    pull,
    plug: () => {
      isPlugged = true;
    },
    async [Symbol.asyncDispose]() {
      pull();
      letGo();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
