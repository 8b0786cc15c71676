import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonLine } from '@holdfast/contract';
import { jsonLineSchema } from '@holdfast/contract/validators';
import { brisk, cheapHome, random } from '@holdfast/home/testing';
import { concatBytes, systemClock } from '@holdfast/kernel';
import { temporaryFolder } from '@holdfast/testkit';
import { main } from '#main.ts';
import type { World } from '#world.ts';

/** What a command line did. */
export interface Told {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Stdout as it is. */
  readonly bytes: Uint8Array;
}

/** What differs from the usual world: one without a terminal, in UTC. */
export interface Other {
  readonly answers?: readonly string[];
  readonly env?: World['env'];
  readonly timeZone?: string;
  /** Where phones announce themselves. */
  readonly wireless?: NonNullable<World['wireless']>;
  readonly signal?: AbortSignal;
  /** Told of a link that should be opened; default: there is no browser. */
  readonly openLink?: (link: string) => Promise<boolean>;
  /** A terminal, so wide; default: none. */
  readonly columns?: number;
  /** Told of what is printed, when it is. */
  readonly onPrinted?: (text: string) => void;
  /** What happens while a lock settles; default: it settles at once. */
  readonly settling?: () => Promise<void>;
}

/** A folder with a home in it, and the command run there. */
export interface TestWorld extends AsyncDisposable {
  readonly path: string;
  readonly home: string;
  /** Runs `holdfast` with these words; the answers are what is typed, on a terminal. */
  run(words: readonly string[], other?: Other): Promise<Told>;
  /** The same with `--json`: every line of both streams, validated. */
  lines(
    words: readonly string[],
    other?: Other,
  ): Promise<{ status: number; out: JsonLine[]; err: JsonLine[] }>;
}

const identity = { hostname: 'desk', username: 'ada', pid: 4711, uid: 1000, gid: 1000 };

/** A world whose home is empty, or has a repository that is cheap to open and its password. */
export async function testWorld({
  isNew = false,
  parent,
}: {
  readonly isNew?: boolean;
  /** The folder in which it is made; default the system's for what is temporary. */
  readonly parent?: string;
} = {}): Promise<TestWorld> {
  const folder = await temporaryFolder(parent);
  const home = join(folder.path, 'home');
  if (!isNew) await cheapHome(home);
  const run: TestWorld['run'] = async (words, other = {}) => {
    const { answers = [], env = {}, timeZone = 'UTC', wireless, openLink } = other;
    const { signal = new AbortController().signal, onPrinted, columns, settling } = other;
    const stdout: Uint8Array[] = [];
    const stderr: Uint8Array[] = [];
    const typed = answers.values();
    const status = await main(words, {
      env: { HOLDFAST_HOME: home, ...env },
      cwd: folder.path,
      platform: 'linux',
      homeFolder: folder.path,
      stdin: { isTTY: answers.length > 0, ask: async () => typed.next().value ?? '' },
      stdout: { ...outlet(stdout, onPrinted), ...(columns !== undefined && { columns, isTTY: true }) },
      stderr: outlet(stderr),
      clock: brisk(systemClock, settling),
      timeZone,
      random,
      identity,
      isProcessAlive: () => true,
      signal,
      webFolder: join(folder.path, 'web'),
      ...(openLink && { openLink }),
      threads: 0,
      ...(wireless && { wireless }),
    });
    const bytes = concatBytes(stdout);
    return { status, stdout: text(bytes), stderr: text(concatBytes(stderr)), bytes };
  };
  return {
    path: folder.path,
    home,
    run,
    lines: async (words, other) => {
      const { status, stdout, stderr } = await run([...words, '--json'], other);
      return { status, out: parseLines(stdout), err: parseLines(stderr) };
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** A test world with one backup of a folder `pictures`: `cat.jpg`, and `2026/dog.jpg` with 300,000 bytes. */
export async function worldWithBackup(): Promise<TestWorld> {
  const world = await testWorld();
  await mkdir(join(world.path, 'pictures', '2026'), { recursive: true });
  await writeFile(join(world.path, 'pictures', 'cat.jpg'), 'meow');
  await writeFile(join(world.path, 'pictures', '2026', 'dog.jpg'), DOG);
  const told = await world.run(['backup', 'pictures']);
  assert.equal(told.status, 0, told.stderr);
  return world;
}

/** What `dog.jpg` holds. */
export const DOG: Uint8Array = Uint8Array.from({ length: 300_000 }, (_, at) => (at * at) % 251);

function outlet(chunks: Uint8Array[], onPrinted?: (printed: string) => void): World['stdout'] {
  return {
    isTTY: false,
    columns: 80,
    write: async (chunk) => {
      chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk.slice());
      if (typeof chunk === 'string') onPrinted?.(chunk);
    },
  };
}

/** The lines of `--json`, validated. */
export function parseLines(printed: string): JsonLine[] {
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => jsonLineSchema.parse(JSON.parse(line)));
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
