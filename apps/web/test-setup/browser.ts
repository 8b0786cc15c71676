import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { FakeServer } from './fake-server.ts';
import type { ScreenShot } from './screens.ts';

/** A browser for tests. Throws what to install where there is none. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: findChromium(process.env.PATH ?? ''),
    // Root has no sandbox, and containers have a small /dev/shm.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** Goes to a screen and waits until its answers are there. */
export async function goTo(page: Page, fake: FakeServer, screen: ScreenShot): Promise<void> {
  fake.show(screen.scenario);
  await page.goto(fake.address + screen.path);
  await page.locator('h1').first().waitFor();
  await settle(page);
  for (const name of screen.press ?? []) {
    // In a dialog that is open, nothing behind it can be pressed.
    const dialog = page.getByRole('dialog');
    const place = (await dialog.count()) > 0 ? dialog : page.locator('body');
    const button = place
      .getByRole('button', { name, exact: true })
      .or(place.getByRole('button', { name }))
      .first();
    await button.click();
    await settle(page);
  }
}

/** Waits until nothing says that it is waited for. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1:not(:text("Opening Holdfast"))').first().waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Opening the backup' }).waitFor({ state: 'detached' });
  await page.evaluate(IS_STILL);
}

// It runs in the page, whose types are not those of this file: hence text.
const IS_STILL = `Promise.all(document.getAnimations()
  .filter((one) => one.effect.getTiming().iterations !== Infinity)
  .map((one) => one.finished.catch(() => undefined))).then(() => undefined)`;

// The server's tests look for it too. Here it cannot be had from there, nor from the testkit: of our own packages the app has the contract alone.
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const;

function findChromium(path: string): string {
  for (const folder of path.split(delimiter))
    for (const name of NAMES) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  throw new Error('No Chromium on the PATH: install it, on Debian with "apt-get install chromium".');
}
