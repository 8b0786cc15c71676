import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Run } from '@holdfast/contract/api';
import type { Decision } from '@holdfast/engine';
import {
  type Host,
  homeOf,
  makePrivateFolder,
  openCatalogHere,
  repositoryPlace,
  SettingsFile,
} from '@holdfast/home';
import { errnoOf, Failure, isFailure, plainText } from '@holdfast/kernel';
import { openAccess } from './access/access.ts';
import { isLoopbackName, type Served } from './access/origin.ts';
import { sessionName } from './access/routes.ts';
import { AlertBook } from './alerts/alert-book.ts';
import { buildApp } from './app.ts';
import { Board } from './devices/board.ts';
import { busyDevices, deviceOf, openSource, watchDevices } from './devices/devices.ts';
import { Folders } from './devices/folders.ts';
import { Watcher } from './devices/watcher.ts';
import { EventHub } from './events/hub.ts';
import { SERVER_FAILURES } from './failures.ts';
import type { BaseParts } from './parts.ts';
import { registerRoutes } from './routes.ts';
import { runnersOf } from './runners.ts';
import { claimHome } from './running.ts';
import { Journals } from './runs/journal.ts';
import { isOver } from './runs/run-view.ts';
import { type About, Runs } from './runs/runs.ts';
import { StoreSize } from './store-size.ts';

/** How the app is served. */
export interface ServerOptions {
  /** The address to listen on; default `127.0.0.1`. Any other needs an access password. */
  readonly address?: string;
  /** Default {@link DEFAULT_PORT}; 0: any that is free. */
  readonly port?: number;
  /** The built web app; absent: the API alone. */
  readonly webFolder?: string;
  readonly version: string;
  /** Errors that nobody foresaw, and trouble that ends nothing. */
  readonly onTrouble?: (error: unknown) => void;
  /** Check every answer against the contract: in tests. */
  readonly checksAnswers?: boolean;
}

/** A server that runs. */
export interface Server extends AsyncDisposable {
  /** Where it is, without a key. */
  readonly url: string;
  /** A new link that lets a browser of this computer in, once. */
  link(): string;
  /** Ends it. Runs end soon, and go on with the next start. */
  close(): Promise<void>;
}

/** Where the app is unless another port is chosen. */
export const DEFAULT_PORT = 4650;

/**
 * Serves the app, watches devices and does what is due, until closed or until `host.signal` aborts. What was under way when the last one ended goes
 * on. Fails with `server/port`, `server/running`, `server/needs-password`, and as opening the catalog does.
 */
