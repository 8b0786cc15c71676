import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

const ROOT = join(import.meta.dirname, '../../..');
const PATIENCE_MS = 20_000;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const;

/** Whom a test asks to act: someone who sees the app in a browser and finds things by what they are called. */
export interface Person extends AsyncDisposable {
  readonly page: Page;
  /** Clicks the button, link or tab of that name, once it can be. */
  press(name: string | RegExp, within?: Locator): Promise<void>;
  /** Waits until these words are to be seen. */
  sees(words: string | RegExp): Promise<void>;
  /** Waits until these words are gone. */
  missesNow(words: string | RegExp): Promise<void>;
  /** Waits until a picture in what has this role is there, at least so wide. */
  seesPicture(within: 'gridcell' | 'dialog', leastWidth: number): Promise<void>;
  /** Looks again as if the app had just been opened. */
  reload(): Promise<void>;
}

/** A browser that persons look through. */
export interface Window extends AsyncDisposable {
  /** Someone who opens this address. What is refused or thrown in the page fails when they go. */
  person(address: string, options?: BrowserContextOptions): Promise<Person>;
}

/** Why a test that looks through a browser is skipped; false where there is one. Under `CI` it throws that instead. */
export function withoutBrowser(): string | false {
  if (chromiumOn(process.env['PATH'] ?? '') !== undefined) return false;
  const why = 'no Chromium on the PATH: install it, on Debian with "apt-get install chromium"';
  if (process.env['CI'] !== undefined) throw new Error(why);
  return why;
}

let built: string | undefined;

/** The folder of the web app as it is in this checkout, built if it is not. */
export function builtWebApp(): string {
  if (built !== undefined) return built;
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools/build-web.ts')], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  built = join(ROOT, 'apps/web/dist');
  return built;
}

/** Opens a browser. Fails where there is none: ask {@link withoutBrowser} first. */
export async function openWindow(): Promise<Window> {
  const browser = await chromium.launch({
    executablePath: chromiumOn(process.env['PATH'] ?? '') ?? '',
    // Root has no sandbox, and containers have a small /dev/shm.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return {
    person: (address, options = {}) => personIn(browser, address, options),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function personIn(browser: Browser, address: string, options: BrowserContextOptions): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    // What moves can be waited for no better than what does not.
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`a script said ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address);
  return {
    page,
    press: async (name, within) => {
      const place = within ?? page.locator('body');
      // Names go on with what they are about, for those who hear them: "Back up now: Pixel 8".
      const called = { name: typeof name === 'string' ? new RegExp(`^${RegExp.escape(name)}(?!\\w)`) : name };
      await place
        .getByRole('button', called)
        .or(place.getByRole('link', called))
        .or(place.getByRole('tab', called))
        .or(place.getByRole('menuitem', called))
        .first()
        .click();
    },
    sees: async (words) => await page.getByText(words).filter({ visible: true }).first().waitFor(),
    missesNow: async (words) => await page.getByText(words).first().waitFor({ state: 'hidden' }),
    // Asked for from outside again and again: the page may not evaluate text, which the browser's own waiting does.
    seesPicture: async (within, leastWidth) => {
      const widest = `Math.max(0, ...[...document.querySelectorAll('[role=${within}] img')].map((one) => one.naturalWidth))`;
      for (const until = Date.now() + PATIENCE_MS; (await page.evaluate<number>(widest)) < leastWidth; )
        assert.ok(Date.now() < until, `no picture as wide as ${leastWidth}`);
    },
    reload: async () => {
      await page.reload();
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

function chromiumOn(path: string): string | undefined {
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
  return undefined;
}
