import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { withoutBrowser } from '../../test-setup/person.ts';
import { openScene } from '../../test-setup/scene.ts';

/** More than a browser opens connections to one server. */
const WINDOWS = 8;

const isOff = (page: Page): Promise<void> =>
  page.getByRole('article').getByText('Backup is off:').waitFor({ timeout: 10_000 });

suite('many windows of one browser', { skip: withoutBrowser() }, () => {
  test('it answers all of them and keeps them up to date, whichever was first and is closed', async () => {
    await using scene = await openScene();
    const { ada, server, home } = scene;
    await ada.page.getByRole('heading', { name: 'Plug in your phone' }).waitFor();
    const first = ada.page;
    const others = [];
    for (let at = 1; at < WINDOWS; at++) {
      const page = await first.context().newPage();
      await page.goto(`http://127.0.0.1:${server.port}/`);
      await page.getByRole('heading', { name: 'Plug in your phone' }).waitFor({ timeout: 10_000 });
      others.push(page);
    }
    await first.close();
    const folder = join(home.path, 'Documents');
    await mkdir(folder);
    await writeFile(join(folder, 'a letter.txt'), 'Dear Ada');
    // By another browser: these windows learn of it by their stream alone.
    await server.send('POST', '/api/devices', { path: folder });
    for (const page of others)
      await page.getByRole('article', { name: 'Documents' }).waitFor({ timeout: 10_000 });
    // Half of them go, and come back to what happened meanwhile.
    const away = others.slice(0, 3);
    await Promise.all(away.map((page) => page.goto('about:blank')));
    const { device } = await server.card(({ state }) => state === 'safe');
    await server.send('PUT', `/api/devices/${device.id}/backup-on`, { isOn: false });
    for (const page of others.slice(3)) await isOff(page);
    for (const page of away) {
      await page.goBack();
      await isOff(page);
    }
    assert.deepEqual(server.troubles, []);
  });
});
