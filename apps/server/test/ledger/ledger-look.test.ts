import { equal, match } from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { homeOf, openCatalogHere, SettingsFile } from '@holdfast/home';
import { Board } from '#devices/board.ts';
import { ledgerLook } from '#ledger/ledger-look.ts';
import { type TestHome, testHome } from '../../test-setup/test-server.ts';

/** A home with a device in its ledger; gives the ledger's path. */
async function known({ host }: TestHome): Promise<string> {
  using catalog = await openCatalogHere(host);
  catalog.sawDevice({ id: 'android-aa00000000000000', name: 'Pixel 8', kind: 'android' });
  return homeOf(host).catalog;
}

/** Writes nothing over all that is behind the first page. */
async function damage(path: string): Promise<void> {
  await writeFile(path, (await readFile(path)).fill(0, 4096));
}

suite('a ledger', () => {
  test('it is missed when it was removed, and when another took its place', async () => {
    await using home = await testHome();
    const path = await known(home);
    using _open = await openCatalogHere(home.host);
    const look = await ledgerLook(home.host);
    equal(await look.trouble(), undefined);
    await rm(path);
    equal(await look.trouble(), 'gone');
    await known(home);
    equal(await look.trouble(), 'gone');
    await look.renewed();
    equal(await look.trouble(), undefined);
  });

  test('it is damaged also where what was read before still shows all', async () => {
    await using home = await testHome();
    const path = await known(home);
    using open = await openCatalogHere(home.host);
    equal((await open.devices()).length, 1);
    const look = await ledgerLook(home.host);
    await damage(path);
    equal((await open.devices()).length, 1);
    equal(await look.trouble(), 'damaged');
  });

  test('it is said on the first screen that nothing can be said, and what to do', async () => {
    await using home = await testHome();
    const path = await known(home);
    await damage(path);
    using catalog = await openCatalogHere(home.host);
    const board = new Board({
      host: home.host,
      catalog,
      settings: await SettingsFile.load(home.host),
      watcher: { phones: new Map(), strangers: [], obstacles: new Map() },
      folders: { here: new Map(), obstacles: new Map() },
      runs: { list: () => [] },
      decisions: new Map(),
      alerts: { alerts: [], holding: [] },
      store: () => ({ place: '', usedBytes: 0 }),
    });
    const { verdict, cards } = await board.home();
    equal(verdict.kind, 'attention');
    match(
      verdict.sentence,
      /^Nothing can be said of your devices: .* is damaged\. Press “Make the ledger again” in Repository/,
    );
    equal(cards.length, 0);
  });
});
