import assert from 'node:assert/strict';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Card, DeviceDetail, Home, LedgerItem, RunItem } from '@holdfast/contract/api';
import { MANIFEST_NAME, type Manifest, parseManifest } from '@holdfast/engine';
import { type Host, withIndex } from '@holdfast/home';
import { collect, isFailure } from '@holdfast/kernel';
import { findSnapshot, readContent } from '@holdfast/repository';
import { phoneOptions, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { testHome, testServer } from '../test-setup/test-server.ts';

suite('a phone and its server', () => {
  test('it sees a phone, backs it up when asked, by itself from then on, and says how all of it is', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone()));
    await using home = await testHome([`${phone.host}:${phone.port}`]);
    await using server = await testServer(home.host);
    const before = await server.card(({ isInSight }) => isInSight);
    assert.equal(before.state, 'never');
    assert.equal(before.button.label, 'Back up now');
    const { id } = await server.start({ kind: 'backup', device: before.device.id });
    const run = await server.run(id, ({ ended }) => ended !== undefined);
    assert.equal(run.state.kind, 'done', JSON.stringify(run.state));
    const { found, verified, waiting, skipped, failed } = run.balance;
    assert.equal(found, verified + waiting + skipped + failed);
    const after = await server.card(({ isBackupOn }) => isBackupOn);
    assert.equal(after.balance.verified, verified);
    assert.equal(after.lastBackup?.id, run.snapshot);
    const device = before.device.id;
    const detail = await server.get<DeviceDetail>(`/api/devices/${device}`);
    assert.ok(detail.capabilities !== undefined && detail.types.length > 5);
    const counts = await server.get<{ rows: { items: number; isGone: boolean }[] }>(
      `/api/devices/${device}/counts`,
    );
    assert.equal(
      counts.rows.reduce((sum, { items }) => sum + items, 0),
      after.balance.found,
    );
    const { items } = await server.get<{ items: LedgerItem[] }>(
      `/api/devices/${device}/items?states=verified&limit=5`,
    );
    assert.equal(items.length, 5);
    const { folders } = await server.get<{ folders: { path: string }[] }>(`/api/devices/${device}/folders`);
    assert.ok(folders.length > 0);
    const aside = await server.get<{ items: RunItem[] }>(`/api/runs/${id}/items`);
    assert.equal(aside.items.length, run.setAside);
    const { verdict, store } = await server.get<Home>('/api/home');
    assert.ok(verdict.sentence.length > 0 && store.place.endsWith('repository'));
    assert.deepEqual(server.troubles, []);
  });

  test('it goes on with a backup when the server was closed in the middle, and starts it by itself', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone()));
    await using home = await testHome([`${phone.host}:${phone.port}`]);
    let id = '';
    {
      await using server = await testServer(home.host);
      const { device } = await server.card(({ isInSight }) => isInSight);
      id = (await server.start({ kind: 'backup', device: device.id })).id;
      await server.run(id, ({ state }) => state.kind === 'running' && state.phase !== 'connecting');
    }
    await using server = await testServer(home.host);
    const run = await server.run(id, ({ ended }) => ended !== undefined);
    assert.equal(run.state.kind, 'done', JSON.stringify(run.state));
    assert.deepEqual(server.troubles, []);
  });

  test('it waits for a phone that is unplugged', async () => {
    await using home = await testHome();
    let cardId = '';
    const android = samplePhone();
    const port = await (async () => {
      await using phone = await startPhone(phoneOptions(android));
      const host = {
        ...home.host,
        env: { ...home.host.env, HOLDFAST_PHONES: `${phone.host}:${phone.port}` },
      };
      await using server = await testServer(host);
      cardId = (await server.card(({ isInSight }) => isInSight)).device.id;
      return phone.port;
    })();
    const host = { ...home.host, env: { ...home.host.env, HOLDFAST_PHONES: `127.0.0.1:${port}` } };
    await using server = await testServer(host);
    const { id } = await server.start({ kind: 'backup', device: cardId });
    const waiting = await server.run(
      id,
      ({ state }) => state.kind === 'waiting' && state.remedy !== undefined,
    );
    assert.match(JSON.stringify(waiting.state), /Plug the phone in/);
    await using phone = await startPhone({ ...phoneOptions(android), port });
    const run = await server.run(id, ({ ended }) => ended !== undefined);
    assert.equal(run.state.kind, 'done', `${JSON.stringify(run.state)} ${phone.port}`);
  });
});

