/** `node apps/server/test-setup/take-pictures.ts [FOLDER]`: the pictures of the app in docs/images, taken anew of the real app and simulated phones. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { phoneOptions, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { landscapes } from '@holdfast/testkit/pictures';
import sharp from 'sharp';
import { builtWebApp, openWindow } from './person.ts';
import { testHome, testServer } from './test-server.ts';

const [folder = join(import.meta.dirname, '../../../docs/images')] = process.argv.slice(2);
const now = (): number => Date.now();
const pictures = await landscapes(40);
const AMOUNTS = { messages: 180, multimedia: 8, contacts: 30, calls: 40, events: 12 };
const full = samplePhone({ ...AMOUNTS, photos: 240, pictures, apps: 4, now });
const NOTHING = { messages: 0, multimedia: 0, contacts: 0, calls: 0, events: 0, photos: 0 };
const other = samplePhone({
  ...NOTHING,
  vendor: 'samsung',
  serial: 'SIM2HOLDFAST',
  now,
});

await mkdir(folder, { recursive: true });
await using first = await startPhone(phoneOptions(full));
await using second = await startPhone(phoneOptions(other));
await using home = await testHome([first, second].map(({ port }) => `127.0.0.1:${port}`));
await using server = await testServer(home.host, { webFolder: builtWebApp() });
await using window = await openWindow();
await using person = await window.person(server.server.link(), {
  viewport: { width: 1180, height: 760 },
  deviceScaleFactor: 1,
});
const { page } = person;

/** Takes one, of few colours: it is for a page to read. */
async function take(name: string): Promise<void> {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  const shot = await page.screenshot({ animations: 'disabled' });
  const picture = await sharp(shot).png({ palette: true, colours: 128, effort: 10 }).toBuffer();
  await writeFile(join(folder, `${name}.png`), picture);
  process.stdout.write(`${name}.png: ${Math.round(picture.length / 1000)} kB\n`);
}

for (const name of ['Google Pixel 8', 'Samsung SM-S918B']) {
  await person.press('Home');
  await person.press('Back up now', page.getByRole('article', { name }));
  await person.sees('safe and proved');
}
await person.press('Repository');
await person.press('Try it now');
await page.waitForURL(/\/runs\//);
await page.getByText('Done', { exact: true }).first().waitFor();
await person.press('Repository');
await person.press('Show the recovery kit');
await person.press('Hide it');
await person.press('Home');
await person.sees('You are safe');
const notices = page.getByRole('button', { name: /^I know/ });
while ((await notices.count()) > 0) {
  await notices.first().click();
  await notices.first().waitFor({ state: 'detached' });
}
await take('home');

await person.press('View backup', page.getByRole('article', { name: 'Google Pixel 8' }));
await person.seesPicture('gridcell', 100);
const ALL_THERE =
  "[...document.querySelectorAll('[role=gridcell] img')].every((one) => one.complete && one.naturalWidth > 0)";
while (!(await page.evaluate<boolean>(ALL_THERE)));
await take('photos');

await page.getByRole('checkbox', { name: /^All photos and videos/ }).click();
await person.press('Contacts', page.getByRole('navigation', { name: 'Parts of this backup' }));
await page.getByRole('checkbox', { name: /^All contacts/ }).click();
await person.press('Restore…');
await page.getByRole('radio', { name: 'Samsung SM-S918B' }).check();
await person.press('See what would be done');
await person.sees(/would be written to Samsung/);
await take('restore-plan');

await person.press('Give back');
await page.waitForURL(/\/runs\//);
await page.getByRole('list', { name: 'Items by what became of them' }).waitFor();
await take('restored');
