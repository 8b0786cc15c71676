import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measured, measure } from './measure.ts';

const HELP = `npm run bench:android -- [--quick] [--large-mb N] [--folder DIR] [--job NAME]

Backs the files of a simulated phone up through Debian's adb server, beside "adb pull" of the same files, and prints a table.

  --quick       a tenth of the data and less: to see that it runs, not to be quoted
  --large-mb N  how large the one large file is; default: 4 GiB
  --folder DIR  where backups lie, in memory and with twice the large file's size free; default: /dev/shm
  --job NAME    this job alone`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    'large-mb': { type: 'string' },
    folder: { type: 'string', default: '/dev/shm' },
    job: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit();
}
const smallFiles = values.quick ? 2000 : 20_000;
const listedFiles = values.quick ? 10_000 : 100_000;
const SMALL_BYTES = 10_000;
const LISTED_BYTES = 1000;
/** As `android/phone.ts` has them. */
const FILES_A_FOLDER = 100;
const largeBytes =
  values['large-mb'] === undefined ? (values.quick ? 2 ** 28 : 2 ** 32) : Number(values['large-mb']) * 1e6;
const folder = mkdtempSync(join(values.folder, 'holdfast-android-'));
/** What `apps/cli/bin/holdfast` starts Node with. */
const FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=100'];
const MALLOC = { MALLOC_ARENA_MAX: '2' };
const OURS = join(import.meta.dirname, 'android/ours.ts');
const rows: string[] = [];
const say = (line: string): boolean => process.stderr.write(`${line}\n`);

try {
  for (const [name, job] of Object.entries(jobs())) {
    if (values.job !== undefined && values.job !== name) continue;
    say(name);
    rows.push(...(await job()));
    say(rows.at(-1) ?? '');
  }
  const { stdout: version } = await measure('adb', ['version'], {});
  const date = Temporal.Now.plainDateISO().toString();
  console.log(
    `${date}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Linux ${release()}, Node ${process.version}, ${version.split('\n')[1] ?? 'adb'}\n`,
  );
  console.log('| job | Holdfast | beside it | result | target | memory |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const row of rows) console.log(row);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function jobs(): Record<string, () => Promise<string[]>> {
  return {
    small: () =>
      withPhone([smallFiles, SMALL_BYTES, 0], undefined, async ({ ours, pull }) => {
        const mine = await ours('backup');
        // A tenth of the files: it may take most of a second for twenty.
        const folders = smallFiles / FILES_A_FOLDER / 10;
        const tenth = await pull(Array.from({ length: folders }, (_, at) => `small/folder ${at}`));
        const name = `${smallFiles.toLocaleString('en')} files of 10 KB, to the end`;
        const beside = `adb pull of a tenth ${tenth.seconds.toFixed(1)} s`;
        return [row(name, mine, beside, `${((tenth.seconds * 10) / mine.seconds).toFixed(1)}×`, '15×')];
      }),
    inventory: () =>
      withPhone([listedFiles, LISTED_BYTES, 0], undefined, async ({ ours }) => {
        const walk = await ours('walk');
        const saved = await ours('backup');
        const peak = saved.peakMegabytes.toFixed(0);
        const items = listedFiles.toLocaleString('en');
        return [
          row(`list ${items} files`, walk, '', `${walk.told.toFixed(2)} s`, '2 s'),
          row(`${items} files of 1 KB, to the end`, saved, '', `${peak} MB`, '400 MB'),
        ];
      }),
    ...Object.fromEntries(
      [
        [40, 95],
        [200, 90],
      ].map(([rate = 0, share = 0]) => [
        `large${rate}`,
        () =>
          withPhone([0, 0, largeBytes], rate * 1e6, async ({ ours }) => {
            const mine = await ours('backup', '--only', 'large');
            const speed = largeBytes / mine.told;
            return [
              row(
                `${(largeBytes / 1e9).toFixed(2)} GB over ${rate} MB/s`,
                mine,
                `link ${(largeBytes / rate / 1e6).toFixed(1)} s`,
                `${((speed / rate / 1e6) * 100).toFixed(0)} %`,
                `${share} %`,
              ),
            ];
          }),
      ]),
    ),
    cancel: () =>
      withPhone([0, 0, largeBytes], 40e6, async ({ ours }) => {
        const mine = await ours('cancel', '--only', 'large');
        return [row('cancel within a large file', mine, '', `${(mine.told * 1000).toFixed(0)} ms`, '200 ms')];
      }),
  };
}

interface Told extends Measured {
  /** Seconds as the process itself measured them, without its start. */
  readonly told: number;
}

interface Setup {
  readonly ours: (...args: readonly string[]) => Promise<Told>;
  readonly pull: (what: readonly string[]) => Promise<Measured>;
}

function row(name: string, mine: Measured, beside: string, result: string, target: string): string {
  return `| ${name} | ${mine.seconds.toFixed(2)} s | ${beside} | ${result} | ${target} | ${mine.peakMegabytes.toFixed(0)} MB |`;
}

/** A phone with these files behind an adb server of its own, over a link of so many bytes a second. */
async function withPhone(
  files: readonly number[],
  rate: number | undefined,
  work: (setup: Setup) => Promise<string[]>,
): Promise<string[]> {
  const place = mkdtempSync(join(folder, 'job-'));
  const children: ChildProcess[] = [];
  const env = {
    ANDROID_ADB_SERVER_PORT: String(await freePort()),
    HOME: place,
    TMPDIR: place,
    ADB_MDNS: '0',
  };
  // The server may see more of them: it looks for emulators too.
  let serial = '';
  const adb = (...args: string[]): Promise<Measured> =>
    measure('adb', args, { ...env, ...(serial !== '' && { ANDROID_SERIAL: serial }) });
  try {
    let port = await started(children, 'phone.ts', files);
    if (rate !== undefined) port = await started(children, 'relay.ts', [port, rate]);
    await adb('start-server');
    await adb('connect', `127.0.0.1:${port}`);
    serial = `127.0.0.1:${port}`;
    await adb('wait-for-device');
    const repository = join(place, 'repository');
    const node = async (args: readonly string[]): Promise<Measured> => {
      const server = ['--port', env.ANDROID_ADB_SERVER_PORT, '--serial', serial];
      const common = ['--repository', repository, ...server];
      return measure(process.execPath, [...FLAGS, OURS, ...args, ...common], {
        ...MALLOC,
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
      });
    };
    return await work({
      async ours(...args) {
        if (args[0] !== 'walk') {
          rmSync(repository, { recursive: true, force: true });
          await node(['init']);
        }
        const measured = await node(args);
        return { ...measured, told: (JSON.parse(measured.stdout) as { seconds: number }).seconds };
      },
      async pull(what) {
        const target = join(place, 'pulled');
        mkdirSync(target);
        return adb('pull', ...what.map((each) => `/storage/emulated/0/${each}`), target);
      },
    });
  } finally {
    await adb('kill-server');
    for (const child of children) child.kill();
    rmSync(place, { recursive: true, force: true });
  }
}

/** Starts a script beside this one; gives the port it prints. */
async function started(
  children: ChildProcess[],
  script: string,
  args: readonly (number | string)[],
): Promise<number> {
  const path = join(import.meta.dirname, 'android', script);
  const child = spawn(process.execPath, [path, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
  return Number(line.toString());
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
