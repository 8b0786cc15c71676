import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../apps/web/test-setup/browser.ts';
import { initialBytes } from '../apps/web/test-setup/built-app.ts';
import { buildWeb } from '../tools/build-web.ts';
import { type Flown, fling, type Shown, showPhotos } from './app/browser.ts';
import { LARGE } from './app/large-backup.ts';
import { HEICS, makeHome } from './app/made-home.ts';
import { type Timed, timeHome, timeLedger } from './app/requests.ts';
import { type App, startApp } from './app/server.ts';
import { lateFrames } from './app/trace.ts';
import { measure, median } from './measure.ts';

const HELP = `npm run bench:app -- [--quick] [--home DIR] [--heic FILE] [--all] [--trace]

Serves a made-up home with 100,000 photos and 300,000 other items in a process of its own, looks at it with Chromium, and prints a table.

  --quick      a twentieth of the items: to see that it runs, not to be quoted
  --home DIR   makes its 0.9 GB of data there and leaves it for the next time; default: a temporary folder
  --heic FILE  twelve of it are looked at last, all at once and at full size
  --all        every filter is printed
  --trace      also what the page's main thread did in frames above 50 ms: tracing costs some`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    home: { type: 'string' },
    heic: { type: 'string' },
    all: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit();
}
const part = values.quick ? 20 : 1;
const sizes = {
  photos: LARGE.photos / part,
  videoEvery: 0,
  messages: LARGE.messages / part,
  calls: LARGE.calls / part,
  contacts: LARGE.contacts / part,
};
/** Newest photos that have 12 megapixels: more than a window shows. */
const WHOLE = 60;
const LOADS = 5;
const FLINGS = 2;
const root = join(import.meta.dirname, '..');
const made = values.home === undefined ? mkdtempSync(join(tmpdir(), 'holdfast-app-')) : undefined;
const home = made ?? values.home ?? '';
const say = (line: string): boolean => process.stderr.write(`${line}\n`);

try {
  const trouble = buildWeb(root);
  if (trouble !== undefined) throw new Error(trouble);
  if (!existsSync(join(home, 'catalog.sqlite'))) {
    say(`making a home in ${home}`);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const heic = values.heic === undefined ? undefined : readFileSync(values.heic);
    await makeHome({ folder: home, sizes, whole: Math.min(WHOLE, sizes.photos), heic });
  }
  rmSync(join(home, 'cache'), { recursive: true, force: true });
  const loads = loadavg()[0] ?? 0;
  await print(await run(), loads);
} finally {
  if (made !== undefined) rmSync(made, { recursive: true, force: true });
}

interface Results {
  readonly startSeconds: number;
  readonly home: Timed;
  readonly ledger: readonly Timed[];
  readonly laidOutSeconds: number;
  readonly cold: readonly Shown[];
  readonly warm: readonly Shown[];
  readonly flown: readonly Flown[];
  readonly thumbnails: Readonly<Record<string, number>>;
  readonly initialBytes: number;
  /** Peak after what each step did. */
  readonly peaks: Readonly<Record<string, number>>;
}

