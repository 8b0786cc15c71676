import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phoneOptions, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { builtWebApp, type Person, withoutBrowser } from '../../test-setup/person.ts';
import { person } from '../../test-setup/scene.ts';
import { deadPort, hostIn, testHome, testServer } from '../../test-setup/test-server.ts';

/** More than any of these screens has to be tabbed through. */
const MOST_TABS = 150;

const NOTHING = { photos: 0, contacts: 0, messages: 0, multimedia: 0, calls: 0, events: 0 };

// It runs in the page, whose types are not those of this file: hence text.
const FOCUSED = `(() => {
  const one = document.activeElement;
  const words = [one.getAttribute('aria-label'), ...[...(one.labels ?? [])].map((label) => label.textContent), one.textContent];
  const name = words.find((word) => word !== null && word.trim() !== '') ?? '';
  const seen = (part) => part !== null && getComputedStyle(part).outlineStyle !== 'none';
  return { name: name.trim(), isSeen: seen(one) || seen(one.closest('label')) };
})()`;

/** Presses the tab key until what is called so has the focus, which has to be seen there. */
async function tabTo({ page }: Person, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < MOST_TABS; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<{ name: string; isSeen: boolean }>(FOCUSED);
    passed.push(focused.name.slice(0, 40));
    if (!name.test(focused.name)) continue;
    assert.ok(focused.isSeen, `nobody sees that ${focused.name} has the focus`);
    return;
  }
  assert.fail(`the keyboard does not come to ${name}, but to ${passed.join(' | ')}`);
}

test('it carries who has a keyboard alone from the first screen to a restore', {
  skip: withoutBrowser(),
}, async () => {
  await using folder = await testHome();
  const port = await deadPort();
  const other = samplePhone({ ...NOTHING, vendor: 'samsung', serial: 'SIM2HOLDFAST' });
  await using empty = await startPhone(phoneOptions(other));
  const host = await hostIn(folder.home, [`127.0.0.1:${port}`, `127.0.0.1:${empty.port}`]);
  await using server = await testServer(host, { webFolder: builtWebApp() });
  {
    await using ada = await person(server.server.link());
    const { page } = ada;
    const press = async (name: RegExp, key = 'Enter'): Promise<void> => {
      await tabTo(ada, name);
      await page.keyboard.press(key);
    };
    await using _phone = await startPhone({ ...phoneOptions(samplePhone({ photos: 30 })), port });
    await page.getByRole('article', { name: 'Google Pixel 8' }).waitFor();
    await press(/^Back up now: Google Pixel 8/);
    await page.waitForURL(/\/runs\//);
    await ada.sees('safe and proved');
    await press(/^View the backup/);
    await page.getByRole('gridcell').first().waitFor();
    await press(/^All \d+ photos and videos|^All photos and videos/, 'Space');
    await press(/^Contacts/);
    await page.getByRole('checkbox', { name: /^All contacts/ }).waitFor();
    await press(/^All contacts/, 'Space');
    await press(/^Restore…/);
    await page.getByRole('radio').first().waitFor();
    await tabTo(ada, /Android phone, over Wi-Fi$/);
    while (!(await page.getByRole('radio', { name: 'Samsung SM-S918B' }).isChecked()))
      await page.keyboard.press('ArrowDown');
    await press(/^See what would be done/);
    await ada.sees(/would be written to Samsung/);
    await press(/^Give back \d+ items/);
    await page.waitForURL(/\/runs\//);
    await ada.sees(/items given back/);
  }
  assert.deepEqual(server.troubles, []);
});
