import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FULL, makeMedia, makeSmall, QUICK, touchMemory } from './data.ts';
import { benchJobs } from './jobs.ts';
import { type Measured, measure, median } from './measure.ts';

const HELP = `npm run bench -- [--runs N] [--quick] [--folder DIR] [--job TEXT]

Runs each job on Holdfast and on the installed restic, alternating, and prints a table of medians, ratios and peak memory.

  --runs N      runs of each job by each program; default: 5
  --quick       a tenth of the data and less: to see that it runs, not to be quoted
  --folder DIR  where data and repositories lie, in memory and with 12 GB free; default: /dev/shm
  --job TEXT    measure only the jobs whose name has this; those before them still run, once`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    folder: { type: 'string', default: '/dev/shm' },
    job: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit();
}
const runs = Number(values.runs);
const scale = values.quick ? QUICK : FULL;
const folder = mkdtempSync(join(values.folder, 'holdfast-bench-'));
const say = (line: string): boolean => process.stderr.write(`${line}\n`);
try {
  say(`making data in ${folder}`);
  makeMedia(join(folder, 'media'), scale.mediaBytes);
  makeSmall(join(folder, 'small'), scale.smallFiles);
  const rows: string[] = [];
  for (const job of benchJobs(folder)) {
    const ours: Measured[] = [];
    const restic: Measured[] = [];
    const isWanted = job.name.includes(values.job);
    for (let run = 0; run < (isWanted ? runs : 1); run++) {
      touchMemory(folder, scale.mediaBytes * 1.5);
      ours.push(await job.ours());
      touchMemory(folder, scale.mediaBytes * 1.5);
      restic.push(await job.restic());
      say(`${job.name}: ${ours.at(-1)?.seconds.toFixed(2)} s, restic ${restic.at(-1)?.seconds.toFixed(2)} s`);
    }
    if (isWanted) rows.push(row(job.name, job.target, ours, restic));
  }
  const index = await measure(
    process.execPath,
    [join(import.meta.dirname, 'index-load.ts'), folder, String(scale.indexBlobs)],
    {},
  );
  await print(rows, index.stdout);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function row(name: string, target: number, ours: readonly Measured[], restic: readonly Measured[]): string {
  const seconds = (measured: readonly Measured[]): string =>
    `${median(measured.map((m) => m.seconds)).toFixed(2)} s`;
  const memory = (measured: readonly Measured[]): string =>
    `${Math.max(...measured.map((m) => m.peakMegabytes)).toFixed(0)} MB`;
  const ratio = median(restic.map((m, run) => m.seconds / (ours[run]?.seconds ?? Number.NaN)));
  return `| ${name} | ${seconds(ours)} | ${seconds(restic)} | ${ratio.toFixed(2)}× | ${target}× | ${memory(ours)} | ${memory(restic)} |`;
}

async function print(rows: readonly string[], index: string): Promise<void> {
  const { stdout: version } = await measure('restic', ['version'], {});
  const date = Temporal.Now.plainDateISO().toString();
  const { blobs, seconds, bytesABlob, grownMegabytes } = JSON.parse(index) as Record<string, number>;
  console.log(
    `${date}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Linux ${release()}, Node ${process.version}, ${version.trim()}`,
  );
  console.log(
    `Medians of ${runs} runs each, alternating; ratio: median of the pairs; memory: highest peak.\n`,
  );
  console.log('| job | Holdfast | restic | ratio | at least | memory | restic’s |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const line of rows) console.log(line);
  console.log(
    `\nIndex of ${blobs?.toLocaleString('en')} blobs: loaded in ${seconds?.toFixed(2)} s, ${bytesABlob?.toFixed(0)} bytes a blob ` +
      `(process grew by ${grownMegabytes?.toFixed(0)} MB).`,
  );
}
