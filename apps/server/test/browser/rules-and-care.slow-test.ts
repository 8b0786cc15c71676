import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Run } from '@holdfast/contract/api';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import {
  nodeAt,
  phoneFile,
  phoneOptions,
  type SimulatedPhone,
  samplePhone,
  startPhone,
} from '@holdfast/testkit/phone';
import { type Cable, cableTo } from '../../test-setup/cable.ts';
import { builtWebApp, type Person, withoutBrowser } from '../../test-setup/person.ts';
import { openScene, person } from '../../test-setup/scene.ts';
import { type Posted, type Sink, webSink } from '../../test-setup/sinks.ts';
import { type TestHome, type TestServer, testServer } from '../../test-setup/test-server.ts';

// The stories follow one another.
suite('rules and looking after backups, in a browser', { skip: withoutBrowser() }, () => {
  const open = new AsyncDisposableStack();
  let phone: SimulatedPhone;
  let cable: Cable;
  let home: TestHome;
  let server: TestServer;
  let ada: Person;
  let sink: Sink<Posted>;

  before(async () => {
    sink = open.use(await webSink());
    phone = open.use(await startPhone(phoneOptions(samplePhone({ photos: 6 }))));
    cable = open.use(await cableTo(phone.port));
    ({ home, server, ada } = open.use(await openScene([cable.address])));
    await ada.press('Back up now');
    await ada.sees('safe and proved');
  });
  after(() => open.disposeAsync());

  const device = async (tab: string): Promise<void> => {
    await ada.press('Home');
    await ada.press('Google Pixel 8', ada.page.getByRole('article'));
    await ada.press(tab, ada.page.getByRole('navigation', { name: 'Parts of Google Pixel 8' }));
  };
  const backUp = async (): Promise<void> => {
    await device('Overview');
    await ada.press('Back up now');
    await ada.page.waitForURL(/\/runs\//);
    await ada.page.getByRole('list', { name: 'Items by what became of them' }).waitFor();
  };

  test('it leaves out what the rules say, and the list says which rule it was', async () => {
    const { page } = ada;
    await device('Rules');
    const folders = page.getByRole('region', { name: 'Folders' });
    await folders.getByRole('checkbox', { name: 'Internal storage' }).waitFor();
    await folders.getByRole('checkbox', { name: 'Documents' }).click();
    await page.getByLabel('Largest file').fill('0.000025');
    await ada.press('Save the rules');
    await ada.sees('Saved. It holds from the next backup on.');
    await device('Items');
    await page.getByRole('searchbox').fill('写真');
    await ada.press(/写真/);
    await ada.press('Hold back for now');
    await ada.sees('Held back until you let it go.');
    await backUp();
    await device('Overview');
    const states = page.getByRole('list', { name: 'Items by state' });
    await ada.press(/^Left out [1-9]/, states);
    await ada.sees(/The folder is turned off|folder/);
    await ada.press("It's a plan.txt", page.getByRole('list', { name: 'Items' }));
    await page
      .getByRole('dialog')
      .getByText(/folder/i)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await ada.press('Maré.mp3', page.getByRole('list', { name: 'Items' }));
    await page
      .getByRole('dialog')
      .getByText(/larger|size/i)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await ada.press(/^Waiting 1/);
    await ada.press(/写真/, page.getByRole('list', { name: 'Items' }));
    await page.getByRole('dialog').getByText(/held/i).first().waitFor();
    await page.keyboard.press('Escape');
  });

  test('it says that backup is off, and begins by itself when a phone appears whose backup is on', async () => {
    const { page } = ada;
    await device('Rules');
    await page.getByRole('switch', { name: 'Back up by itself' }).click();
    await ada.press('Save the rules');
    await ada.sees('Saved. It holds from the next backup on.');
    await ada.press('Home');
    const card = page.getByRole('article', { name: 'Google Pixel 8' });
    await card.getByText(/^Backup is off:/).waitFor();
    cable.pull();
    await card.getByText(/^Last seen/).waitFor();
    await device('Rules');
    await page.getByRole('switch', { name: 'Back up by itself' }).click();
    await ada.press('Save the rules');
    await ada.sees('Saved. It holds from the next backup on.');
    await ada.press('Home');
    const camera = nodeAt(phone.root, '/storage/emulated/0/DCIM/Camera');
    assert.ok(camera?.kind === 'folder');
    camera.entries.set('IMG_new.jpg', phoneFile('a new photo', { mtime: 1_790_000_000 }));
    cable.plug();
    const byRule = async (): Promise<Run | undefined> =>
      (await server.get<{ runs: Run[] }>('/api/runs')).runs.find(({ startedBy }) => startedBy === 'rule');
    await card.getByText('Here, over Wi-Fi').waitFor();
    await server.card(({ run, balance }) => run === undefined && balance.verified > 100);
    for (let begun = await byRule(); begun?.ended === undefined; begun = await byRule());
    await device('Items');
    await page.getByRole('searchbox').fill('IMG_new');
    await ada.press(/^IMG_new\.jpg.*Safe$/);
    await page.keyboard.press('Escape');
  });

  test('it looks after the repository: check, trial restore, recovery kit, what would be removed, password', async () => {
    const { page } = ada;
    await ada.press('Repository');
    await ada.press('Check everything');
    await ada.press(/^Check/, page.getByRole('dialog'));
    await page.waitForURL(/\/runs\//);
    await page.getByText('Done', { exact: true }).first().waitFor();
    await ada.press('Repository');
    await ada.press('Try it now');
    await page.waitForURL(/\/runs\//);
    await page.getByText('Done', { exact: true }).first().waitFor();
    await ada.press('Home');
    await ada.sees(/proved restorable|trial restore/i);
    await ada.press('Repository');
    await ada.press('Show the recovery kit');
    await ada.sees(CHEAP_PASSWORD);
    await ada.press('Hide it');
    await ada.sees('You have one that fits the password.');
    await ada.press('See what would be removed');
    await ada.sees('Nothing would be removed');
    await ada.press('Good');
    await ada.press('Change the password');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('The password now').fill('a guess');
    await dialog.getByLabel('The new one', { exact: true }).fill('a better password');
    await dialog.getByLabel('The new one once more').fill('a better password');
    await dialog.getByRole('button', { name: /^Change/ }).click();
    await page.getByRole('alert').first().waitFor();
    await dialog.getByLabel('The password now').fill(CHEAP_PASSWORD);
    await dialog.getByRole('button', { name: /^Change/ }).click();
    await ada.sees('There is none yet, or the password was changed since.');
  });

  test('it gives a text for those who help, which names nothing and nobody', async () => {
    await ada.press('Settings', ada.page.getByRole('navigation').first());
    await ada.press('Show the text');
    const text = (await ada.page.getByRole('region', { name: 'Diagnostics' }).textContent()) ?? '';
    assert.match(text, /verified/);
    for (const secret of ['Pixel', 'IMG_', 'Documents', 'Bela', '+3519', 'SIM0000HOLDFAST', home.path])
      assert.ok(!text.includes(secret), `${secret} in ${text}`);
    await ada.page.keyboard.press('Escape');
  });

  test('it tells, in the app and outside, that a phone was not seen for days', async () => {
    const { page } = ada;
    await ada.press('Settings', page.getByRole('navigation').first());
    await ada.press('Add');
    await page.getByLabel('How', { exact: true }).selectOption('webhook');
    await page.getByLabel('Address').fill(`http://127.0.0.1:${sink.port}/hook`);
    await ada.press('Add', page.getByRole('dialog'));
    await ada.press('Send a test to');
    await ada.sees('Sent. Look whether it arrived.');
    assert.equal(sink.got.length, 1);
    const { clock } = home.host;
    const later = { ...clock, now: () => clock.now().add({ hours: 9 * 24 }) };
    cable.pull();
    await server.server.close();
    await using next = await testServer({ ...home.host, clock: later }, { webFolder: builtWebApp() });
    await using bo = await person(next.server.link());
    await bo.page
      .getByRole('region', { name: 'What you should know' })
      .getByText(/not seen for 9 days/i)
      .waitFor();
    await bo.sees(/^Not seen for 9 days/);
    await next.card(({ state }) => state === 'not-seen');
    assert.ok(
      sink.got.some(({ text }) => /9 days/.test(text)),
      sink.got.map(({ text }) => text).join(),
    );
    assert.deepEqual(next.troubles, []);
  });
});
