import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import {
  nodeAt,
  phoneFile,
  phoneOptions,
  type SimulatedPhone,
  samplePhone,
  startPhone,
} from '@holdfast/testkit/phone';
import { landscapes } from '@holdfast/testkit/pictures';
import { type Person, withoutBrowser } from '../../test-setup/person.ts';
import { openScene } from '../../test-setup/scene.ts';
import type { TestHome } from '../../test-setup/test-server.ts';
import { unzipped } from '../../test-setup/unzipped.ts';

const NOTHING = { photos: 0, contacts: 0, messages: 0, multimedia: 0, calls: 0, events: 0 };
const STORAGE = '/storage/emulated/0';

// The stories follow one another: what one has backed up, the next looks at.
suite('a backup that is looked at and given back, in a browser', { skip: withoutBrowser() }, () => {
  const open = new AsyncDisposableStack();
  let phone: SimulatedPhone;
  let empty: SimulatedPhone;
  let home: TestHome;
  let ada: Person;
  let backup: string;

  before(async () => {
    phone = open.use(
      await startPhone(phoneOptions(samplePhone({ photos: 40, pictures: await landscapes(4) }))),
    );
    const other = samplePhone({ ...NOTHING, vendor: 'samsung', serial: 'SIM2HOLDFAST' });
    empty = open.use(await startPhone(phoneOptions(other)));
    const addresses = [phone, empty].map(({ port }) => `127.0.0.1:${port}`);
    ({ home, ada } = open.use(await openScene(addresses)));
    await ada.press('Back up now', ada.page.getByRole('article', { name: 'Google Pixel 8' }));
    await ada.sees('safe and proved');
    await ada.press('View the backup');
    await ada.page.waitForURL(/\/backups\//);
    backup = ada.page.url();
  });
  after(() => open.disposeAsync());

  const tab = async (name: string): Promise<void> =>
    await ada.press(name, ada.page.getByRole('navigation', { name: 'Parts of this backup' }));
  const tick = async (name: string | RegExp): Promise<void> =>
    await ada.page.getByRole('checkbox', { name }).first().click();
  const bytesOn = ({ root }: SimulatedPhone, path: string): Uint8Array | undefined => {
    const node = nodeAt(root, path);
    return node?.kind === 'file' && node.content instanceof Uint8Array ? node.content : undefined;
  };

  test('it shows photos by day, and each in full view by the keyboard alone', async () => {
    const { page } = ada;
    const first = page.getByRole('gridcell', { name: /^Photo, March 14, 2026/ }).first();
    await first.waitFor();
    await ada.seesPicture('gridcell', 100);
    await first.focus();
    await page.keyboard.press('Enter');
    const view = page.getByRole('dialog', { name: 'Photos and videos in full view' });
    await view.getByRole('button', { name: 'Close' }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('view'), '0');
    await ada.seesPicture('dialog', 1000);
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/view=1/);
    await page.keyboard.press('Escape');
    await view.waitFor({ state: 'detached' });
  });

  test('it shows messages, people, calls, events, apps, settings and files', async () => {
    const { page } = ada;
    await tab('Messages');
    await ada.press(/^Bela Santos/, page.getByRole('list', { name: 'Threads' }));
    const log = page.getByRole('log', { name: 'Messages' });
    await log.getByText("it's $(id) `id`").or(log.getByText('Two lines')).first().waitFor();
    for (const [name, row, field] of [
      ['Contacts', /^Caio O'Neill/, '+351910000002'],
      ['Calls', /^Bela Santos/, 'Bela Santos'],
      ['Calendar', /^a, b=c, d=NULL/, 'Europe/Lisbon'],
      ['Apps', /^org\.example\.tides/, 'org.example.tides'],
      ['Settings', /^device_name/, 'device_name'],
    ] as const) {
      await tab(name);
      await page.getByRole('main').getByRole('listitem').getByRole('link', { name: row }).first().click();
      await page.getByRole('article').getByText(field).first().waitFor();
    }
    await tab('Files');
    await ada.press('Documents', page.getByRole('list', { name: 'All files' }));
    await ada.press("It's a plan.txt", page.getByRole('list', { name: 'Documents' }));
    await page.getByRole('dialog').getByText('txt').first().waitFor();
    await page.keyboard.press('Escape');
  });

  test('it finds what is written, in everything', async () => {
    const { page } = ada;
    const box = page.getByRole('searchbox', { name: 'Search in this backup' });
    await box.fill('plan');
    const found = page.getByRole('list', { name: 'What was found' });
    await found.getByText("It's a plan.txt").waitFor();
    await box.fill('keys');
    await found.getByText('Where did you leave the keys?').first().waitFor();
    await box.fill('nothing is called this');
    await ada.sees('Nothing found for');
    await box.fill('');
  });

  test('it gives what is ticked in several places as one zip', async () => {
    const { page } = ada;
    await tab('Files');
    await tick('The folder Documents with all in it');
    await tab('Contacts');
    await tick(/^All contacts/);
    const bar = page.getByRole('region', { name: 'What is ticked' });
    await bar.getByText('14 items').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), ada.press('Download', bar)]);
    const path = join(home.path, 'ticked.zip');
    await download.saveAs(path);
    const held = unzipped(path);
    const plan = [...held].find(([name]) => name.endsWith("It's a plan.txt"));
    assert.deepEqual(plan?.[1], bytesOn(phone, `${STORAGE}/Documents/It's a plan.txt`));
    assert.ok(
      [...held.keys()].some((name) => name.endsWith('.vcf')),
      [...held.keys()].join(),
    );
    const cards = [...held].find(([name]) => name.endsWith('.vcf'))?.[1];
    assert.match(new TextDecoder().decode(cards), /O'Neill/);
  });

  test('it gives what is ticked to another phone, after a plan, and says what became of each', async () => {
    const { page } = ada;
    await tab('Photos & videos');
    await tick(/^All photos and videos/);
    await ada.press('Restore…');
    await page.getByRole('radio', { name: 'Samsung SM-S918B' }).check();
    await ada.press('See what would be done');
    await ada.sees(/would be written to Samsung SM-S918B/);
    const before = bytesOn(empty, `${STORAGE}/Documents/It's a plan.txt`);
    assert.notEqual(before, undefined, 'the same file is there already');
    await ada.press(/Already there/);
    await page.getByRole('dialog').getByText("It's a plan.txt", { exact: true }).waitFor();
    await ada.press('Close', page.getByRole('dialog'));
    await ada.press(/^Give back \d+ items to Samsung SM-S918B/);
    await page.waitForURL(/\/runs\//);
    await page.getByRole('list', { name: 'Items by what became of them' }).waitFor();
    await ada.press('There now');
    await page
      .getByText(/IMG_20260314/)
      .first()
      .waitFor();
    const camera = nodeAt(empty.root, `${STORAGE}/DCIM/Camera`);
    const from = nodeAt(phone.root, `${STORAGE}/DCIM/Camera`);
    assert.ok(camera?.kind === 'folder' && from?.kind === 'folder');
    assert.deepEqual([...camera.entries.keys()].toSorted(), [...from.entries.keys()].toSorted());
    for (const name of camera.entries.keys())
      assert.deepEqual(
        bytesOn(empty, `${STORAGE}/DCIM/Camera/${name}`),
        bytesOn(phone, `${STORAGE}/DCIM/Camera/${name}`),
      );
  });

  test('it gives a folder of this computer what is ticked', async () => {
    const { page } = ada;
    await page.goto(backup);
    await tab('Files');
    await ada.press('Take all ticks away');
    await tick('The folder Documents with all in it');
    await ada.press('Restore…');
    await page.getByRole('radio', { name: 'A folder on this computer' }).check();
    const to = join(home.path, 'given back');
    await page.getByLabel('Path of the folder').fill(to);
    await ada.press('See what would be done');
    await ada.press(/^Give back 2 items to/);
    await page.getByRole('list', { name: 'Items by what became of them' }).getByText('2').first().waitFor();
    const names = await readFile(join(to, "Documents/It's a plan.txt")).catch(() =>
      readFile(join(to, "internal/Documents/It's a plan.txt")),
    );
    assert.deepEqual(new Uint8Array(names), bytesOn(phone, `${STORAGE}/Documents/It's a plan.txt`));
  });

  test('it says what a newer backup has that an older one has not', async () => {
    const documents = nodeAt(phone.root, `${STORAGE}/Documents`);
    assert.ok(documents?.kind === 'folder');
    documents.entries.set('A new one.txt', phoneFile('new', { mtime: 1_790_000_000 }));
    documents.entries.delete("It's a plan.txt");
    await ada.press('Home');
    await ada.press('Google Pixel 8', ada.page.getByRole('article'));
    await ada.press('Back up now');
    await ada.sees('safe and proved');
    await ada.press('View the backup');
    await ada.press('Compare with an older backup');
    const list = ada.page.getByRole('list', { name: 'Differences' });
    await list.getByRole('listitem').filter({ hasText: 'A new one.txt' }).getByText('Added').waitFor();
    await list.getByRole('listitem').filter({ hasText: "It's a plan.txt" }).getByText('Removed').waitFor();
  });
});
