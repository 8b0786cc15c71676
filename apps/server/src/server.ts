import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Home, Run } from '@holdfast/contract/api';
import type { Decision } from '@holdfast/engine';
import { freeBytes, type Host, homeOf, makePrivateFolder, repositoryPlace, storeSigns } from '@holdfast/home';
import { Failure, isFailure, plainText } from '@holdfast/kernel';
import { openAccess } from './access/access.ts';
import { isLoopbackName, type Served } from './access/origin.ts';
import { send } from './alerts/send.ts';
import { watchAlerts } from './alerts/watch-alerts.ts';
import { buildApp } from './app.ts';
import { aside } from './aside.ts';
import { basePartsOf } from './base-parts.ts';
import { watchStore } from './care/watch-store.ts';
import { alertFacts } from './devices/alert-facts.ts';
import { Board } from './devices/board.ts';
import { partOfRun } from './devices/card.ts';
import { busyDevices, deviceOf, openDevice, openSource, watchDevices } from './devices/devices.ts';
import { Folders } from './devices/folders.ts';
import { Watcher } from './devices/watcher.ts';
import { EventHub } from './events/hub.ts';
import { SERVER_FAILURES } from './failures.ts';
import { ledgerLook } from './ledger/ledger-look.ts';
import { listen, urlOf } from './listen.ts';
import { Ahead } from './pictures/ahead.ts';
import { BRIEFLY } from './reading/reading-room.ts';
import { roomAt } from './restores/target.ts';
import { watchRoom } from './restores/watch-room.ts';
import { registerRoutes } from './routes.ts';
import { runnersOf } from './runners.ts';
import { claimHome } from './running.ts';
import { aboutOf } from './runs/about.ts';
import { Journals } from './runs/journal.ts';
import { isAtWork, isOver } from './runs/run-view.ts';
import { Runs } from './runs/runs.ts';

/** How the app is served. */
export interface StartOptions {
  readonly host: Host;
  /** 0: any that is free. */
  readonly port: number;
  /** The address to listen at; default: of this computer alone. Any other needs an access password. */
  readonly address?: string;
  readonly version: string;
  /** The folder of the built web app; absent: the API alone. */
  readonly webFolder?: string;
  /** Told of errors that nobody foresaw. */
  readonly onBug: (error: unknown) => void;
  /** Check every answer against the contract: in tests. */
  readonly checksAnswers?: boolean;
}

/** A server that listens until it is disposed of. Runs end soon then, and go on with the next start. */
export interface RunningServer extends AsyncDisposable {
  /** Where a browser of this computer finds it: `http://127.0.0.1:4747`. */
  readonly url: string;
  /** Other computers of the network may come in. */
  readonly isNetwork: boolean;
  /** The same with a key that lets one browser in, once and for a quarter of an hour: a secret. */
  link(): string;
  /** Ends it, as disposing of it does. */
  close(): Promise<void>;
}

