import type { Browser, Page } from 'playwright-core';
import type { App } from './server.ts';

/** How a page of photos came up, in milliseconds since navigation began. */
export interface Shown {
  readonly firstPaint: number;
  /** The address of the first thumbnail was asked for. */
  readonly asked: number;
  /** So many thumbnails are decoded. */
  readonly decoded: number;
}

const FIRST = 12;

/** A browser is at rest when it has used less than this part of a processor… */
const AT_REST = 0.05;
/** …for so long. */
const REST_SECONDS = 0.3;

/** How frames went while the grid flew. */
export interface Flown {
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
  readonly over50: number;
  readonly longTasks: number;
  readonly longestTask: number;
  /** Photos that the grid has room for. */
  readonly photos: number;
  readonly pixels: number;
  readonly seconds: number;
  /** Processor time of the page's main thread for a frame. */
  readonly cpuMs: number;
}

/** Opens the photos of a backup in a browser that has nothing of the app yet, and waits until the first thumbnails are decoded. */
export async function showPhotos(
  browser: Browser,
  app: App,
  backup: string,
): Promise<{ readonly shown: Shown; readonly page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name, value] = app.cookie;
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  await page.addInitScript(WATCH_PICTURES);
  await untilAtRest(browser);
  await page.goto(`${app.url}/backups/${backup}/photos`, { waitUntil: 'commit' });
  await page.evaluate('window.firstDecoded');
  const shown = await page.evaluate<Shown>(READ_TIMES);
  return { shown, page };
}

/** A window is open before the address is entered: opening one loads the browser's own pages for a quarter of a second, which is none of the app's time. */
async function untilAtRest(browser: Browser): Promise<void> {
  const devtools = await browser.newBrowserCDPSession();
  const cpuSeconds = async (): Promise<number> => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  for (
    let before = Number.NEGATIVE_INFINITY, now = await cpuSeconds();
    now - before > AT_REST * REST_SECONDS;
  ) {
    await new Promise((resolve) => setTimeout(resolve, 1000 * REST_SECONDS));
    before = now;
    now = await cpuSeconds();
  }
  await devtools.detach();
}

/** Flings through all the page shows, in flings that end slowly as those of a finger, and rests between. */
export async function fling(page: Page): Promise<Flown> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskSeconds = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await taskSeconds();
  const flown = await page.evaluate<Flown>(FLING);
  return { ...flown, cpuMs: (1000 * ((await taskSeconds()) - before)) / flown.frames };
}

// These run in the page, whose types are not those of this file: hence text.
const WATCH_PICTURES = `{
  const seen = new WeakSet();
  let decoded = 0;
  const { promise, resolve } = Promise.withResolvers();
  window.firstDecoded = promise;
  const watch = ({ target }) => {
    if (!(target instanceof HTMLImageElement) || seen.has(target) || !target.src.includes('/thumbnails/')) return;
    seen.add(target);
    target.decode().then(() => {
      decoded += 1;
      if (decoded < ${FIRST}) return;
      resolve(performance.now());
      // A decoding asked for keeps the page's main thread: it is none of the app's when it flies.
      document.removeEventListener('load', watch, true);
    });
  };
  document.addEventListener('load', watch, true);
}`;

const READ_TIMES = `window.firstDecoded.then((decoded) => ({
  firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  asked: Math.min(...performance.getEntriesByType('resource').filter(({ name }) => name.includes('/thumbnails/')).map(({ startTime }) => startTime)),
  decoded,
}))`;

const FLING = `new Promise((resolve) => {
  const FLINGS = 12, FLING_MS = 1500, REST_MS = 300;
  const height = document.documentElement.scrollHeight - innerHeight;
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' });
  const deltas = [];
  let began, last;
  const frame = (now) => {
    began ??= now;
    if (last !== undefined) deltas.push(now - last);
    last = now;
    const elapsed = now - began;
    const fling = Math.floor(elapsed / (FLING_MS + REST_MS));
    if (fling >= FLINGS) {
      const sorted = deltas.toSorted((a, b) => a - b);
      const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
      resolve({
        frames: deltas.length, p50: at(0.5), p95: at(0.95), worst: sorted.at(-1),
        over50: deltas.filter((delta) => delta > 50).length,
        longTasks: tasks.length, longestTask: Math.max(0, ...tasks),
        photos: Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')),
        pixels: scrollY, seconds: elapsed / 1000,
      });
      return;
    }
    const part = Math.min(1, (elapsed - fling * (FLING_MS + REST_MS)) / FLING_MS);
    const eased = 1 - (1 - part) ** 3;
    scrollTo({ top: ((fling + eased) / FLINGS) * height, behavior: 'instant' });
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;
