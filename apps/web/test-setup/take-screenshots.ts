import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { goTo, openBrowser } from './browser.ts';
import { startFakeServer } from './fake-server.ts';
import { SCREENS } from './screens.ts';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;

// node apps/web/test-setup/take-screenshots.ts FOLDER [PART OF A NAME] [light|dark]: pictures of all screens, and what is too wide.
const [folder = 'screenshots', part = '', scheme] = process.argv.slice(2);
const SCHEMES = (['light', 'dark'] as const).filter((one) => scheme === undefined || scheme === one);
await mkdir(folder, { recursive: true });
await using fake = await startFakeServer('healthy');
const browser = await openBrowser();
try {
  for (const [size, viewport] of Object.entries(SIZES))
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({ viewport, colorScheme, hasTouch: size === 'phone' });
      const page = await context.newPage();
      page.setDefaultTimeout(5_000);
      page.on('console', (message) => {
        if (message.type() === 'error') process.stdout.write(`${message.text()}\n`);
      });
      for (const screen of SCREENS.filter(({ name }) => name.includes(part))) {
        try {
          await goTo(page, fake, screen);
        } catch (error) {
          process.stdout.write(`${screen.name} ${size}: ${String(error)}\n`);
        }
        await page.screenshot({
          path: join(folder, `${screen.name}-${size}-${colorScheme}.png`),
          fullPage: screen.press === undefined && !screen.name.startsWith('items'),
        });
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (wide > 0) process.stdout.write(`${screen.name} ${size}: ${wide} px too wide\n`);
      }
      await context.close();
    }
} finally {
  await browser.close();
}
