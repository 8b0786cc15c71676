import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolderSource } from '@holdfast/devices';
import { backup } from '@holdfast/engine';
import { type Host, openHere } from '@holdfast/home';
import { brisk, cheapHome, quietHost } from '@holdfast/home/testing';
import { type FakeClock, fakeClock, seededRandom, temporaryFolder } from '@holdfast/testkit';
import type { Progress, RunTools } from '#runs/runner.ts';

/** A home folder with a repository, and a folder that is backed up into it. */
export interface BackedUpHome extends AsyncDisposable {
  readonly host: Host;
  readonly clock: FakeClock;
  readonly home: string;
  readonly from: string;
  /** Backs the folder up as it is now; gives the id of the snapshot. */
  backUp(): Promise<string>;
  password(): Promise<string>;
}

/** Creates it; the folder has a few files, and was not backed up yet. */
export async function backedUpHome(): Promise<BackedUpHome> {
  const temporary = await temporaryFolder();
  const home = join(temporary.path, 'home');
  const from = join(temporary.path, 'from');
  const clock = fakeClock();
  const host = quietHost(home, {
    clock: brisk(clock),
    random: seededRandom(1),
    identity: { hostname: 'testing', username: 'tester', uid: 1000, gid: 1000, pid: process.pid },
  });
  await mkdir(join(from, 'deep'), { recursive: true });
  for (let at = 0; at < 12; at++) await writeFile(join(from, 'deep', `${at}.txt`), `text ${at}`);
  await writeFile(join(from, 'long.bin'), seededRandom(4)(3_000_000));
  await cheapHome(home, host);
  return {
    host,
    clock,
    home,
    from,
    async backUp() {
      const { repository } = await openHere(host);
      const source = await openFolderSource(from, { machine: 'testing' });
      const options = { clock: host.clock, isProcessAlive: () => true, threads: 0 };
      for await (const event of backup(repository, source, options))
        if (event.kind === 'done') return event.summary.snapshot ?? '';
      throw new Error('the backup told no end');
    },
    password: async () => (await readFile(join(home, 'password'), 'utf8')).trim(),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

/** What a runner is given, and what it told. */
export function runTools(): RunTools & {
  readonly items: Parameters<RunTools['setAside']>[0][];
  readonly progress: () => Progress | undefined;
} {
  const items: Parameters<RunTools['setAside']>[0][] = [];
  let last: Progress | undefined;
  return {
    signal: new AbortController().signal,
    report: (progress) => {
      last = progress();
    },
    setAside: (item) => items.push(item),
    items,
    progress: () => last,
  };
}
