import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';

const MAIN = join(import.meta.dirname, '../bin/holdfast.js');

/** How a real process of the command is started. */
export interface ProcessOptions {
  readonly home: string;
  readonly cwd?: string;
  /** The account it runs as; default ours. */
  readonly uid?: number;
  /** A program that starts it: `nohup`. */
  readonly under?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A file that takes the results: `/dev/full`. Default: the test reads them. */
  readonly stdoutTo?: string;
}

/** How a process ended. */
export interface Ended {
  /** Absent when a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process under way; disposing kills it. */
export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** `holdfast` in a process of its own. */
export function startHoldfast(
  words: readonly string[],
  { home, cwd, uid, under, env = {}, stdoutTo }: ProcessOptions,
): Running {
  const [program = '', ...before] = under === undefined ? [process.execPath] : [under, process.execPath];
  const stdout = stdoutTo === undefined ? 'pipe' : openSync(stdoutTo, 'w');
  const child = spawn(program, [...before, MAIN, ...words], {
    env: { PATH: process.env['PATH'] ?? '', HOLDFAST_HOME: home, ...cacheOf(uid), ...env },
    stdio: ['ignore', stdout, 'pipe'],
    ...(cwd !== undefined && { cwd }),
    ...(uid !== undefined && { uid, gid: uid }),
  });
  if (stdout !== 'pipe') closeSync(stdout);
  return running(child);
}

/** `holdfast` in a process of its own, to its end. */
export const holdfast = (words: readonly string[], options: ProcessOptions): Promise<Ended> =>
  startHoldfast(words, options).ended;

/** The real restic on the repository of this home; what it reads never ends. */
export function startRestic(args: readonly string[], home: string): Running {
  const env = {
    PATH: process.env['PATH'] ?? '',
    RESTIC_REPOSITORY: join(home, 'repository'),
    RESTIC_PASSWORD: CHEAP_PASSWORD,
  };
  return running(spawn('restic', ['--no-cache', ...args], { env, stdio: 'pipe' }));
}

/** The tests' own cache of compiled modules; another account finds nothing of ours, and we nothing of its. */
const cacheOf = (uid: number | undefined): Readonly<Record<string, string>> => ({
  NODE_COMPILE_CACHE: (uid === undefined && process.env['NODE_COMPILE_CACHE']) || '/dev/null/none',
});

function running(child: ChildProcess): Running {
  const closed = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? undefined));
  });
  const ended = Promise.all([closed, textOf(child.stdout), textOf(child.stderr)]).then(
    ([status, stdout, stderr]) => ({ status, stdout, stderr }),
  );
  return {
    child,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** All a stream has to say; nothing of one that the test does not read, or closed. */
const textOf = async (stream: Readable | null): Promise<string> =>
  stream === null ? '' : await text(stream).catch(() => '');
