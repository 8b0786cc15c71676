import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { mkdir, readdir, stat, symlink, watch } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type TestWorld, testWorld, worldWithBackup } from '../../test-setup/test-world.ts';

const CLI = join(import.meta.dirname, '..', '..');
const BIN = join(CLI, 'bin', 'holdfast');

/** A process that hears that it should stop, says so, and goes on: as on a drive that has stopped answering. */
const stubborn = (graceMs: number, echoMs: number): string => `
  import { runProcess } from '#process/run-process.ts';
  await runProcess(async (_words, { signal, stdout }) => {
    setInterval(() => {}, 60_000);
    signal.addEventListener('abort', () => stdout.write('asked to stop'));
    await stdout.write('at work');
    return await new Promise(() => {});
  }, { graceMs: ${graceMs}, echoMs: ${echoMs} });`;

/** Longer than any test. */
const LONG = 2 ** 31 - 1;

/** A process that says where the person's things are. */
const HOME_FOLDER = `
  import { processWorld } from '#process/process-world.ts';
  process.stdout.write(processWorld(new AbortController().signal).homeFolder);`;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(words: readonly string[], home: string, command = BIN): ChildProcess {
  const env = { PATH: process.env['PATH'], HOME: home, HOLDFAST_HOME: home };
  return spawn(command, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function end(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await once(child, 'close');
  return { status: child.exitCode, stdout, stderr };
}

/** Resolves when a lock file appears: work is under way. Watches from the moment of the call. */
async function locking({ home }: TestWorld, signal: AbortSignal): Promise<void> {
  const locks = join(home, 'repository', 'locks');
  await mkdir(locks, { recursive: true });
  for await (const { filename } of watch(locks, { signal }))
    if (/^[0-9a-f]{64}$/.test(filename ?? '')) return;
}

test('it runs from any folder, through links, without a warning', async () => {
  await using world = await testWorld();
  const link = join(world.path, 'holdfast');
  await symlink(BIN, link);
  const { status, stdout, stderr } = await end(start(['version'], world.home, link));
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^holdfast \d/);
});

test('it keeps compiled code where only the person can write, since that runs as this program', async () => {
  await using world = await testWorld();
  assert.equal((await end(start(['version'], world.home))).status, 0);
  const { uid, mode } = await stat(join(world.home, '.cache', 'holdfast', 'compiled'));
  assert.deepEqual([uid, mode & 0o022], [process.getuid?.(), 0]);
});

test('it stops soon when asked to, says so, and leaves a repository the next run goes on with', async (t) => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'big'));
  // Sparse: it takes long to read, and no room.
  const file = openSync(join(world.path, 'big', 'zeros'), 'w');
  ftruncateSync(file, 64 * 1024 ** 3);
  closeSync(file);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const locked = locking(world, t.signal);
    const child = start(['backup', join(world.path, 'big')], world.home);
    t.after(() => child.kill('SIGKILL'));
    const ended = end(child);
    await locked;
    child.kill(signal);
    const { status, stdout, stderr } = await ended;
    assert.deepEqual([status, stdout], [130, ''], stderr);
    assert.match(stderr, /^Stopping\. Press Ctrl-C again to stop at once\.$/m);
    assert.match(stderr, /\(cli\/interrupted\)\n→ .*\n$/);
  }
  const { status, stderr } = await world.run(['check']);
  assert.equal(status, 0, stderr);
});

/** A stubborn process at work, that was asked to stop. */
async function asked(t: TestContext, signal: NodeJS.Signals, script: string, words: string[] = []) {
  const argv = ['--input-type=module', '--eval', script, '--', ...words];
  const child = spawn(process.execPath, argv, { cwd: CLI, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const ended = end(child);
  assert.equal(String(await once(child.stdout, 'data')), 'at work');
  child.kill(signal);
  return { child, ended };
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`it stops at once when asked a second time by ${signal}, whatever it is doing`, async (t) => {
    const { child, ended } = await asked(t, signal, stubborn(LONG, 0));
    assert.match(String(await once(child.stdout, 'data')), /asked to stop/);
    child.kill(signal);
    const { stderr } = await ended;
    assert.equal(child.signalCode, 'SIGINT');
    assert.match(stderr, /^holdfast: Stopped at once, as asked \(cli\/interrupted\)\n→ .* the lock .*\.\n$/);
  });

test('it stops by itself after SIGTERM, in the middle of what does not answer, and says so', async (t) => {
  const { child, ended } = await asked(t, 'SIGTERM', stubborn(1, LONG), ['--json']);
  const { stderr } = await ended;
  assert.equal(child.signalCode, 'SIGINT');
  const { type, code, message, exitCode } = JSON.parse(stderr);
  assert.deepEqual([type, code, exitCode], ['error', 'cli/interrupted', 130]);
  assert.match(message, /that does not answer$/);
});

test('it takes one signal that comes twice for one', async (t) => {
  const { child, ended } = await asked(t, 'SIGTERM', stubborn(LONG, LONG));
  assert.match(String(await once(child.stdout, 'data')), /asked to stop/);
  child.kill('SIGTERM');
  child.kill('SIGINT');
  // It would have ended by the time that another program has begun and ended.
  await end(spawn(process.execPath, ['--eval', '']));
  assert.deepEqual([child.exitCode, child.signalCode], [null, null]);
  child.kill('SIGKILL');
  await ended;
});

test('it says that its folder is gone', async () => {
  await using world = await testWorld();
  const folder = join(world.path, 'gone');
  await mkdir(folder);
  const words = ['-c', 'cd "$1" && rmdir "$1" && exec "$2" backups', 'sh', folder, BIN];
  const child = spawn('sh', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const { status, stderr } = await end(child);
  assert.equal(status, 1, stderr);
  assert.match(stderr, /folder this was started in is gone \(cli\/folder-gone\)\n→ Change to/);
});

test('it leaves the folder it is started in alone when HOME is empty', async () => {
  await using world = await testWorld();
  const folder = join(world.path, 'here');
  await mkdir(folder);
  const options = { cwd: folder, env: { PATH: process.env['PATH'], HOME: '' } };
  const { status } = await end(spawn(BIN, ['version'], options));
  assert.deepEqual([status, await readdir(folder)], [0, []]);
  const words = ['--input-type=module', '--eval', HOME_FOLDER];
  const { stdout } = await end(spawn(process.execPath, words, { cwd: CLI, env: options.env }));
  assert.equal(stdout, userInfo().homedir);
});

test('it ends quietly when nobody reads its output any more', async () => {
  await using world = await worldWithBackup();
  const child = start(['dump', 'latest:/files/pictures/2026/dog.jpg'], world.home);
  child.stdout?.destroy();
  const { status, stderr } = await end(child);
  assert.deepEqual([status, stderr], [0, '']);
});
