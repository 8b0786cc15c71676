import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { random } from '@holdfast/home/testing';
import type { Clock } from '@holdfast/kernel';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import type { FastifyInstance } from 'fastify';
import { type Access, openAccess } from '#access/access.ts';
import { AccessPassword } from '#access/password.ts';
import { buildApp } from '#app.ts';

/** What came back. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What a request brings. */
export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly cookie?: string | undefined;
}

/** Asks a server on this computer as any program can: each header may say what it likes. */
export function ask(
  port: number,
  path: string,
  { method = 'GET', headers, body, cookie }: Asked = {},
): Promise<Told> {
  const { promise, resolve, reject } = Promise.withResolvers<Told>();
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    agent: false,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(cookie !== undefined && { cookie: `holdfast=${cookie}` }),
      ...headers,
    },
  });
  sent.on('error', reject);
  sent.on('response', (answer) => {
    const chunks: Buffer[] = [];
    const tell = (): void =>
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        text: Buffer.concat(chunks).toString(),
      });
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('error', tell);
    answer.on('end', tell);
  });
  sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  return promise;
}

/** An app that listens on this computer. */
export interface TestApp extends AsyncDisposable {
  readonly port: number;
  readonly access: Access;
  readonly app: FastifyInstance;
  /** The home folder. */
  readonly home: string;
  readonly bugs: readonly unknown[];
  ask(path: string, asked?: Asked): Promise<Told>;
  /** A session, as a link gives it. */
  enter(): Promise<string>;
}

/** What differs from the usual app: one of this computer alone, with a web app of one page, without operations. */
export interface TestAppOptions {
  readonly clock?: Clock;
  readonly routes?: (app: FastifyInstance) => void;
  readonly isNetwork?: boolean;
  readonly password?: string;
  readonly patience?: Temporal.Duration;
  /** An existing home folder. */
  readonly home?: string;
}

export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { clock = fakeClock(), routes = () => {}, isNetwork = false, password, patience } = options;
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const home = options.home ?? join(folder.path, 'home');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const webFolder = join(folder.path, 'web');
  await mkdir(join(webFolder, 'assets'), { recursive: true });
  await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>Holdfast</title>');
  await writeFile(join(webFolder, 'assets', 'main-1.js'), 'main()');
  if (password !== undefined) await (await AccessPassword.load(join(home, 'access'), random)).set(password);
  const served = { isNetwork, names: ['desk', 'desk.local'] };
  const access = await openAccess({ folder: home, clock, random, served, version: '1' });
  const bugs: unknown[] = [];
  const app = await buildApp({
    access,
    routes,
    webFolder,
    version: '1',
    asOf: () => 'start-7',
    onBug: (error) => bugs.push(error),
    checksAnswers: true,
    ...(patience && { patience }),
  });
  stack.defer(() => app.close());
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const port = Number(url.port);
  const moved = stack.move();
  const asking: TestApp['ask'] = (path, asked) => ask(port, path, asked);
  return {
    port,
    access,
    app,
    home,
    bugs,
    ask: asking,
    enter: async () => cookieOf(await asking(`/enter?key=${access.links.make()}`)) ?? '',
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

/** The session that an answer gives. */
export function cookieOf({ headers }: Told): string | undefined {
  const [cookie] = headers['set-cookie'] ?? [];
  return cookie === undefined ? undefined : /^holdfast=([^;]*)/.exec(cookie)?.[1];
}
