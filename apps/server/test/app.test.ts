import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { suite, test } from 'node:test';
import { Failure } from '@holdfast/kernel';
import { operation } from '#operation.ts';
import { saysWhatToDo } from '../test-setup/problems.ts';
import { type Asked, type Told, testApp } from '../test-setup/test-app.ts';

suite('the app', () => {
  test('it serves the web app for every screen, and lets it load from us alone', async () => {
    await using app = await testApp();
    for (const path of ['/', '/devices/android-1', '/a/%2e%2e/b', '/..%2f..%2fetc/passwd']) {
      const { status, headers, text } = await app.ask(path);
      assert.ok(status === 200 ? text.includes('Holdfast') : status === 403 || status === 400, path);
      assert.match(String(headers['content-security-policy']), /default-src 'self'.*frame-ancestors 'none'/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    }
    const asset = await app.ask('/assets/main-1.js');
    assert.match(String(asset.headers['cache-control']), /immutable/);
    assert.equal((await app.ask('/assets/gone.js')).status, 404);
    assert.equal((await app.ask('/', { method: 'POST', body: {} })).status, 404);
  });

  test('it answers what it does not know with a problem', async () => {
    await using app = await testApp();
    const cookie = await app.enter();
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, text } = await app.ask('/api/nothing', { method, cookie });
      assert.equal(status, 404);
      assert.equal(JSON.parse(text).code, 'server/unknown');
    }
    const { openapi, paths } = JSON.parse((await app.ask('/api/openapi.json', { cookie })).text);
    assert.equal(openapi, '3.1.0');
    assert.equal(paths['/api/devices/{device}'].get.operationId, 'device');
  });

  const wrong: [title: string, path: string, body: unknown][] = [
    ['no JSON', '/api/devices', '{'],
    ['no body', '/api/devices', ''],
    ['another shape', '/api/devices', { path: 1 }],
    ['a prototype', '/api/devices', '{"path": "/a", "__proto__": {"a": 1}}'],
  ];
  for (const [title, path, body] of wrong)
    test(`it refuses ${title}`, async () => {
      await using app = await testApp({
        routes: (routes) =>
          operation(routes, 'addFolder', () => {
            throw new Error('not reached');
          }),
      });
      const { status, text } = await app.ask(path, { method: 'POST', body, cookie: await app.enter() });
      assert.equal(status, 400);
      assert.equal(JSON.parse(text).code, 'server/bad-request');
      assert.deepEqual(app.bugs, []);
    });

  test('it says of whatever it refuses what happened and what to do', async () => {
    const failures = ['contents/missing-entry', 'repository/stopped', 'store/gone'];
    await using app = await testApp({
      routes: (routes) => {
        operation(routes, 'addFolder', never);
        operation(routes, 'devices', () => {
          const [code = ''] = failures.splice(0, 1);
          throw new Failure(code, 'It is so', { retry: code === 'store/gone' ? 'later' : 'never' });
        });
      },
    });
    const cookie = await app.enter();
    const folder = (asked: Asked): Promise<Told> =>
      app.ask('/api/devices', { method: 'POST', cookie, ...asked });
    const typed = { 'content-type': 'application/json' };
    const rows: [status: number, asked: () => Promise<Told>][] = [
      [400, () => folder({ body: '{' })],
      [400, () => folder({ body: '' })],
      [400, () => folder({ body: { path: 1 } })],
      [400, () => folder({ body: '{"constructor": {"prototype": 1}, "path": "/a"}' })],
      [415, () => folder({ body: 'a', headers: { 'content-type': 'text/plain' } })],
      [415, () => folder({ body: 'a', headers: { 'content-type': 'nonsense' } })],
      [413, () => folder({ body: '1', headers: { ...typed, 'content-length': '5000000' } })],
      [401, () => app.ask('/api/devices')],
      [403, () => app.ask('/api/devices', { cookie, headers: { host: 'elsewhere.example' } })],
      [403, () => app.ask('/enter?key=a')],
      [400, () => app.ask('/enter')],
      [404, () => app.ask('/api/nothing', { cookie })],
      [404, () => app.ask('/assets/gone.js')],
      [404, () => app.ask('/api/devices', { method: 'PUT', cookie })],
      [400, () => app.ask('/api/%zz', { cookie })],
      [400, () => app.ask('/%zz')],
      [404, () => app.ask('/api/devices', { cookie })],
      [409, () => app.ask('/api/devices', { cookie })],
      [503, () => app.ask('/api/devices', { cookie })],
      [431, () => app.ask('/', { headers: { 'x-long': 'a'.repeat(70_000) } })],
    ];
    for (const [at, [status, asked]] of rows.entries()) {
      const told = await asked();
      assert.equal(told.status, status, `row ${at}: ${told.text}`);
      saysWhatToDo(told, `row ${at}`);
    }
    const { answer } = await conversation(app.port, ['nonsense\r\n\r\n']);
    assert.match(answer, /^HTTP\/1.1 400 Bad Request\r\n/);
    saysWhatToDo({ text: answer.slice(answer.indexOf('\r\n\r\n')) });
    assert.deepEqual(app.bugs, []);
  });

  test('it takes no form and no plain text', async () => {
    await using app = await testApp({ routes: (routes) => operation(routes, 'pauseRun', never) });
    const cookie = await app.enter();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=a',
    ]) {
      const told = await app.ask('/api/runs/1/pause', {
        method: 'POST',
        body: '{}',
        cookie,
        headers: { 'content-type': type },
      });
      assert.equal(told.status, 415, type);
    }
  });

  test('it tells a failure, and of a bug nothing but that there is one', async () => {
    const errors: unknown[] = [
      new Failure('catalog/busy', 'It is busy', {
        retry: 'later',
        hint: 'Wait.',
        cause: new Error('secret'),
      }),
      new Failure('repository/no-snapshot', 'None'),
      new Error('a secret at /home/ada'),
    ];
    await using app = await testApp({
      routes: (routes) =>
        operation(routes, 'devices', () => {
          throw errors.shift() as Error;
        }),
    });
    const cookie = await app.enter();
    const busy = await app.ask('/api/devices', { cookie });
    assert.equal(busy.status, 503);
    assert.deepEqual(JSON.parse(busy.text), { code: 'catalog/busy', message: 'It is busy', hint: 'Wait.' });
    assert.equal((await app.ask('/api/devices', { cookie })).status, 404);
    const bug = await app.ask('/api/devices', { cookie });
    assert.equal(bug.status, 500);
    assert.doesNotMatch(bug.text, /secret|ada|at file/);
    assert.equal(app.bugs.length, 1);
  });

  test('it refuses 100 MB without reading them', async () => {
    await using app = await testApp({ routes: (routes) => operation(routes, 'addFolder', never) });
    const cookie = await app.enter();
    const head = `POST /api/devices HTTP/1.1\r\nHost: localhost\r\nCookie: holdfast=${cookie}\r\nContent-Type: application/json\r\n`;
    const told = await conversation(app.port, [`${head}Content-Length: 104857600\r\n\r\n{`]);
    assert.match(told.answer, /^HTTP\/1.1 413 /);
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const chunked = await conversation(app.port, [
      `${head}Transfer-Encoding: chunked\r\n\r\n`,
      ...Array(1600).fill(chunk),
    ]);
    assert.match(chunked.answer, /^HTTP\/1.1 413 /);
  });

  test('it aborts what is done for a client that has gone', async () => {
    const aborted = Promise.withResolvers<unknown>();
    const reached = Promise.withResolvers<void>();
    await using app = await testApp({
      routes: (routes) =>
        operation(routes, 'devices', async ({ signal }) => {
          signal.addEventListener('abort', () => aborted.resolve(signal.reason));
          reached.resolve();
          await aborted.promise;
          throw signal.reason;
        }),
    });
    const cookie = await app.enter();
    const socket = connect(app.port, '127.0.0.1');
    socket.write(`GET /api/devices HTTP/1.1\r\nHost: localhost\r\nCookie: holdfast=${cookie}\r\n\r\n`);
    await reached.promise;
    socket.destroy();
    assert.equal(((await aborted.promise) as Error).name, 'AbortError');
    assert.deepEqual(app.bugs, []);
  });

  test('it lets go of what a client reads that takes nothing, and stays with one for which nothing is ready', async () => {
    const given = Promise.withResolvers<string>();
    const ready = Promise.withResolvers<void>();
    async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        for (;;) yield new Uint8Array(1_000_000);
      } finally {
        given.resolve('let go');
      }
    }
    async function* slow(): AsyncGenerator<Uint8Array, void, undefined> {
      yield Buffer.from('begun');
      await ready.promise;
      yield Buffer.from(', done');
    }
    await using app = await testApp({
      patience: Temporal.Duration.from({ milliseconds: 30 }),
      routes: (routes) => {
        const send = (path: string, bytes: () => AsyncIterable<Uint8Array>) =>
          routes.get(path, (_request, reply) =>
            reply.send(Readable.from(bytes(), { objectMode: false, highWaterMark: 1 })),
          );
        send('/api/endless', endless);
        send('/api/slow', slow);
      },
    });
    const cookie = await app.enter();
    const waiting = app.ask('/api/slow', { cookie });
    const socket = connect(app.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.pause();
    socket.write(`GET /api/endless HTTP/1.1\r\nHost: localhost\r\nCookie: holdfast=${cookie}\r\n\r\n`);
    assert.equal(await given.promise, 'let go');
    ready.resolve();
    assert.equal((await waiting).text, 'begun, done');
    socket.destroy();
    assert.deepEqual(app.bugs, []);
  });
});

const never = (): never => {
  throw new Error('not reached');
};

/** Writes until the other side closes, and gives what came. */
async function conversation(port: number, parts: readonly string[]): Promise<{ answer: string }> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const answered = new Promise<void>((resolve) =>
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      resolve();
    }),
  );
  socket.on('error', () => {});
  for (const part of parts) {
    if (answer !== '' || socket.destroyed) break;
    if (!socket.write(part))
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed, answered]);
  }
  await Promise.race([answered, closed]);
  socket.destroy();
  return { answer };
}