/**
 * Serves the app, watches devices and does what is due, until closed or until `host.signal` aborts. What was under way when the last one ended goes
 * on. Fails with `server/needs-password` for an address that others reach where no password keeps them out, with `server/port` when it cannot
 * listen there, with `server/no-web-app` when that is not built, with `server/running`, and as opening the catalog does.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { address = '127.0.0.1', version, webFolder, onBug } = options;
  if (webFolder !== undefined && !existsSync(join(webFolder, 'index.html'))) throw noWebApp();
  await using stack = new AsyncDisposableStack();
  const closing = new AbortController();
  stack.defer(() => closing.abort(new DOMException('closing', 'AbortError')));
  const host: Host = { ...options.host, signal: AbortSignal.any([options.host.signal, closing.signal]) };
  const { clock, random, signal } = host;
  const { folder } = homeOf(host);
  await makePrivateFolder(folder);
  stack.use(await claimHome(join(folder, 'server.json'), host));
  const access = await openAccess({ folder, clock, random, served: servedAt(address), version });
  const events = new EventHub(random);
  const again = againOf();
  const lookAgain = again.ask;
  const base = await basePartsOf(
    host,
    { access, version },
    {
      openSource: (device, types, ending) =>
        openSource(device, types, ending, { host, watcher, folders, board }),
      onLaidOut: (snapshot) => ahead.want(snapshot),
      makeWay: () => ahead.makeWay(),
      onLedger: () => ledger.renewed(),
      openDevice: (id, ending) => openDevice(id, ending, { watcher, board }),
      publish: (event) => events.publish(event),
      lookAgain,
    },
    stack,
  );
  const { catalog, settings, alerts, care, contents, publish, plans } = base;
  const ledger = await ledgerLook(host);
  const folders = stack.use(new Folders({ host, catalog, settings }));
  const watcher: Watcher = new Watcher({ host, catalog, busy: () => busyDevices(runs) });
  let store: Home['store'] = { place: repositoryPlace(host).path, usedBytes: 0 };
  const lookAtStore = async (): Promise<void> => {
    const { usedBytes, freeBytes } = await care.look.facts();
    store = { ...store, usedBytes, ...(freeBytes !== undefined && { freeBytes }) };
    lookAgain();
  };
  const onTrouble = (error: unknown): void => {
    if (signal.aborted) return;
    if (isFailure(error)) host.tell.trouble(plainText(error.message, 300));
    else onBug(error);
  };
  const beside = aside(onTrouble);
  const onChange = (run: Run, isTurn: boolean): void => {
    publish({ kind: 'run', run, ...(!isOver(run) && { says: partOfRun(run, clock.now()) }) });
    if (!isTurn) return;
    lookAgain();
    if (run.snapshot !== undefined && isOver(run)) ahead.want(run.snapshot);
    else ahead.look();
    if (!isOver(run)) return;
    for (const what of ['items', 'backups', 'repository'] as const) publish({ kind: 'changed', what });
    care.look.stale();
    beside(lookAtStore());
    const isByHand = run.startedBy === 'person' && run.kind === 'backup' && run.state.kind === 'done';
    if (isByHand && run.device !== undefined) beside(settings.backedUpByHand(run.device.id));
  };
  const runs: Runs = await Runs.open({
    journals: await Journals.open(join(folder, 'runs')),
    runners: runnersOf(base),
    clock,
    random,
    about: (request) => aboutOf(request, { plans, deviceOf: (id) => deviceOf(id, { board }) }),
    onChange,
    onBug,
  });
  await plans.tidy(runs.plans());
  const ahead: Ahead = stack.use(
    new Ahead({
      contents,
      facts: contents,
      pictures: base.pictures,
      enter: (ending) => base.room.enter(ending, BRIEFLY),
      clock,
      isBusy: () => runs.unfinished().some(isAtWork),
      onTrouble,
    }),
  );
  const decisions = new Map<string, Decision>();
  const board: Board = new Board({
    host,
    catalog,
    settings,
    watcher,
    folders,
    runs,
    decisions,
    alerts,
    store: () => {
      const proved = care.provedRestorable;
      return { ...store, ...(proved !== undefined && { provedRestorable: proved.toString() }) };
    },
  });
  const app = await buildApp({
    access,
    version,
    asOf: () => events.position,
    onBug,
    ...(webFolder !== undefined && { webFolder }),
    ...(options.checksAnswers !== undefined && { checksAnswers: options.checksAnswers }),
    routes: (routes) =>
      registerRoutes(routes, { ...base, board, folders, watcher, runs, decisions, events, closing: signal }),
  });
  stack.defer(() => app.close());
  const url = urlOf(address, await listen(app, address, options.port));
  beside(lookAtStore());
  const watching = Promise.all([
    watchDevices({
      host,
      catalog,
      settings,
      watcher,
      folders,
      runs,
      board,
      decisions,
      publish,
      again: again.signal,
      onTrouble,
    }),
    care.watch(runs, onTrouble, signal),
    watchAlerts(
      {
        book: alerts,
        clock,
        facts: () =>
          alertFacts({ clock, board, catalog, runs, settings, care, ledgerTrouble: () => ledger.trouble() }),
        channels: () => settings.settings.channels,
        send: (channel, notice, ending) => send(channel, notice, { clock, signal: ending }),
        again: again.signal,
        onChange: lookAgain,
        onTrouble,
      },
      signal,
    ),
    watchRoom(
      {
        clock,
        runs,
        freeBytes: async ({ request, room: { volume }, since }) => {
          if (request.kind !== 'restore') return freeBytes(repositoryPlace(host).path);
          const { to } = await plans.asked(request.plan);
          return roomAt(to, { volume, since }, watcher.phones);
        },
        onTrouble,
      },
      signal,
    ),
    watchStore(
      {
        clock,
        signs: () => storeSigns(host),
        onChange: (mayHelp) => {
          if (mayHelp) runs.storeChanged();
          beside(lookAtStore());
        },
        onTrouble,
      },
      signal,
    ),
  ]);
  // What goes on needs its device: it is looked for first.
  const looked = Promise.allSettled([watcher.look(), folders.look()]).then(() => runs.go());
  const running = stack.move();
  let ending: Promise<void> | undefined;
  const close = (): Promise<void> => {
    ending ??= (async () => {
      await runs.close();
      closing.abort(new DOMException('closing', 'AbortError'));
      options.host.signal.removeEventListener('abort', onEnd);
      try {
        await Promise.all([looked, watching]);
        await beside.over();
      } finally {
        await running.disposeAsync();
      }
    })();
    return ending;
  };
  // Before what the abort does to runs: they are told that they are to go on.
  const onEnd = (): void => void close().catch(onBug);
  options.host.signal.addEventListener('abort', onEnd, { once: true });
  if (options.host.signal.aborted) await close();
  return {
    url,
    isNetwork: access.served.isNetwork,
    link: () => `${url}/enter?key=${access.links.make()}`,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Asks who looks again and again to look at once: each signal aborts with the next question. */
function againOf(): { readonly signal: () => AbortSignal; readonly ask: () => void } {
  let next = new AbortController();
  return {
    signal: () => next.signal,
    ask() {
      next.abort();
      next = new AbortController();
    },
  };
}

function servedAt(address: string): Served {
  const name = hostname().toLowerCase();
  const first = name.replace(/\..*$/, '');
  return { isNetwork: !isLoopbackName(address.toLowerCase()), names: [name, first, `${first}.local`] };
}

const noWebApp = (): Failure =>
  new Failure(SERVER_FAILURES.noWebApp, 'The web app is not built', {
    hint: 'Start it with "npm start" in the checkout, which builds it first.',
  });
