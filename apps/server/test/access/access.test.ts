import assert from 'node:assert/strict';
import { readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { random } from '@holdfast/home/testing';
import { isFailure } from '@holdfast/kernel';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import type { FastifyInstance } from 'fastify';
import { openAccess } from '#access/access.ts';
import { isFromOurselves, isOurHost } from '#access/origin.ts';
import { AccessPassword } from '#access/password.ts';
import { Tries } from '#access/tries.ts';
import { operation } from '#operation.ts';
import { cookieOf, testApp } from '../../test-setup/test-app.ts';

suite('coming in', () => {
  test('it lets a link in once, and by its cookie from then on', async () => {
    await using app = await testApp({ routes: devices });
    assert.equal((await app.ask('/api/devices')).status, 401);
    const key = app.access.links.make();
    const entered = await app.ask(`/enter?key=${key}`);
    assert.equal(entered.status, 303);
    assert.equal(entered.headers['location'], '/');
    assert.match(String(entered.headers['set-cookie']), /; Path=\/; HttpOnly; SameSite=Strict/);
    const cookie = cookieOf(entered);
    assert.equal((await app.ask('/api/devices', { cookie })).status, 200);
    const again = await app.ask(`/enter?key=${key}`);
    assert.equal(again.status, 403);
    assert.equal(cookieOf(again), undefined);
    assert.equal((await app.ask(`/enter?key=${key}`, { cookie })).status, 303);
  });

  test('it does not let an old link in, nor a guessed one', async () => {
    const clock = fakeClock();
    await using app = await testApp({ clock });
    const key = app.access.links.make();
    clock.advance(Temporal.Duration.from({ minutes: 16 }));
    for (const each of [key, '', '0'.repeat(64), 'a&key=b']) {
      const { status } = await app.ask(`/enter?key=${each}`);
      assert.ok(status === 403 || status === 400, each);
    }
    assert.equal((await app.ask('/enter')).status, 400);
    assert.equal((await app.ask('/enter?key=a', { method: 'HEAD' })).status, 404);
  });

  test('it keeps sessions over a restart, for thirty days without a visit, and only their hashes', async () => {
    const clock = fakeClock();
    await using first = await testApp({ clock, routes: devices });
    const cookie = await first.enter();
    const file = join(first.home, 'sessions');
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.ok(!(await readFile(file, 'utf8')).includes(cookie));
    await using second = await testApp({ clock, home: first.home, routes: devices });
    assert.equal((await second.ask('/api/devices', { cookie })).status, 200);
    clock.advance(Temporal.Duration.from({ hours: 29 * 24 }));
    assert.equal((await second.ask('/api/devices', { cookie })).status, 200);
    clock.advance(Temporal.Duration.from({ hours: 30 * 24 + 1 }));
    assert.equal((await second.ask('/api/devices', { cookie })).status, 401);
  });

  test('it keeps a session that was used while the clock was set back', async () => {
    const clock = fakeClock();
    await using app = await testApp({ clock, routes: devices });
    const cookie = await app.enter();
    clock.advance(A_YEAR_BACK);
    assert.equal((await app.ask('/api/devices', { cookie })).status, 200);
    clock.advance(A_YEAR_BACK.negated());
    assert.equal((await app.ask('/api/devices', { cookie })).status, 200);
  });

  test('it ends a session: a stolen cookie is worth nothing then', async () => {
    await using app = await testApp({ routes: devices });
    const cookie = await app.enter();
    const told = await app.ask('/api/session', { method: 'DELETE', cookie });
    assert.equal(told.status, 200);
    assert.equal((await app.ask('/api/devices', { cookie })).status, 401);
    for (const made of ['', 'a', `${cookie}0`, cookie.toUpperCase(), '../sessions'])
      assert.equal((await app.ask('/api/devices', { cookie: made })).status, 401);
  });

  test('it says what a browser needs to come in', async () => {
    await using alone = await testApp();
    assert.deepEqual(JSON.parse((await alone.ask('/api/session')).text), { kind: 'closed', needs: 'link' });
    await using network = await testApp({ isNetwork: true, password: 'horse battery' });
    assert.deepEqual(JSON.parse((await network.ask('/api/session')).text), {
      kind: 'closed',
      needs: 'password',
    });
    const told = await network.ask('/api/session', { method: 'POST', body: { password: 'horse battery' } });
    assert.deepEqual(JSON.parse(told.text), { kind: 'open', reach: 'network', version: '1' });
    const { status } = await network.ask('/api/session', { method: 'POST', body: { password: 'horse' } });
    assert.equal(status, 403);
  });

  test('it refuses other names and other pages', async () => {
    await using app = await testApp({ routes: devices });
    const cookie = await app.enter();
    const own = `127.0.0.1:${app.port}`;
    const asked = (headers: Record<string, string>) => app.ask('/api/devices', { cookie, headers });
    assert.equal((await asked({ host: 'evil.example' })).status, 403);
    assert.equal((await asked({ host: own, origin: 'https://evil.example' })).status, 403);
    assert.equal((await asked({ host: own, origin: 'null' })).status, 403);
    assert.equal((await asked({ host: own, 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await asked({ host: own, 'sec-fetch-site': 'same-site' })).status, 403);
    assert.equal((await asked({ host: own, origin: `http://127.0.0.1:${app.port + 1}` })).status, 403);
    assert.equal(
      (await asked({ host: own, origin: `http://${own}`, 'sec-fetch-site': 'same-origin' })).status,
      200,
    );
    assert.equal((await app.ask('/', { headers: { host: 'evil.example' } })).status, 403);
    assert.equal((await app.ask('/enter?key=a', { headers: { host: 'evil.example' } })).status, 403);
  });

  test('it makes who mistypes too often wait, right or wrong', async () => {
    const clock = fakeClock();
    await using app = await testApp({ clock, isNetwork: true, password: 'horse battery' });
    const logIn = (password: string) => app.ask('/api/session', { method: 'POST', body: { password } });
    for (let at = 0; at < 8; at++) assert.equal((await logIn(`guess ${at}`)).status, 403);
    const { status, text } = await logIn('horse battery');
    assert.equal(status, 429);
    assert.match(text, /Wait 15 minutes/);
    clock.advance(Temporal.Duration.from({ minutes: 15 }));
    assert.equal((await logIn('horse battery')).status, 200);
  });

  test('it lets next to none of 10,000 tries through, and who came in before is not shut out by them', () => {
    const clock = fakeClock();
    const tries = new Tries(clock);
    assert.equal(tries.take('home'), 0);
    tries.succeeded('home');
    let taken = 0;
    for (let at = 0; at < 10_000; at++) if (tries.take(`10.0.${at % 250}.${at % 7}`) === 0) taken++;
    assert.equal(taken, 39);
    assert.equal(tries.take('another'), 30_000);
    assert.equal(tries.take('home'), 0);
    clock.advance(Temporal.Duration.from({ hours: 24 }));
    assert.equal(tries.take('another'), 0);
    for (let at = 0; at < 10_000; at++) tries.take('10.0.0.1');
    assert.ok(tries.take('10.0.0.1') > 0);
  });

  test('it makes nobody wait for longer because the clock was set back', () => {
    const clock = fakeClock();
    const tries = new Tries(clock);
    for (let at = 0; at < 50; at++) tries.take('home');
    clock.advance(A_YEAR_BACK);
    assert.equal(tries.take('home'), 15 * 60_000);
    assert.equal(tries.take('another'), 30_000);
    clock.advance(Temporal.Duration.from({ minutes: 15 }));
    assert.equal(tries.take('home'), 0);
  });

  test('it is not open to the network without a password', async () => {
    await using folder = await temporaryFolder();
    const options = { folder: folder.path, clock: fakeClock(), random, version: '1' };
    await assert.rejects(openAccess({ ...options, served: { isNetwork: true, names: [] } }), (error) =>
      isFailure(error, 'server/needs-password'),
    );
  });

  test('it follows no link to a password, and lets nobody in by a broken one', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'access');
    await writeFile(join(folder.path, 'theirs'), '{}');
    await symlink(join(folder.path, 'theirs'), path);
    await assert.rejects(AccessPassword.load(path, random), (error) => isFailure(error, 'home/folder'));
    await assert.rejects(AccessPassword.load(join(folder.path, 'theirs'), random), (error) =>
      isFailure(error, 'server/file'),
    );
  });
});

suite('whose names these are', () => {
  const rows: [host: string | undefined, alone: boolean, network: boolean][] = [
    ['localhost', true, true],
    ['LOCALHOST:8080', true, true],
    ['localhost.', true, true],
    ['127.0.0.1:80', true, true],
    ['127.9.9.9', true, true],
    ['[::1]:80', true, true],
    ['192.168.1.2:80', false, true],
    ['[fe80::1]', false, true],
    ['desk.local', false, true],
    ['evil.example', false, false],
    ['127.0.0.1.evil.example', false, false],
    ['localhost.evil.example', false, false],
    ['localhost@evil.example', false, false],
    ['127.0.0.1:80:80', false, false],
    ['', false, false],
    [undefined, false, false],
  ];
  for (const [host, alone, network] of rows)
    test(`it takes ${host} for ${alone ? 'ours' : network ? 'ours in the network' : 'another’s'}`, () => {
      assert.equal(isOurHost(host, { isNetwork: false, names: ['desk.local'] }), alone);
      assert.equal(isOurHost(host, { isNetwork: true, names: ['desk.local'] }), network);
    });

  test('it knows its own pages', () => {
    const host = 'localhost:80';
    assert.ok(isFromOurselves({ host }));
    assert.ok(isFromOurselves({ host, origin: 'http://localhost' }));
    assert.ok(!isFromOurselves({ host, origin: 'http://localhost:81' }));
    assert.ok(!isFromOurselves({ host, origin: 'file://' }));
    assert.ok(!isFromOurselves({ origin: 'http://localhost' }));
  });
});

/** What a computer without a clock of its own may do when it hears of the right time. */
const A_YEAR_BACK = Temporal.Duration.from({ hours: -365 * 24 });

const devices = (app: FastifyInstance): void =>
  operation(app, 'devices', () => ({ cards: [], strangers: [] }));