suite('a folder and its server', () => {
  test('it backs a folder up as soon as it is added, holds what a rule holds, and forgets it when it is removed', async () => {
    await using home = await testHome();
    const pictures = join(home.path, 'pictures');
    await mkdir(join(pictures, '2026'), { recursive: true });
    await writeFile(join(pictures, 'cat.jpg'), 'meow');
    await writeFile(join(pictures, '2026', 'dog.jpg'), 'woof');
    await using server = await testServer(home.host);
    const { card } = await server.send<DeviceDetail>('POST', '/api/devices', { path: pictures });
    const safe = await server.card(({ state }) => state === 'safe');
    assert.equal(safe.route, 'folder');
    assert.equal(safe.balance.verified, 2);
    const rules = `/api/devices/${card.device.id}/rules`;
    const { rules: given } = await server.get<DeviceDetail>(`/api/devices/${card.device.id}`);
    await server.send('PUT', rules, { ...given, foldersOff: ['2026'] });
    await server.send('POST', `/api/devices/${card.device.id}/holds`, { paths: ['cat.jpg'], what: 'hold' });
    const { id } = await server.start({ kind: 'backup', device: card.device.id });
    const run = await server.run(id, ({ ended }) => ended !== undefined);
    assert.equal(run.state.kind, 'done');
    const { items } = await server.get<{ items: RunItem[] }>(`/api/runs/${id}/items`);
    assert.deepEqual(
      new Map(items.map(({ path, reason }) => [path, reason])),
      new Map([
        ['2026', 'rule-folder'],
        ['cat.jpg', 'held'],
      ]),
    );
    assert.deepEqual(await askedOf(home.host, run.snapshot ?? ''), {
      excludes: [],
      verify: 'cache',
      rules: ['folder 2026 off', 'hold cat.jpg'],
    });
    const { folders } = await server.get<{ folders: { path: string; isOff: boolean }[] }>(
      `/api/devices/${card.device.id}/folders`,
    );
    assert.deepEqual(
      folders.map(({ path, isOff }) => [path, isOff]),
      [['2026', true]],
    );
    await server.send('DELETE', `/api/devices/${card.device.id}`);
    assert.deepEqual((await server.get<{ cards: Card[] }>('/api/devices')).cards, []);
    assert.deepEqual(server.troubles, []);
  });

  test('it refuses folders that are none, or the repository itself', async () => {
    await using home = await testHome();
    await using server = await testServer(home.host);
    const rows: [path: string, status: number][] = [
      ['pictures', 400],
      ['../../etc', 400],
      ['/nothing/there', 404],
      [`${home.path}\0`, 400],
      [join(home.home, 'password'), 409],
      [join(home.home, 'repository'), 409],
      ['/', 409],
    ];
    for (const [path, status] of rows) {
      const told = await server.ask('/api/devices', { method: 'POST', body: { path } });
      assert.equal(told.status, status, `${path}: ${told.text}`);
    }
  });
});

suite('a server', () => {
  test('it serves a home once, and one that a link leads to too', async () => {
    await using home = await testHome();
    const link = join(home.path, 'link');
    await symlink(home.home, link);
    const host = { ...home.host, env: { ...home.host.env, HOLDFAST_HOME: link } };
    await using server = await testServer(host);
    const other = { ...home.host, identity: { ...home.host.identity, pid: 4712 } };
    await assert.rejects(testServer(other), (error) => isFailure(error, 'server/running'));
    await assert.rejects(testServer(host, { port: server.port }), (error) => isFailure(error, 'server/port'));
    await server.server.close();
    await using again = await testServer(other);
    assert.equal((await again.ask('/api/session')).status, 200);
  });

  test('it is not open to the network without a password', async () => {
    await using home = await testHome();
    await assert.rejects(testServer(home.host, { address: '0.0.0.0' }), (error) =>
      isFailure(error, 'server/needs-password'),
    );
    await using server = await testServer(home.host);
    const told = await server.ask('/api/settings/access-password', {
      method: 'PUT',
      body: { password: 'horse battery' },
    });
    assert.equal(told.status, 200);
    assert.equal((await server.ask('/api/home')).status, 200);
    await server.server.close();
    await using open = await testServer(home.host, { address: '0.0.0.0' });
    assert.match(open.server.url, /^http:\/\/127\.0\.0\.1:/);
  });

  test('it waits for a folder whose drive is not there', async () => {
    await using home = await testHome();
    const pictures = join(home.path, 'pictures');
    await mkdir(pictures);
    await writeFile(join(pictures, 'cat.jpg'), 'meow');
    await using server = await testServer(home.host);
    const { card } = await server.send<DeviceDetail>('POST', '/api/devices', { path: pictures });
    await server.card(({ state }) => state === 'safe');
    await rename(pictures, `${pictures}-away`);
    await server.card(({ isInSight }) => !isInSight);
    const { id } = await server.start({ kind: 'backup', device: card.device.id });
    const waiting = await server.run(
      id,
      ({ state }) => state.kind === 'waiting' && state.remedy !== undefined,
    );
    assert.match(JSON.stringify(waiting.state), /the folder is not there/);
    await rename(`${pictures}-away`, pictures);
    await server.run(id, ({ state }) => state.kind === 'done');
    assert.deepEqual(server.troubles, []);
  });
});

/** What a backup says that was asked for. */
async function askedOf(host: Host, snapshot: string): Promise<Manifest['asked'] | undefined> {
  return await withIndex(
    host,
    {},
    (repository, signal) => findSnapshot(repository, snapshot, signal),
    async (repository, { snapshot: { tree } }, signal) => {
      const root = await repository.blobs.loadTree(tree, signal);
      const content = root.find(({ name }) => name === MANIFEST_NAME)?.content ?? [];
      return parseManifest(await collect(readContent(repository, content, signal), 1_000_000))?.asked;
    },
  );
}
