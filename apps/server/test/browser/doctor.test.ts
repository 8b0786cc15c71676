import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Android, phoneOptions, provoke, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { type Person, withoutBrowser } from '../../test-setup/person.ts';
import { openScene } from '../../test-setup/scene.ts';

const LITTLE = { photos: 2, messages: 0, multimedia: 0, contacts: 0, calls: 0, events: 0 };

/** Has someone look for why a phone is stuck. */
async function atTheDoctor(android: Android, look: (person: Person) => Promise<void>): Promise<void> {
  await using phone = await startPhone(phoneOptions(android));
  await using scene = await openScene([`${phone.host}:${phone.port}`]);
  const { ada } = scene;
  // The report is held back until the browser shows what was asked for it.
  await ada.page.route(/\/doctor$/, async (route) => {
    if (!route.request().url().includes('/api/')) return await route.continue();
    const response = await route.fetch();
    await ada.sees(/Now: .+/);
    await ada.sees(/\d+ of \d+ questions answered/);
    await route.fulfill({ response });
  });
  await ada.press('Doctor');
  await ada.press('Find out why');
  await ada.page.getByRole('heading', { name: 'This is why' }).waitFor();
  await ada.page.unrouteAll({ behavior: 'wait' });
  await look(ada);
}

test('it finds what is stuck, mends it by consent, says that it moved, and puts it back', {
  skip: withoutBrowser(),
}, async () => {
  const android = samplePhone({ ...LITTLE, now: () => Date.now() });
  provoke(android, 'background-restricted');
  const mode = (): string => JSON.stringify([...android.appOps]);
  const before = mode();
  await atTheDoctor(android, async (ada) => {
    const { page } = ada;
    await ada.press('Let Google Photos run in the background');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('RUN_ANY_IN_BACKGROUND allow').waitFor();
    assert.equal(mode(), before, 'a plan changes nothing');
    await ada.press('Let Google Photos run in the background', dialog);
    await dialog.getByText('It helped.', { exact: true }).waitFor();
    assert.notEqual(mode(), before);
    await ada.press('Done: ask the phone again', dialog);
    await page.getByRole('heading', { name: 'Nothing stands in its way' }).waitFor();
    await ada.press('Undo');
    await ada.press('Put it back', dialog);
    await page.getByRole('heading', { name: 'This is why' }).waitFor();
    assert.equal(mode(), before);
  });
});

test('it clears data only after the photos are saved or the waiver is typed', {
  skip: withoutBrowser(),
}, async () => {
  const android = samplePhone({ ...LITTLE, now: () => Date.now() });
  provoke(android, 'background-restricted');
  await atTheDoctor(android, async (ada) => {
    const { page } = ada;
    await ada.press('Cache, then data');
    await ada.press('See the plan: Clear all data of Google Photos');
    const dialog = page.getByRole('dialog');
    const consent = dialog.getByRole('button', { name: 'Clear all data of Google Photos', exact: true });
    await dialog.getByText('2 photos and videos on this phone are in no backup.').waitFor();
    assert.equal(await consent.isEnabled(), false);
    await ada.press('Go on without saving them', dialog);
    await dialog.getByRole('textbox').fill('yes');
    assert.equal(await consent.isEnabled(), false);
    await dialog.getByRole('textbox').fill((await dialog.locator('q').textContent()) ?? '');
    assert.equal(await consent.isEnabled(), true);
    await dialog.getByRole('textbox').fill('');
    await ada.press('Save 2 photos first', dialog);
    await ada.press('Look at the plan again', dialog);
    await dialog.getByText('are in no backup').waitFor({ state: 'detached' });
    assert.equal(android.photos.isBackupOn, true);
    await consent.click();
    await dialog.getByText(/^It was done/).waitFor();
    assert.equal(android.photos.isBackupOn, false);
  });
});
