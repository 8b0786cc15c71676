import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** What came to a web server. */
export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Something on this computer that takes messages. */
export interface Sink<T> extends AsyncDisposable {
  readonly port: number;
  readonly got: readonly T[];
}

/** A web server that takes what is posted; `status` says what it answers, `undefined`: nothing at all. */
export async function webSink(
  status: (path: string) => number | undefined = () => 200,
  headers: Readonly<Record<string, string>> = {},
): Promise<Sink<Posted>> {
  const got: Posted[] = [];
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      got.push({ path, headers: request.headers, text: Buffer.concat(chunks).toString() });
      const code = status(path);
      if (code !== undefined) response.writeHead(code, headers).end('secret words of the server');
    });
  });
  return { ...(await listening(server)), got };
}

/** A mail server without encryption that takes what comes; one that `refuses` repeats what it was sent, and takes nothing; one that is `mute` does not even greet. */
export async function mailSink(manner: 'takes' | 'refuses' | 'mute' = 'takes'): Promise<Sink<string>> {
  const got: string[] = [];
  const server = createServer((socket) => {
    let isData = false;
    let text = '';
    socket.on('error', () => {});
    if (manner === 'mute') return;
    socket.write('220 sink ESMTP\r\n');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (;;) {
        const mark = isData ? '\r\n.\r\n' : '\r\n';
        const end = text.indexOf(mark);
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + mark.length);
        if (isData) {
          got.push(line);
          isData = false;
          socket.write('250 taken\r\n');
        } else if (manner === 'refuses' && /^AUTH/i.test(line)) {
          socket.write(`535 not you: ${line}\r\n`);
        } else if (/^EHLO/i.test(line)) {
          socket.write('250-sink\r\n250 AUTH PLAIN\r\n');
        } else if (/^AUTH/i.test(line)) {
          socket.write('235 welcome\r\n');
        } else if (/^STARTTLS/i.test(line)) {
          socket.write('502 not here\r\n');
        } else if (/^DATA/i.test(line)) {
          isData = true;
          socket.write('354 go on\r\n');
        } else {
          socket.write('250 fine\r\n');
        }
      }
    });
  });
  return { ...(await listening(server)), got };
}

async function listening(server: Server): Promise<{ readonly port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      for (const socket of sockets) socket.destroy();
      await closed.promise;
    },
  };
}