async function run(): Promise<Results> {
  const [backup = ''] = readdirSync(join(home, 'repository/snapshots'));
  const peaks: Record<string, number> = {};
  await using app = await startApp(home);
  peaks['started'] = app.peakMegabytes();
  say('home and ledger');
  const homeTimed = await timeHome(app);
  const ledger = await timeLedger(app, 'large', 'files/internal/DCIM/Camera 000');
  peaks['ledger'] = app.peakMegabytes();
  const laidOutSeconds = await layOut(app, backup);
  peaks['laid out'] = app.peakMegabytes();
  say('browser');
  const browser = await openBrowser();
  const cold: Shown[] = [];
  const warm: Shown[] = [];
  const flown: Flown[] = [];
  try {
    for (let load = 0; load < 2 * LOADS; load++) {
      const isCold = load < LOADS;
      if (isCold)
        rmSync(join(home, 'cache/pictures'), {
          recursive: true,
          force: true,
          maxRetries: 9,
          retryDelay: 100,
        });
      const { shown, page } = await showPhotos(browser, app, backup);
      (isCold ? cold : warm).push(shown);
      if (load >= 2 * LOADS - FLINGS) {
        if (values.trace) {
          const { done, late } = await lateFrames(browser, page, () => fling(page));
          flown.push(done);
          say(
            `${late.frames} frames above 50 ms, ${late.ms.toFixed(0)} ms: tasks of the page's main thread ${late.taskMs.toFixed(0)} ms, with a processor ${late.cpuMs.toFixed(0)} ms`,
          );
        } else flown.push(await fling(page));
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
  peaks['photos'] = app.peakMegabytes();
  if (values.heic !== undefined) {
    const { body } = await app.ask(`/api/backups/${backup}/media?from=${sizes.photos - HEICS}`);
    const { media } = JSON.parse(body) as { media: { entry: number }[] };
    const before = app.cpuSeconds();
    await Promise.all(media.map(({ entry }) => app.askAlone(`/api/backups/${backup}/views/${entry}`)));
    peaks[`${media.length} HEICs at once`] = app.peakMegabytes();
    say(`a HEIC: ${(((app.cpuSeconds() - before) * 1000) / media.length).toFixed(0)} ms of a processor`);
  }
  say('thumbnails');
  const script = join(import.meta.dirname, 'app/thumbnails.ts');
  const { stdout } = await measure(process.execPath, [script], {});
  return {
    startSeconds: app.startSeconds,
    home: homeTimed,
    ledger,
    laidOutSeconds,
    cold,
    warm,
    flown,
    thumbnails: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>,
    initialBytes: await initialBytes(join(root, 'apps/web/dist')),
    peaks,
  };
}

/** Seconds until a backup that nobody has looked at can be. */
async function layOut(app: App, backup: string): Promise<number> {
  const start = performance.now();
  while (!(await app.ask(`/api/backups/${backup}/contents`)).body.includes('"ready"'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  return (performance.now() - start) / 1000;
}

async function print(results: Results, load: number): Promise<void> {
  const { home: homeTimed, ledger, cold, warm, flown, thumbnails, peaks } = results;
  const worst = ledger.toSorted((a, b) => b.p95 - a.p95);
  const [slowest] = worst;
  const ms = (value: number | undefined): string => `${(value ?? Number.NaN).toFixed(0)} ms`;
  const decoded = (shown: readonly Shown[]): number => median(shown.map((one) => one.decoded));
  const frames = flown.reduce((sum, one) => sum + one.frames, 0);
  const over = flown.reduce((sum, one) => sum + one.over50, 0);
  const longest = Math.max(...flown.map((one) => one.worst));
  const longTasks = flown.reduce((sum, one) => sum + one.longTasks, 0);
  const rows: readonly (readonly [string, string, string, string])[] = [
    [
      'Home at the server, p95 of 200',
      ms(homeTimed.p95),
      '50 ms',
      `${homeTimed.cpuMs.toFixed(1)} ms of a processor each`,
    ],
    [
      `200 items of the ledger, p95 of the slowest of ${ledger.length} filters`,
      ms(slowest?.p95),
      '30 ms',
      `${slowest?.name}: ${slowest?.cpuMs.toFixed(1)} ms of a processor each; all filters’ median ${ms(median(ledger.map((one) => one.p95)))}`,
    ],
    [
      'first 12 thumbnails, none made before',
      ms(decoded(cold)),
      '1,000 ms',
      `median of ${cold.length}: ${cold.map((one) => ms(one.decoded)).join(', ')}`,
    ],
    [
      'first 12 thumbnails, made before',
      ms(decoded(warm)),
      '1,000 ms',
      `median of ${warm.length}: ${warm.map((one) => ms(one.decoded)).join(', ')}`,
    ],
    [
      'frames over 50 ms in flings through all photos',
      `${over} of ${frames}`,
      '0',
      `longest ${ms(longest)}, half of them ${flown[0]?.p50.toFixed(1)} ms; ${flown[0]?.cpuMs.toFixed(1)} ms of a processor each; ${longTasks} long tasks, longest ${ms(Math.max(...flown.map((one) => one.longestTask)))}`,
    ],
    [
      'thumbnails of 12 megapixels a second',
      `${thumbnails['photosPerSecond']}`,
      '40',
      `by processor time ${thumbnails['photosPerSecondByCpuOnTwoCores']} on two cores`,
    ],
    ['JavaScript before the first screen', `${(results.initialBytes / 1000).toFixed(0)} kB`, '150 kB', ''],
    [
      'memory of the server, highest',
      `${Math.max(...Object.values(peaks)).toFixed(0)} MB`,
      '300 MB',
      Object.entries(peaks)
        .map(([step, peak]) => `${step} ${peak.toFixed(0)}`)
        .join(', '),
    ],
  ];
  const date = Temporal.Now.plainDateISO().toString();
  console.log(
    `${date}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Linux ${release()}, Node ${process.version}, load before it ${load.toFixed(1)}`,
  );
  console.log(`${sizes.photos} photos, ${sizes.messages + sizes.calls + sizes.contacts} other items\n`);
  console.log('| what | result | target | beside |');
  console.log('| --- | ---: | ---: | --- |');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log(
    `\nThe server listens after ${results.startSeconds.toFixed(2)} s. A backup nobody looked at is laid out in ${results.laidOutSeconds.toFixed(1)} s.`,
  );
  for (const one of values.all ? worst : [])
    console.log(
      `${one.name.padEnd(60)} p50 ${one.p50.toFixed(1)} p95 ${one.p95.toFixed(1)} worst ${one.worst.toFixed(1)} cpu ${one.cpuMs.toFixed(1)} ms, ${one.bytes} bytes`,
    );
  for (const one of values.all ? [...cold, ...warm] : []) console.log(JSON.stringify(one));
}
