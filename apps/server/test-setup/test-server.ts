import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Card, Run, RunRequest } from '@holdfast/contract/api';
import type { Host } from '@holdfast/home';
import { cheapHome, quietHost } from '@holdfast/home/testing';
import { type Clock, systemClock } from '@holdfast/kernel';
import { temporaryFolder } from '@holdfast/testkit';
import type { RunningServer, StartOptions } from '#server.ts';
import { startServer } from '#server.ts';
import { type Asked, ask, cookieOf, type Told } from './test-app.ts';

/** A home folder with a repository that is cheap to open. */
export interface TestHome extends AsyncDisposable {
  readonly path: string;
  readonly home: string;
  readonly host: Host;
}

/** Locks settle at once, and devices are looked for all the time; what is a long wait stays one. */
const BRISK: Clock = {
  now: () => systemClock.now(),
  sleep: (duration, signal) => {
    const ms = duration.total({ unit: 'milliseconds' });
    const brisk = Temporal.Duration.from({ milliseconds: ms < 1000 ? Math.min(1, ms) : 30 });
    return systemClock.sleep(ms < 1000 || ms === 3000 ? brisk : duration, signal);
  },
};

/** A port of this computer where nothing listens. */
export async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function testHome(phones: readonly string[] = []): Promise<TestHome> {
  const folder = await temporaryFolder();
  const home = join(folder.path, 'home');
  await cheapHome(home);
  const host = await hostIn(home, phones);
  return { path: folder.path, home, host, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** A computer with that home folder, which sees those phones and no others. */
export async function hostIn(home: string, phones: readonly string[]): Promise<Host> {
  const env = {
    HOLDFAST_HOME: home,
    HOLDFAST_PHONES: phones.join(','),
    ANDROID_ADB_SERVER_PORT: String(await deadPort()),
  };
  return quietHost(home, { env, clock: BRISK });
}

/** A browser that is in. */
export interface Browser {
  readonly port: number;
  readonly cookie: string;
  readonly ask: (path: string, asked?: Asked) => Promise<Told>;
  readonly get: <T>(path: string) => Promise<T>;
  readonly send: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  /** The only card, once it is so. */
  readonly card: (isSo: (card: Card) => boolean) => Promise<Card>;
  readonly start: (request: RunRequest) => Promise<Run>;
  readonly run: (id: string, isSo: (run: Run) => boolean) => Promise<Run>;
}

/** A server, and a browser that is in. */
export interface TestServer extends AsyncDisposable, Browser {
  readonly server: RunningServer;
  readonly troubles: readonly unknown[];
}

export async function testServer(host: Host, options: Partial<StartOptions> = {}): Promise<TestServer> {
  const troubles: unknown[] = [];
  const server = await startServer({
    host,
    port: 0,
    version: '1',
    checksAnswers: true,
    onBug: (error) => troubles.push(error),
    ...options,
  });
  return {
    ...(await browserAt(server.link(), troubles)),
    server,
    troubles,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** A browser that came in by a link. */
export async function browserAt(address: string, troubles: readonly unknown[]): Promise<Browser> {
  const link = new URL(address);
  const port = Number(link.port);
  const cookie = cookieOf(await ask(port, `${link.pathname}${link.search}`)) ?? '';
  const asking: Browser['ask'] = (path, asked) => ask(port, path, { cookie, ...asked });
  const parsed = <T>({ status, text }: Told): T => {
    if (status !== 200) throw new Error(`${status}: ${text}`);
    return JSON.parse(text) as T;
  };
  const get = async <T>(path: string): Promise<T> => parsed<T>(await asking(path));
  const until = async <T>(look: () => Promise<T | undefined>, last: () => unknown): Promise<T> => {
    for (let tries = 0; tries < 1500; tries++) {
      const found = await look();
      if (found !== undefined) return found;
      await systemClock.sleep(Temporal.Duration.from({ milliseconds: 10 }));
    }
    throw new Error(`it never was so, but ${JSON.stringify(last())}; ${troubles.map(String).join()}`);
  };
  return {
    port,
    cookie,
    ask: asking,
    get,
    send: async (method, path, body) => parsed(await asking(path, { method, body })),
    start: async (body) => parsed<Run>(await asking('/api/runs', { method: 'POST', body })),
    card: async (isSo) => {
      let seen: Card | undefined;
      const look = async () => {
        const { cards } = await get<{ cards: Card[] }>('/api/devices');
        seen = cards[0];
        return seen !== undefined && isSo(seen) ? seen : undefined;
      };
      return until(look, () => seen);
    },
    run: async (id, isSo) => {
      let seen: Run | undefined;
      const look = async () => {
        seen = await get<Run>(`/api/runs/${id}`);
        return isSo(seen) ? seen : undefined;
      };
      return until(look, () => seen);
    },
  };
}
