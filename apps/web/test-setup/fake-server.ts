import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type OperationName, ROUTES } from '@holdfast/contract';
import { OPERATIONS, type Run, type ServerEvent, serverEvent } from '@holdfast/contract/api';
import {
  deviceOf,
  endedRuns,
  homeOf,
  itemAt,
  runningRun,
  type Scenario,
  someBackups,
} from './fake-answers.ts';
import { fakeBackup } from './fake-backup.ts';
import { repositoryOf, someSettings } from './fake-care.ts';
import { fakeDoctor } from './fake-doctor.ts';
import { Refused } from './fake-refused.ts';

const DIST = join(import.meta.dirname, '../dist');
const LEDGER_ITEMS = 100_000;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A server for looking at pages: the built app, and answers of one situation, each of them what the contract says. */
export interface FakeServer extends AsyncDisposable {
  readonly address: string;
  /** The situation shown from now on. */
  show(scenario: Scenario): void;
  /** Tells those who listen. */
  tell(event: ServerEvent): void;
  /** Takes the run a step further, and tells of it. */
  advance(items: number): void;
  /** Bodies of what was asked to be done, by operation. */
  readonly asked: readonly { readonly name: OperationName; readonly body: unknown }[];
}

type Question = { params: Readonly<Record<string, string>>; query: URLSearchParams; body: unknown };