export async function startServer(host: Host, options: ServerOptions): Promise<Server> {
  await using stack = new AsyncDisposableStack();
  const closing = new AbortController();
  stack.defer(() => closing.abort(new DOMException('closing', 'AbortError')));
  const inner: Host = { ...host, signal: AbortSignal.any([host.signal, closing.signal]) };
  const { clock, random } = inner;
  const { folder } = homeOf(inner);
  const { address = '127.0.0.1', version, onTrouble = () => {} } = options;
  await makePrivateFolder(folder);
  stack.use(await claimHome(join(folder, 'server.json'), inner));
  const access = await openAccess({ folder, clock, random, served: servedAt(address), version });
  const catalog = stack.use(await openCatalogHere(inner));
  const settings = await SettingsFile.load(inner);
  const alerts = await AlertBook.load(join(folder, 'alerts.json'), clock);
  const events = new EventHub(random);
  const store = new StoreSize(repositoryPlace(inner).path, inner.signal);
  const decisions = new Map<string, Decision>();
  let again = new AbortController();
  const lookAgain = (): void => {
    again.abort();
    again = new AbortController();
  };
  const folders = stack.use(new Folders({ host: inner, catalog, settings }));
  const watcher: Watcher = new Watcher({ host: inner, catalog, busy: () => busyDevices(runs) });
  const base: BaseParts = {
    host: inner,
    folder,
    version,
    access,
    catalog,
    settings,
    alerts,
    openSource: (device, types, signal) =>
      openSource(device, types, signal, { host: inner, watcher, folders, board }),
    publish: (event) => events.publish(event),
    lookAgain,
    setAccessPassword: async (password, request) => {
      await access.password.set(password);
      await access.sessions.endOthers(sessionName(request));
    },
  };
  const onChange = (run: Run, isTurn: boolean): void => {
    events.publish({ kind: 'run', run });
    if (!isTurn) return;
    if (isOver(run)) {
      for (const what of ['items', 'backups', 'repository'] as const)
        events.publish({ kind: 'changed', what });
      store.measure().catch(onTrouble);
      const isByHand = run.startedBy === 'person' && run.kind === 'backup' && run.state.kind === 'done';
      if (isByHand && run.device !== undefined) settings.backedUpByHand(run.device.id).catch(onTrouble);
    }
    lookAgain();
  };
  const runs: Runs = await Runs.open({
    journals: await Journals.open(join(folder, 'runs')),
    runners: runnersOf(base),
    clock,
    random,
    about: async (request): Promise<About> =>
      'device' in request ? { device: await deviceOf(request.device, { board }) } : {},
    onChange,
    onBug: onTrouble,
  });
  const board: Board = new Board({
    host: inner,
    catalog,
    settings,
    watcher,
    folders,
    runs,
    decisions,
    alerts: () => alerts.alerts,
    store: () => ({ place: repositoryPlace(inner).path, ...store.size }),
  });
  const app = await buildApp({
    access,
    version,
    onBug: onTrouble,
    ...(options.webFolder !== undefined && { webFolder: options.webFolder }),
    ...(options.checksAnswers !== undefined && { checksAnswers: options.checksAnswers }),
    routes: (routes) =>
      registerRoutes(routes, { ...base, board, folders, watcher, runs, events, closing: inner.signal }),
  });
  stack.defer(() => app.close());
  const port = await listening(app, address, options.port ?? DEFAULT_PORT);
  store.measure().catch(() => {});
  const watching = watchDevices({
    host: inner,
    catalog,
    settings,
    watcher,
    folders,
    runs,
    board,
    decisions,
    publish: base.publish,
    again: () => again.signal,
    onTrouble: (error) => {
      if (!isFailure(error)) onTrouble(error);
      else host.tell.trouble(plainText(error.message, 300));
    },
  });
  runs.go();
  const running = stack.move();
  let ending: Promise<void> | undefined;
  const close = (): Promise<void> => {
    ending ??= (async () => {
      await runs.close();
      closing.abort(new DOMException('closing', 'AbortError'));
      await watching;
      await running.disposeAsync();
    })();
    return ending;
  };
  // Before what the abort does to runs: they are told that they are to go on.
  host.signal.addEventListener('abort', () => void close().catch(onTrouble), { once: true });
  if (host.signal.aborted) await close();
  // An address of all networks is none that a browser could go to.
  const shown = /^(0\.0\.0\.0|::)$/.test(address) ? '127.0.0.1' : address;
  const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  return {
    url,
    link: () => `${url}/enter?key=${access.links.make()}`,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function listening(
  app: Awaited<ReturnType<typeof buildApp>>,
  address: string,
  port: number,
): Promise<number> {
  try {
    await app.listen({ host: address, port });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new Failure(
      SERVER_FAILURES.port,
      `Cannot listen on ${plainText(address)}, port ${port} (${errno})`,
      {
        hint:
          errno === 'EADDRINUSE'
            ? 'Another program uses that port: choose one with --port, or with --port 0 any that is free.'
            : 'Choose another address or port.',
        details: { address, port, errno },
        cause: error,
      },
    );
  }
  const listens = app.server.address();
  return listens === null || typeof listens === 'string' ? port : listens.port;
}

function servedAt(address: string): Served {
  const name = hostname().toLowerCase();
  return {
    isNetwork: !isLoopbackName(address.toLowerCase()),
    names: [name, name.replace(/\..*$/, ''), `${name.replace(/\..*$/, '')}.local`],
  };
}
