import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';

const MAIN = join(import.meta.dirname, '../bin/holdfast.js');

/** A process under way; disposing kills it. */
export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Its end: the exit status, nothing when a signal ended it, and all it said. */
  readonly ended: Promise<{ readonly status: number | undefined; readonly said: string }>;
}

/** Starts the real command, as a process of its own, on this home. */
export function startHoldfast(home: string, words: readonly string[]): Running {
  const env = { PATH: process.env['PATH'] ?? '', HOLDFAST_HOME: home };
  return running(spawn(process.execPath, [MAIN, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Starts the real restic on the repository of this home; what it reads never ends. */
export function startRestic(home: string, args: readonly string[]): Running {
  const env = {
    PATH: process.env['PATH'] ?? '',
    RESTIC_REPOSITORY: join(home, 'repository'),
    RESTIC_PASSWORD: CHEAP_PASSWORD,
  };
  return running(spawn('restic', ['--no-cache', ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] }));
}

/** Names of the lock files, once there is one. */
export async function whenLocked(home: string): Promise<readonly string[]> {
  const folder = join(home, 'repository', 'locks');
  using watcher = watchFolder(folder);
  for (;;) {
    const locks = lockNames(home);
    if (locks.length > 0) return locks;
    await watcher.changed();
  }
}

/** Names of the lock files. */
export const lockNames = (home: string): readonly string[] =>
  readdirSync(join(home, 'repository', 'locks')).filter((name) => /^[0-9a-f]{64}$/.test(name));

function watchFolder(folder: string): Disposable & { changed(): Promise<unknown> } {
  const watcher = watch(folder);
  return { changed: () => once(watcher, 'change'), [Symbol.dispose]: () => watcher.close() };
}

function running(child: ChildProcess): Running {
  const said = Promise.all(
    [child.stdout, child.stderr].map((stream) => (stream === null ? Promise.resolve('') : text(stream))),
  );
  const ended = once(child, 'close').then(async ([status]) => ({
    status: typeof status === 'number' ? status : undefined,
    said: (await said).join('\n'),
  }));
  return {
    child,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
