import assert from 'node:assert/strict';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';
import { holdfast } from '../../test-setup/process.ts';
import { parseLines } from '../../test-setup/test-world.ts';

const MEMORY = '/dev/shm';

/** Says a process's peak memory as it ends; `ru_maxrss` would begin with that of this process. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(`
import { readFileSync, writeSync } from 'node:fs';
process.on('exit', () => writeSync(2, /VmHWM.*/.exec(readFileSync('/proc/self/status', 'latin1'))[0] + '\\n'));
`)}`;

/** Runs a command, which must end with 0, and reports what it took. */
async function measured(
  t: TestContext,
  home: string,
  words: readonly string[],
): Promise<{ readonly stdout: string; readonly peakMB: number }> {
  const began = performance.now();
  const { status, stdout, stderr } = await holdfast(words, {
    home,
    env: { NODE_OPTIONS: `--import "${TELL_PEAK}"` },
  });
  assert.equal(status, 0, stderr);
  const peakMB = Math.max(...Array.from(stderr.matchAll(/VmHWM:\s+(\d+)/g), ([, kB]) => Number(kB))) / 1024;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  t.diagnostic(`${words[0]}: ${seconds} s, ${peakMB.toFixed(0)} MB at most`);
  return { stdout, peakMB };
}

test('it backs up and gives back out of a folder of 1,000,000 files', async (t) => {
  await using folder = await temporaryFolder(existsSync(MEMORY) ? MEMORY : tmpdir());
  const from = join(folder.path, 'from');
  const home = join(folder.path, 'home');
  mkdirSync(from);
  const count = 1_000_000;
  for (let at = 0; at < count; at++) {
    const file = openSync(join(from, `IMG_${at}.jpg`), 'wx');
    if (at % 2 === 1) writeSync(file, String(at));
    closeSync(file);
  }
  const first = await measured(t, home, ['backup', from, '--json']);
  const [made] = parseLines(first.stdout);
  assert.ok(made?.type === 'backup' && made.balance.verified === count && made.balance.found === count);
  const second = await measured(t, home, ['backup', from, '--json']);
  const [same] = parseLines(second.stdout);
  assert.ok(same?.type === 'backup' && same.newBytes === 0 && same.balance.verified === count);
  const listed = await measured(t, home, ['ls', 'latest']);
  assert.equal(listed.stdout.match(/\n/g)?.length, count);
  const to = join(folder.path, 'to');
  await measured(t, home, ['restore', 'latest:IMG_777777.jpg', '--to', to]);
  assert.equal(readFileSync(join(to, 'IMG_777777.jpg'), 'utf8'), '777777');
  await measured(t, home, ['check']);
  // One folder is one blob of 330 MB there: what any program needs to read it. restic 0.14 takes 2,200 MB for the first.
  for (const { peakMB } of [first, second]) assert.ok(peakMB < 4000, `${peakMB} MB`);
});

test('it backs up a sparse file of 6 GiB and gives it back with its holes', async (t) => {
  await using folder = await temporaryFolder();
  const from = join(folder.path, 'from');
  const home = join(folder.path, 'home');
  mkdirSync(from);
  const sizeBytes = 6 * 1024 ** 3;
  const at = 3_000_000_000;
  const path = join(from, 'sparse');
  const file = openSync(path, 'wx');
  writeSync(file, 'in the middle', at);
  closeSync(file);
  truncateSync(path, sizeBytes);
  const first = await measured(t, home, ['backup', from, '--json']);
  const [made] = parseLines(first.stdout);
  assert.ok(made?.type === 'backup' && made.storedBytes < 1_000_000);
  const to = join(folder.path, 'to');
  const restored = await measured(t, home, ['restore', 'latest', '--to', to]);
  const back = statSync(join(to, 'from', 'sparse'));
  assert.equal(back.size, sizeBytes);
  // What is no hole comes in a piece of at most 8 MiB.
  assert.ok(back.blocks * 512 <= 9 * 1024 ** 2, `${back.blocks} blocks`);
  const copy = openSync(join(to, 'from', 'sparse'), 'r');
  const around = Buffer.alloc(33);
  readSync(copy, around, 0, around.length, at - 10);
  closeSync(copy);
  assert.equal(around.toString(), `${'\0'.repeat(10)}in the middle${'\0'.repeat(10)}`);
  for (const { peakMB } of [first, restored]) assert.ok(peakMB < 350, `${peakMB} MB`);
});
