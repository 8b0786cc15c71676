import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { goTo, openBrowser, settle } from '../test-setup/browser.ts';
import { buildApp } from '../test-setup/built-app.ts';
import type { DoctorScenario } from '../test-setup/fake-doctor.ts';
import { type FakeServer, startFakeServer } from '../test-setup/fake-server.ts';

suite('the doctor in a browser', () => {
  const open = new AsyncDisposableStack();
  let browser: Browser;
  let dist: string;
  let fake: FakeServer;

  before(async () => {
    dist = open.use(await buildApp()).folder;
    fake = open.use(await startFakeServer('healthy', { dist }));
    browser = await openBrowser();
    open.defer(async () => await browser.close());
  });
  after(async () => await open.disposeAsync());

  /** The doctor's page of a phone, which must not complain. */
  async function withDoctor(scenario: DoctorScenario, look: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    try {
      await goTo(page, fake, { name: 'doctor', path: '/devices/phone-1/doctor', scenario });
      await look(page);
      assert.deepEqual(errors, []);
    } finally {
      await context.close();
    }
  }

  const press = async (page: Page, name: string | RegExp): Promise<void> => {
    await page.getByRole('button', { name }).first().click();
    await settle(page);
  };
  const bodyOf = (name: string): unknown => fake.asked.findLast((one) => one.name === name)?.body;

  test('it is found from the first screen, and asks the phone that is chosen', async () => {
    await withDoctor('doctor-blocking', async (page) => {
      await page.goto(`${fake.address}/`);
      await page.getByRole('link', { name: 'Doctor' }).first().click();
      await page.getByRole('link', { name: 'Find out why: Pixel 8' }).click();
      await page.getByRole('heading', { name: 'This is why' }).waitFor();
    });
  });

  test('it says what the phone is asked now', async () => {
    await withDoctor('doctor-asking', async (page) => {
      await page.getByText('Now: How often Android lets it run').waitFor();
      await page.getByText('11 of 24 questions answered').waitFor();
    });
  });

  test('it does nothing before consent, mends with the keyboard alone, and undoes', async () => {
    await withDoctor('doctor-blocking', async (page) => {
      const button = page.getByRole('button', { name: 'Allow background work', exact: true });
      await button.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('RUN_ANY_IN_BACKGROUND allow').waitFor();
      assert.equal(bodyOf('applyFix'), undefined);
      await dialog.getByRole('button', { name: 'Allow background work' }).focus();
      await page.keyboard.press('Enter');
      await dialog.getByText('It helped.').waitFor();
      assert.deepEqual(bodyOf('applyFix'), { plan: 'plan-1', agreed: true });
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: 'Nothing stands in its way' }).waitFor();
      await press(page, 'Undo: Allow background work');
      await dialog.getByText('This is put back').waitFor();
      await press(page, 'Put it back');
      await page.getByRole('heading', { name: 'This is why' }).waitFor();
    });
  });

  test('it does what cannot be undone only after the photos are saved', async () => {
    await withDoctor('doctor-many', async (page) => {
      await press(page, 'See the plan: Clear the data of Google Photos');
      const consent = page.getByRole('button', { name: 'Clear the data of Google Photos', exact: true });
      assert.equal(await consent.isEnabled(), false);
      await press(page, 'Save 12,402 photos first');
      assert.deepEqual(bodyOf('startRun'), {
        kind: 'backup',
        device: 'phone-1',
        types: ['photos', 'videos'],
      });
      await page.getByText('0 of 540 items').waitFor();
      assert.equal(await consent.isEnabled(), false);
      fake.advance(540);
      await page.getByText('All that was found is safe.').waitFor();
      await press(page, 'Look at the plan again');
      await consent.click();
      await page.getByText('It was done. Whether it helped does not show yet.').waitFor();
    });
  });

  test('it takes the words of a waiver letter by letter', async () => {
    await using own = await startFakeServer('doctor-many', { dist });
    await withDoctor('doctor-many', async (page) => {
      await page.goto(`${own.address}/devices/phone-1/doctor`);
      await press(page, 'See the plan: Clear the data of Google Photos');
      await press(page, 'Go on without saving them');
      const consent = page.getByRole('button', { name: 'Clear the data of Google Photos', exact: true });
      await page.getByRole('textbox').fill('Clear it without saving my photos');
      assert.equal(await consent.isEnabled(), false);
      await page.getByRole('textbox').fill('clear it without saving my photos');
      await consent.click();
      await page.getByText('It was done. Whether it helped does not show yet.').waitFor();
    });
  });

  test('it explains a refusal, and a phone that was pulled out leaves what was begun to be undone', async () => {
    await withDoctor('doctor-refused', async (page) => {
      await press(page, 'Allow background work');
      await page.getByRole('dialog').getByRole('button', { name: 'Allow background work' }).click();
      await page.getByRole('dialog').getByText('USB debugging (Security settings)').waitFor();
    });
    await withDoctor('doctor-pulled-out', async (page) => {
      await press(page, 'Allow background work');
      await page.getByRole('dialog').getByRole('button', { name: 'Allow background work' }).click();
      await page.getByRole('dialog').getByText('The phone is no longer connected.').waitFor();
      await press(page, 'Not now');
      await page.getByRole('button', { name: 'Undo: Allow background work' }).waitFor();
    });
  });

  test('it saves everything here when nothing helps', async () => {
    await withDoctor('doctor-cannot-tell', async (page) => {
      await press(page, 'Back up this phone with Holdfast now');
      await page.getByRole('heading', { name: 'Backup of Pixel 8' }).waitFor();
      assert.match(page.url(), /\/runs\/run-1$/);
    });
  });
});