/** Starts one on a port of its own, or on `port`. `dist`: where the built app is. */
export async function startFakeServer(
  first: Scenario,
  { port = 0, dist = DIST }: { readonly port?: number; readonly dist?: string } = {},
): Promise<FakeServer> {
  let scenario = first;
  let run: Run = runningRun(31);
  let eventId = 0;
  let isBegun = false;
  const listeners = new Set<ServerResponse>();
  const asked: { name: OperationName; body: unknown }[] = [];

  const tell = (event: ServerEvent): void => {
    serverEvent.parse(event);
    eventId += 1;
    for (const listener of listeners) listener.write(`id: ${eventId}\ndata: ${JSON.stringify(event)}\n\n`);
  };
  const setRun = (next: Run): Run => {
    run = next;
    tell({ kind: 'run', run });
    return run;
  };
  const cardOf = (id: string) => {
    const { cards } = homeOf(scenario === 'empty' || scenario === 'first-phone' ? 'healthy' : scenario, run);
    return cards.find(({ device }) => device.id === id) ?? cards[0]!;
  };
  const detail = ({ params }: Question) => deviceOf(cardOf(params.device ?? ''));
  const open = { kind: 'open', reach: 'this-computer', version: '0.1.0' };
  const ok = { ok: true };

  const answers: Partial<Record<OperationName, (question: Question) => unknown>> = {
    session: () =>
      scenario === 'closed'
        ? { kind: 'closed', needs: 'password' }
        : scenario === 'link'
          ? { kind: 'closed', needs: 'link' }
          : open,
    logIn: ({ body }) => {
      if ((body as { password: string }).password !== 'let me in')
        throw new Refused({ code: 'server/wrong-password', message: 'This is not the password.' });
      scenario = 'healthy';
      return open;
    },
    logOut: () => ok,
    home: () => homeOf(scenario, run),
    devices: () => {
      const { cards, strangers } = homeOf(scenario, run);
      return { cards, strangers };
    },
    dismissAlert: () => ok,
    device: detail,
    setRules: (question) => ({ ...detail(question), rules: question.body }),
    setBackupOn: detail,
    holdItems: detail,
    addFolder: () => deviceOf(cardOf('folder-1')),
    removeDevice: () => ok,
    deviceFolders: ({ query }) => {
      const under = query.get('under') ?? '';
      const names =
        under === ''
          ? ['DCIM', 'Pictures', 'Android', 'Music']
          : under.split('/').length > 4
            ? []
            : ['Camera', 'media'];
      return {
        folders: names.map((name) => ({
          path: `${under === '' ? 'files/internal' : under}/${name}`,
          name,
          isOff: false,
        })),
      };
    },
    items: ({ query }) => {
      const from = Number(query.get('after') ?? 0);
      const states = query.get('states')?.split(',');
      const limit = Number(query.get('limit') ?? 200);
      const items = [];
      let at = from;
      for (; at < LEDGER_ITEMS && items.length < limit; at++) {
        const item = itemAt(at);
        if (states === undefined || states.includes(item.state)) items.push(item);
      }
      return { items, ...(at < LEDGER_ITEMS && { next: String(at) }) };
    },
    counts: () => ({
      present: { found: LEDGER_ITEMS, verified: 94_737, waiting: 0, skipped: 2_631, failed: 2_632 },
      gone: { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 },
      rows: [
        { kind: 'photo', state: 'verified', reason: 'unchanged', isGone: false, items: 94_737 },
        { kind: 'photo', state: 'skipped', reason: 'rule-size', isGone: false, items: 2_631 },
        { kind: 'photo', state: 'failed', reason: 'changed-while-reading', isGone: false, items: 2_632 },
      ],
    }),
    pairable: () => ({ phones: [{ name: 'Pixel 8', address: '192.168.1.23:37155' }] }),
    pair: () => ok,
    runs: () => ({
      runs: scenario.startsWith('doctor-') && !isBegun ? [...endedRuns] : [run, ...endedRuns],
    }),
    run: ({ params }) => [run, ...endedRuns].find(({ id }) => id === params.run) ?? run,
    startRun: () => {
      isBegun = true;
      return setRun({ ...runningRun(0), id: 'run-1' });
    },
    pauseRun: () => setRun({ ...run, state: { kind: 'paused' } }),
    resumeRun: () => setRun({ ...run, state: { kind: 'running', phase: 'saving' } }),
    stopRun: () => setRun({ ...run, state: { kind: 'stopped' }, ended: new Date().toISOString() }),
    runItems: () => ({ items: run.lastSetAside }),
    backups: () => (scenario === 'empty' ? { backups: [] } : someBackups),
    repository: () => repositoryOf(scenario),
    planForget: () => ({
      plan: 'plan-1',
      keep: [
        {
          id: someBackups.backups[0]!.id,
          time: someBackups.backups[0]!.time,
          device: someBackups.backups[0]!.device,
          reasons: ['last'],
        },
      ],
      remove: someBackups.backups.slice(1, 2).map(({ id, time, device }) => ({ id, time, device })),
    }),
    changePassword: () => ok,
    recoveryKit: () => ({
      text: 'HOLDFAST RECOVERY KIT\n\nRepository: /home/anna/repository\nPassword: correct-horse-battery\n',
    }),
    settings: () => someSettings,
    setSettings: ({ body }) => body,
    setAccessPassword: () => ok,
    testNotification: () => ok,
    diagnostics: () => ({ text: 'holdfast 0.1.0\ndevices: 2\nruns: 3\n' }),
    ...fakeDoctor({ scenario: () => scenario, tell, isRescued: () => run.ended !== undefined }),
  };

  const insideBackup = fakeBackup(LEDGER_ITEMS);

  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 'fake/broken', message: String(error) }));
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    response.setHeader(
      'content-security-policy',
      "default-src 'self'; img-src 'self' blob:; style-src 'self'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    if (url.pathname === '/api/events') return listen(request, response);
    if (!url.pathname.startsWith('/api/')) return await sendFile(dist, url.pathname, response);
    const method = request.method ?? 'GET';
    const found = route(method, url.pathname);
    const text = await readText(request);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if (found === undefined || answers[found.name] === undefined) {
      const inside = insideBackup(method, url, body);
      if (inside?.kind === 'picture') return sendPicture(response, inside.bytes);
      if (inside !== undefined) {
        const value =
          inside.status !== undefined || found === undefined
            ? inside.value
            : OPERATIONS[found.name].answer.parse(inside.value);
        return send(response, inside.status ?? 200, value);
      }
    }
    if (found === undefined)
      return send(response, 404, { code: 'fake/none', message: 'There is no such address.' });
    const { name, params } = found;
    const operation = OPERATIONS[name];
    if ('body' in operation) asked.push({ name, body: operation.body.parse(body) });
    if ('query' in operation) operation.query.parse(Object.fromEntries(url.searchParams));
    try {
      const answer = await answers[name]?.({ params, query: url.searchParams, body });
      if (answer === undefined)
        return send(response, 404, { code: 'fake/none', message: `No answer to ${name}.` });
      send(response, 200, operation.answer.parse(answer));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      send(response, 403, error.problem);
    }
  }

  function listen(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': here\n\n');
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${taken}`,
    asked,
    tell,
    show(next) {
      scenario = next;
      isBegun = false;
      tell({ kind: 'reset' });
    },
    advance(items) {
      const next = runningRun(Math.min(540, run.items.done + items));
      setRun(
        next.items.done < 540
          ? next
          : {
              ...next,
              state: { kind: 'done', sentence: 'All that was found is safe.' },
              ended: new Date().toISOString(),
            },
      );
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const sendPicture = (response: ServerResponse, bytes: Uint8Array): void => {
  response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'private, max-age=60' });
  response.end(bytes);
};

const send = (response: ServerResponse, status: number, answer: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer));
};

function route(
  method: string,
  path: string,
): { name: OperationName; params: Record<string, string> } | undefined {
  for (const [name, text] of Object.entries(ROUTES)) {
    const [wanted, pattern = ''] = text.split(' ');
    if (wanted !== method) continue;
    const found = new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(path);
    if (found === null) continue;
    const groups = Object.entries(found.groups ?? {});
    return {
      name: name as OperationName,
      params: Object.fromEntries(groups.map(([key, value]) => [key, decodeURIComponent(value)])),
    };
  }
  return undefined;
}

async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces).toString();
}

async function sendFile(dist: string, path: string, response: ServerResponse): Promise<void> {
  const wanted = extname(path) === '' ? '/index.html' : normalize(path);
  const bytes = await readFile(join(dist, wanted));
  response.writeHead(200, { 'content-type': TYPES[extname(wanted)] ?? 'application/octet-stream' });
  response.end(bytes);
}

if (import.meta.main) {
  const [scenario = 'healthy', port = '4747'] = process.argv.slice(2);
  const fake = await startFakeServer(scenario as Scenario, { port: Number(port) });
  process.stdout.write(`${fake.address} shows "${scenario}"\n`);
}
