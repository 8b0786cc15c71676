import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, suite, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { goTo, openBrowser, settle } from '../test-setup/browser.ts';
import { buildApp, initialBytes } from '../test-setup/built-app.ts';
import { type FakeServer, startFakeServer } from '../test-setup/fake-server.ts';
import { SCREENS } from '../test-setup/screens.ts';

const MOST_INITIAL_BYTES = 150_000;
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

suite('the app in a browser', () => {
  const open = new AsyncDisposableStack();
  let folder: string;
  let browser: Browser;
  let fake: FakeServer;
  let axe: string;

  before(async () => {
    folder = open.use(await buildApp()).folder;
    fake = open.use(await startFakeServer('healthy', { dist: folder }));
    browser = await openBrowser();
    open.defer(async () => await browser.close());
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });
  after(async () => await open.disposeAsync());

  /** A page that must not complain, at `size`. */
  async function withPage(
    { size = 'desktop', dark = false }: { size?: keyof typeof SIZES; dark?: boolean },
    look: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext({ viewport: SIZES[size], colorScheme: dark ? 'dark' : 'light' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    try {
      await look(page);
      assert.deepEqual(errors, []);
    } finally {
      await context.close();
    }
  }

  test('it waits for at most 150 kB of JavaScript before the first screen', async () => {
    const bytes = await initialBytes(folder);
    assert.ok(bytes > 50_000 && bytes <= MOST_INITIAL_BYTES, `${bytes} bytes`);
  });

  // Phones by day and desktops by night: each colour and each size is seen on every screen.
  for (const [size, dark] of [
    ['phone', false],
    ['desktop', true],
  ] as const)
    test(`it shows every screen on a ${size} to everybody, and nothing is too wide`, async (t) => {
      await withPage({ size, dark }, async (page) => {
        for (const screen of SCREENS)
          await t.test(`it shows ${screen.name}`, async () => {
            await goTo(page, fake, screen);
            await page.evaluate(axe);
            const violations = await page.evaluate<Violation[]>(
              `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
            );
            const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
            assert.deepEqual(
              serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
              [],
            );
            const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
            assert.ok(tooWide <= 0, `${tooWide} pixels too wide`);
          });
      });
    });

  test('it has room for every part of a backup beside the navigation of a small laptop', async () => {
    await withPage({}, async (page) => {
      await page.setViewportSize({ width: 1000, height: 800 });
      const [screen] = SCREENS.filter(({ name }) => name === 'view-photos');
      assert.ok(screen);
      await goTo(page, fake, screen);
      await page.getByRole('navigation', { name: 'Parts of this backup' }).waitFor();
      const tooWide = await page.evaluate<number>(
        `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('[aria-label="Parts of this backup"]'))`,
      );
      assert.equal(tooWide, 0);
    });
  });

  test('it shows a run going on without being asked, and nothing jumps', async () => {
    await withPage({}, async (page) => {
      await goTo(page, fake, { name: 'run', path: '/runs/run-1', scenario: 'busy' });
      const place = async () => await page.getByRole('list', { name: 'Steps' }).boundingBox();
      const before = await place();
      fake.advance(200);
      await page.getByText('231 of 540 items').waitFor();
      assert.deepEqual(await place(), before);
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('button', { name: 'Go on' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
    });
  });

  test('it says that nothing answers, and goes on by itself when something does again', async () => {
    await withPage({}, async (page) => {
      const own = await startFakeServer('healthy', { dist: folder });
      await goTo(page, own, { name: 'home', path: '/', scenario: 'healthy' });
      const port = Number(new URL(own.address).port);
      await own[Symbol.asyncDispose]();
      await page.getByText('Holdfast does not answer.').waitFor();
      await page.getByText('You are safe').waitFor();
      await using again = await startFakeServer('trouble', { dist: folder, port });
      await page.getByText('Something needs a look').waitFor();
      await page.getByText('Holdfast does not answer.').waitFor({ state: 'detached' });
      assert.equal(again.asked.length, 0);
    });
  });

  test('it lets in who knows the password, and says why not where one does not', async () => {
    await withPage({}, async (page) => {
      await goTo(page, fake, { name: 'log-in', path: '/', scenario: 'closed' });
      await page.getByLabel('Password').fill('guess');
      await page.keyboard.press('Enter');
      await page.getByText('This is not the password.').waitFor();
      await page.getByLabel('Password').fill('let me in');
      await page.keyboard.press('Enter');
      await page.getByText('You are safe').waitFor();
    });
  });

  test('it scrolls through a hundred thousand items, and has few of them on the page', async () => {
    await withPage({}, async (page) => {
      await goTo(page, fake, { name: 'items', path: '/devices/phone-1/items', scenario: 'healthy' });
      for (let times = 0; times < 12; times++) {
        await page.mouse.wheel(0, 6_000);
        await settle(page);
      }
      await page
        .getByText(/PXL_0000(0[4-9]|[1-9]\d)\d\d/)
        .first()
        .waitFor();
      const rows = await page.getByRole('list', { name: 'Items' }).getByRole('listitem').count();
      assert.ok(rows < 80, `${rows} rows`);
    });
  });

  test('it keeps the filter in the address, and a count leads to its list', async () => {
    await withPage({}, async (page) => {
      await goTo(page, fake, { name: 'device', path: '/devices/phone-1', scenario: 'healthy' });
      await page.getByRole('link', { name: /^Failed/ }).click();
      await page.getByText('It kept changing while it was read', { exact: false }).first().waitFor();
      assert.match(page.url(), /items\?state=failed$/);
    });
  });

  test('it can be used with the keyboard alone', async () => {
    await withPage({}, async (page) => {
      await goTo(page, fake, { name: 'device', path: '/devices/phone-1', scenario: 'healthy' });
      const more = page.getByRole('button', { name: 'More to do' });
      await more.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: /Take Pixel 8 off/ }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  test('it saves rules as they were written', async () => {
    await withPage({}, async (page) => {
      await goTo(page, fake, { name: 'rules', path: '/devices/phone-1/rules', scenario: 'healthy' });
      await page.getByLabel('Largest file').fill('0,5');
      await page.getByLabel('Videos').uncheck();
      await page.getByRole('button', { name: 'Save the rules' }).click();
      await page.getByText('Saved.', { exact: false }).waitFor();
      const { body } = fake.asked.findLast(({ name }) => name === 'setRules') ?? {};
      const { maxSizeBytes, types } = body as { maxSizeBytes: number; types: string[] };
      assert.equal(maxSizeBytes, 500_000_000);
      assert.equal(types.includes('videos'), false);
    });
  });
});
