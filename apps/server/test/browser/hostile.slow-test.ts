import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, suite, test } from 'node:test';
import {
  type Android,
  nodeAt,
  phoneFile,
  phoneFolder,
  phoneOptions,
  samplePhone,
  startPhone,
} from '@holdfast/testkit/phone';
import { type Person, withoutBrowser } from '../../test-setup/person.ts';
import { openScene } from '../../test-setup/scene.ts';
import type { TestServer } from '../../test-setup/test-server.ts';

const SCRIPT = '<img src=x onerror=alert(1)>';
const MARK = '"><script>alert(2)</script>';
const TURNED = 'invoice\u202egpj.exe';
const LONG = `${SCRIPT}${'long words '.repeat(100_000)}`;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

// The stories follow one another.
suite('a phone that means harm, in a browser', { skip: withoutBrowser() }, () => {
  const open = new AsyncDisposableStack();
  let server: TestServer;
  let ada: Person;
  let axe: string;
  let backup: string;

  before(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const phone = open.use(await startPhone(phoneOptions(harmful())));
    ({ server, ada } = open.use(await openScene([`127.0.0.1:${phone.port}`])));
    await ada.press('Back up now');
    await ada.sees('safe and proved');
    await ada.press('View the backup');
    await ada.page.waitForURL(/\/backups\//);
    backup = new URL(ada.page.url()).pathname.split('/')[2] ?? '';
  });
  after(() => open.disposeAsync());

  test('it shows names, people and messages that are scripts as what they are: text', async () => {
    const { page } = ada;
    const at = (path: string): Promise<unknown> => page.goto(new URL(path, page.url()).href);
    const textIs = async (words: string): Promise<void> => {
      await ada.sees(words);
      assert.equal(await page.locator('img[src=x]').count(), 0);
    };
    const { device } = await server.card(() => true);
    await at(`/devices/${device.id}/items`);
    await page.getByRole('searchbox').fill('onerror');
    await page.getByRole('listitem').getByRole('button').filter({ hasText: SCRIPT }).first().click();
    await textIs(SCRIPT);
    await at(`/devices/${device.id}/rules`);
    await textIs(MARK.replace('/', ' ').split(' ')[0] ?? '');
    for (const tab of ['messages', 'contacts', 'calls', 'calendar']) {
      await at(`/backups/${backup}/${tab}`);
      await page
        .getByRole('main')
        .getByRole('listitem')
        .getByRole('link')
        .filter({ hasText: SCRIPT })
        .first()
        .click();
      await page.waitForURL(new RegExp(`/${tab}/`));
      await textIs(SCRIPT);
    }
    await at(`/backups/${backup}/files`);
    for (const name of ['internal', 'Download'])
      if (
        (await page
          .getByRole('list')
          .getByRole('link', { name: new RegExp(`^${name}`) })
          .count()) > 0
      )
        await ada.press(name, page.getByRole('list'));
    await ada.press('Download', page.getByRole('main').getByRole('list')).catch(() => {});
    await textIs(SCRIPT);
    const turned = page.getByText(/invoice/).first();
    assert.ok(!((await turned.textContent()) ?? '').includes('\u202e'));
    await at(`/backups/${backup}/search?q=onerror`);
    await page.getByRole('list', { name: 'What was found' }).getByText(SCRIPT).first().waitFor();
    await textIs(SCRIPT);
  });

  test('it asks nothing of a browser that somebody could not do, on any screen', async () => {
    const { page } = ada;
    const { runs } = await server.get<{ runs: { id: string }[] }>('/api/runs');
    const { device } = await server.card(() => true);
    const screens = [
      '/',
      ...['', '/items', '/rules', '/backups'].map((tab) => `/devices/${device.id}${tab}`),
      `/runs/${runs[0]?.id}`,
      '/backups',
      ...['photos', 'messages', 'contacts', 'calls', 'calendar', 'apps', 'settings', 'files', 'compare'].map(
        (tab) => `/backups/${backup}/${tab}`,
      ),
      `/restore/${backup}`,
      '/repository',
      '/settings',
    ];
    for (const screen of screens) {
      await page.goto(new URL(screen, page.url()).href);
      await page.locator('h1').first().waitFor();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      await page.evaluate(axe);
      const violations = await page.evaluate<Violation[]>(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
      );
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert.deepEqual(
        serious.map(({ id, nodes }) => `${screen}: ${id}: ${nodes[0]?.html}`),
        [],
      );
      const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(tooWide <= 0, `${screen}: ${tooWide} pixels too wide`);
    }
  });
});

/** A phone on which everything that a person can name is called what would do harm where names are taken for pages. */
function harmful(): Android {
  const android = samplePhone({ photos: 3, messages: 8, multimedia: 1, contacts: 3, calls: 3, events: 3 });
  const storage = nodeAt(android.root, '/storage/emulated/0');
  const download = nodeAt(android.root, '/storage/emulated/0/Download');
  assert.ok(storage?.kind === 'folder' && download?.kind === 'folder');
  storage.entries.set(MARK.replace('/', ' '), phoneFolder({ [`${SCRIPT}.jpg`]: phoneFile(SCRIPT) }));
  download.entries.set(`${SCRIPT}.html`, phoneFile(`<script>alert(3)</script>`));
  download.entries.set(
    `${SCRIPT}.svg`,
    phoneFile('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(4)"/>'),
  );
  download.entries.set(TURNED, phoneFile('no picture'));
  const { database } = android;
  database.prepare('UPDATE sms SET body = ? WHERE _id % 2 = 0').run(SCRIPT);
  database.prepare('UPDATE sms SET body = ? WHERE _id = 1').run(LONG);
  database.prepare('UPDATE raw_contacts SET display_name = ?').run(SCRIPT);
  database.prepare("UPDATE data SET data1 = ?, data2 = ? WHERE mimetype LIKE '%/name'").run(SCRIPT, SCRIPT);
  database.prepare('UPDATE calls SET name = ?').run(SCRIPT);
  database.prepare('UPDATE events SET title = ?, eventLocation = ?').run(SCRIPT, MARK);
  return android;
}
