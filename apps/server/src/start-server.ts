import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Host, homeOf, makePrivateFolder } from '@holdfast/home';
import { errnoOf, Failure } from '@holdfast/kernel';
import type { FastifyInstance } from 'fastify';
import { openAccess } from './access/access.ts';
import { isLoopbackName } from './access/origin.ts';
import { buildApp } from './app.ts';
import { SERVER_FAILURES } from './failures.ts';

/** How the server is started. */
export interface StartOptions {
  readonly host: Host;
  /** 0: any that is free. */
  readonly port: number;
  /** The address to listen at; default: of this computer alone. */
  readonly address?: string;
  readonly version: string;
  /** The folder of the built web app. */
  readonly webFolder: string;
  /** Registers the operations, and what they need. */
  readonly routes?: (app: FastifyInstance) => void | Promise<void>;
  /** Told of errors that nobody foresaw. */
  readonly onBug: (error: unknown) => void;
}

/** A server that listens until it is disposed of. */
export interface RunningServer extends AsyncDisposable {
  /** Where a browser of this computer finds it: `http://127.0.0.1:4747`. */
  readonly url: string;
  /** Other computers of the network may come in. */
  readonly isNetwork: boolean;
  /** The same with a key that lets one browser in, once and for a quarter of an hour: a secret. */
  link(): string;
}

const LOOPBACK = '127.0.0.1';

/**
 * Starts the server of the web app. Fails with `server/needs-password` for an address that others reach where no password keeps them out,
 * with `server/port` when it cannot listen there, and with `server/no-web-app` when that is not built.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { host, port, address = LOOPBACK, version, webFolder, routes = () => {}, onBug } = options;
  const { folder } = homeOf(host);
  await makePrivateFolder(folder);
  const isNetwork = !isLoopbackName(address);
  const name = hostname().toLowerCase();
  const access = await openAccess({
    folder,
    clock: host.clock,
    random: host.random,
    served: { isNetwork, names: [name, `${name}.local`] },
    version,
  });
  if (!existsSync(join(webFolder, 'index.html'))) throw noWebApp();
  const app = await buildApp({ access, routes, webFolder, version, onBug });
  try {
    await app.listen({ host: address, port });
  } catch (error) {
    await app.close();
    throw cannotListen(address, port, error);
  }
  const [listening] = app.addresses();
  const listeningPort = typeof listening === 'object' ? listening.port : port;
  // An address of all networks is none that a browser could go to.
  const at = /^(0\.0\.0\.0|::)$/.test(address) ? LOOPBACK : address;
  const url = `http://${at.includes(':') ? `[${at}]` : at}:${listeningPort}`;
  return {
    url,
    isNetwork,
    link: () => `${url}/enter?key=${access.links.make()}`,
    [Symbol.asyncDispose]: () => app.close(),
  };
}

const noWebApp = (): Failure =>
  new Failure(SERVER_FAILURES.noWebApp, 'The web app is not built', {
    hint: 'Start it with "npm start" in the checkout, which builds it first.',
  });

function cannotListen(address: string, port: number, error: unknown): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  const hints: Readonly<Record<string, string>> = {
    EADDRINUSE:
      'It may be Holdfast itself that is running already: open its address, or choose another port with --port.',
    EACCES: 'Choose a port from 1024 with --port.',
    EADDRNOTAVAIL: 'Name an address of this computer with --host, or 0.0.0.0 for all of them.',
    ENOTFOUND: 'Name an address of this computer with --host, or 0.0.0.0 for all of them.',
  };
  return new Failure(SERVER_FAILURES.port, `Cannot listen at ${address}, port ${port} (${errno})`, {
    hint: hints[errno] ?? 'Choose another port with --port.',
    details: { address, port, errno },
    cause: error,
  });
}
