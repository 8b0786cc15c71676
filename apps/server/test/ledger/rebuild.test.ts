import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { openCatalog } from '@holdfast/catalog';
import type { Home } from '@holdfast/contract/api';
import { type TestHome, type TestServer, testHome, testServer } from '../../test-setup/test-server.ts';

/** A home with a folder that was backed up. */
async function backedUp(): Promise<TestHome> {
  const home = await testHome();
  const path = join(home.path, 'Documents');
  await mkdir(path);
  for (const name of ['a', 'b', 'c']) await writeFile(join(path, `${name}.txt`), `Dear ${name}`);
  await using server = await testServer(home.host);
  await server.send('POST', '/api/devices', { path });
  await server.card(({ state }) => state === 'safe');
  deepEqual(server.troubles, []);
  return home;
}

const ledgerOf = ({ home }: TestHome): string => join(home, 'catalog.sqlite');

/** Writes nothing over all that is behind the first page. */
async function damage(home: TestHome): Promise<void> {
  await writeFile(ledgerOf(home), (await readFile(ledgerOf(home))).fill(0, 4096));
}

/** The first screen, once its alerts are these. */
async function homeWith(server: TestServer, ids: readonly string[]): Promise<Home> {
  for (let tries = 0; ; tries++) {
    const home = await server.get<Home>('/api/home');
    const there = home.alerts.map(({ id }) => id).filter((id) => id.startsWith('ledger'));
    if (there.join() === ids.join() || tries === 500) {
      deepEqual(there, ids);
      return home;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Has the alerts looked at anew. */
async function lookNow(server: TestServer): Promise<void> {
  const { id } = await server.start({ kind: 'prune' });
  await server.run(id, ({ ended }) => ended !== undefined);
}

async function rebuilt(server: TestServer, backups = 1): Promise<void> {
  const { id } = await server.start({ kind: 'rebuild' });
  const run = await server.run(id, ({ ended }) => ended !== undefined);
  deepEqual(run.state, {
    kind: 'done',
    sentence: `The ledger is made of ${backups} backup${backups === 1 ? '' : 's'} of 1 device.`,
  });
  deepEqual(run.items, { done: backups, total: backups });
}

const asides = async ({ home }: TestHome): Promise<readonly string[]> =>
  (await readdir(home)).filter((name) => /^catalog\.sqlite\.(?:old|new)/.test(name));

suite('a ledger that is made again while the app goes on', () => {
  for (const [how, alert, harm] of [
    ['was removed', 'ledger-gone', (home: TestHome) => rm(ledgerOf(home))],
    ['is damaged', 'ledger-damaged', damage],
  ] as const)
    test(`it is whole again after it ${how}`, async () => {
      await using home = await backedUp();
      await using server = await testServer(home.host);
      await server.card(({ state }) => state === 'safe');
      await harm(home);
      await lookNow(server);
      const { verdict } = await homeWith(server, [alert]);
      equal(verdict.kind, 'attention');
      await rebuilt(server);
      const after = await homeWith(server, []);
      equal(after.verdict.kind, 'safe');
      const card = await server.card(({ state }) => state === 'safe');
      equal(card.balance.verified, 3);
      const { items } = await server.get<{ items: unknown[] }>(`/api/devices/${card.device.id}/items`);
      equal(items.length, 3);
      // What is backed up from now on is written down there too.
      await writeFile(join(home.path, 'Documents', 'd.txt'), 'Dear d');
      await server.start({ kind: 'backup', device: card.device.id });
      await server.card(({ balance }) => balance.verified === 4);
      deepEqual(server.troubles, []);
    });

  test('it keeps the settings in it, and the file it was in', async () => {
    await using home = await backedUp();
    const { clock } = home.host;
    {
      using catalog = openCatalog(ledgerOf(home), { clock });
      await catalog.set('a setting', 'is kept');
    }
    await using server = await testServer(home.host);
    await rebuilt(server);
    const [aside = '', ...more] = await asides(home);
    match(aside, /^catalog\.sqlite\.old-\d{8}t\d{6}z$/);
    deepEqual(more, []);
    for (const name of ['catalog.sqlite', aside]) {
      using catalog = openCatalog(join(home.home, name), { clock });
      equal(await catalog.setting('a setting'), 'is kept');
      equal((await catalog.devices()).length, 1);
    }
  });

  test('it is as it was where the repository is not there', async () => {
    await using home = await backedUp();
    await using server = await testServer(home.host);
    await rm(join(home.home, 'repository'), { recursive: true });
    const { id } = await server.start({ kind: 'rebuild' });
    const run = await server.run(id, ({ ended }) => ended !== undefined);
    equal(run.state.kind, 'failed');
    equal((await server.card(() => true)).balance.verified, 3);
    deepEqual(await asides(home), []);
  });
});

for (const [how, harm, says] of [
  ['is damaged', damage, /damaged, and was put aside as .*catalog\.sqlite\.old-/],
  ['was removed', (home: TestHome) => rm(ledgerOf(home)), /^$/],
] as const)
  test(`it starts with a ledger that ${how}, and says that it is not whole until it is made again`, async () => {
    await using home = await backedUp();
    await harm(home);
    const told: string[] = [];
    const host = { ...home.host, tell: { ...home.host.tell, trouble: (text: string) => told.push(text) } };
    {
      await using server = await testServer(host);
      await homeWith(server, ['ledger-empty']);
      // What is backed up now does not make it whole.
      await server.send('POST', '/api/devices', { path: join(home.path, 'Documents') });
      const { device } = await server.card(() => true);
      await server.start({ kind: 'backup', device: device.id });
      await server.card(({ state }) => state === 'safe');
    }
    match(told.join(), says);
    await using server = await testServer(host);
    const { alerts, verdict } = await homeWith(server, ['ledger-empty']);
    ok(alerts.some(({ remedy }) => remedy?.includes('Press “Make the ledger again”')));
    equal(verdict.kind, 'attention');
    await rebuilt(server, 2);
    equal((await homeWith(server, [])).verdict.kind, 'safe');
    equal((await server.card(({ state }) => state === 'safe')).balance.verified, 3);
  });
