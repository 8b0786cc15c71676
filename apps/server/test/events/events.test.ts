import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { suite, test } from 'node:test';
import type { ServerEvent } from '@holdfast/contract/api';
import { random } from '@holdfast/home/testing';
import { fakeClock } from '@holdfast/testkit';
import { sessionName } from '#access/routes.ts';
import { EventHub } from '#events/hub.ts';
import { eventRoutes } from '#events/routes.ts';
import { testApp } from '../../test-setup/test-app.ts';

const NEVER = new AbortController().signal;
const whenSessionEnds = () => () => {};
const CHANGED: ServerEvent = { kind: 'changed', what: 'items' };

suite('events', () => {
  test('it gives who comes back what was missed, or says that it is not known', () => {
    const hub = new EventHub(random);
    const beginning = hub.position;
    for (let at = 0; at < 10; at++) hub.publish(CHANGED);
    const all = hub.since(beginning);
    assert.equal(all.length, 10);
    assert.equal(hub.since(all[3]?.id).length, 6);
    assert.deepEqual(hub.since(hub.position), []);
    assert.deepEqual(hub.since(undefined), []);
    for (const id of ['', 'x', `${beginning}0`, new EventHub(random).position])
      assert.deepEqual(
        hub.since(id).map(({ text }) => text),
        ['{"kind":"reset"}'],
      );
    for (let at = 0; at < 1000; at++) hub.publish(CHANGED);
    assert.equal(hub.since(beginning)[0]?.text, '{"kind":"reset"}');
    assert.equal(hub.since(hub.position).length, 0);
  });

  test('it tells as it happens, goes on where one was, and keeps the line awake', async () => {
    const clock = fakeClock();
    const hub = new EventHub(random);
    const closing = new AbortController();
    await using app = await testApp({
      clock,
      routes: (routes) =>
        eventRoutes(routes, { events: hub, clock, closing: closing.signal, whenSessionEnds }),
    });
    const cookie = await app.enter();
    const first = await listen(app.port, cookie);
    assert.match(await first.until(/id: \S+\n\n/), /text\/event-stream/);
    hub.publish(CHANGED);
    const [, id = ''] =
      /id: (\S+)\ndata: \{"kind":"changed","what":"items"\}/.exec(await first.until(/changed.*\n\n/)) ?? [];
    clock.advance(Temporal.Duration.from({ seconds: 15 }));
    await first.until(/\n:\n\n/);
    first.socket.destroy();
    hub.publish({ kind: 'changed', what: 'backups' });
    const second = await listen(app.port, cookie, `Last-Event-ID: ${id}\r\n`);
    assert.doesNotMatch(await second.until(/"backups"/), /"items"/);
    closing.abort();
    await second.until(/\r\n0\r\n\r\n/);
    second.socket.destroy();
    assert.deepEqual(app.bugs, []);
  });

  test('it does not answer pages of others, nor too many', async () => {
    const clock = fakeClock();
    const hub = new EventHub(random);
    await using app = await testApp({
      clock,
      routes: (routes) => eventRoutes(routes, { events: hub, clock, closing: NEVER, whenSessionEnds }),
    });
    const cookie = await app.enter();
    const foreign = await app.ask('/api/events', { cookie, headers: { 'sec-fetch-site': 'cross-site' } });
    assert.equal(foreign.status, 403);
    const ends = Array.from({ length: 50 }, () => hub.listen(() => {}));
    assert.equal((await app.ask('/api/events', { cookie })).status, 503);
    for (const end of ends) end();
  });

  test('it ends for whose session is ended, and for nobody else', async () => {
    const clock = fakeClock();
    const hub = new EventHub(random);
    await using app = await testApp({
      clock,
      routes: (routes) =>
        eventRoutes(routes, {
          events: hub,
          clock,
          closing: NEVER,
          whenSessionEnds: (request, tell) => app.access.sessions.whenEnded(sessionName(request), tell),
        }),
    });
    const cookies = [await app.enter(), await app.enter(), await app.enter()];
    const all = await Promise.all(cookies.map((cookie) => listen(app.port, cookie)));
    const [own, stolen, left] = all;
    for (const each of all) await each.until(/id: /);
    await app.ask('/api/session', { method: 'DELETE', cookie: cookies[2] ?? '' });
    await left?.until(/\r\n0\r\n\r\n/);
    await app.access.sessions.endOthers(cookies[0]);
    await stolen?.until(/\r\n0\r\n\r\n/);
    hub.publish(CHANGED);
    await own?.until(/changed/);
    assert.equal(hub.listeners, 1);
    for (const { socket } of all) socket.destroy();
    assert.deepEqual(app.bugs, []);
  });

  test('it cuts off who does not read', async () => {
    const clock = fakeClock();
    const hub = new EventHub(random);
    await using app = await testApp({
      clock,
      routes: (routes) => eventRoutes(routes, { events: hub, clock, closing: NEVER, whenSessionEnds }),
    });
    const slow = await listen(app.port, await app.enter());
    await slow.until(/id: /);
    slow.socket.pause();
    const long: ServerEvent = { kind: 'run', run: { id: 'x'.repeat(100_000) } as never };
    for (let at = 0; at < 1000 && hub.listeners > 0; at++) {
      hub.publish(long);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(hub.listeners, 0);
    slow.socket.destroy();
  });
});

async function listen(
  port: number,
  cookie: string,
  more = '',
): Promise<{ socket: Socket; until(what: RegExp): Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  socket.on('error', () => {});
  socket.write(`GET /api/events HTTP/1.1\r\nHost: localhost\r\nCookie: holdfast=${cookie}\r\n${more}\r\n`);
  return {
    socket,
    until: async (what) => {
      while (!what.test(text)) await once(socket, 'data');
      return text;
    },
  };
}
