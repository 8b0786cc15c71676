import { errnoOf, Failure, plainText } from '@holdfast/kernel';
import type { FastifyInstance } from 'fastify';
import { SERVER_FAILURES } from './failures.ts';

/** The port that an app listens at from now on. Fails with `server/port`. */
export async function listen(app: FastifyInstance, address: string, port: number): Promise<number> {
  try {
    await app.listen({ host: address, port });
  } catch (error) {
    throw cannotListen(address, port, error);
  }
  const listens = app.server.address();
  return listens === null || typeof listens === 'string' ? port : listens.port;
}

/** Where a browser of this computer finds it: an address of all networks is none that it could go to. */
export function urlOf(address: string, port: number): string {
  const at = /^(0\.0\.0\.0|::|\[::\])$/.test(address) ? '127.0.0.1' : address;
  return `http://${at.includes(':') && !at.startsWith('[') ? `[${at}]` : at}:${port}`;
}

const HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'It may be Holdfast itself that is running already: open its address, or choose another port with --port.',
  EACCES: 'Choose a port from 1024 with --port.',
  EADDRNOTAVAIL: 'Name an address of this computer with --host, or 0.0.0.0 for all of them.',
  ENOTFOUND: 'Name an address of this computer with --host, or 0.0.0.0 for all of them.',
};

function cannotListen(address: string, port: number, error: unknown): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  return new Failure(
    SERVER_FAILURES.port,
    `Cannot listen at ${plainText(address)}, port ${port} (${errno})`,
    {
      hint: HINTS[errno] ?? 'Choose another port with --port.',
      details: { address, port, errno },
      cause: error,
    },
  );
}
