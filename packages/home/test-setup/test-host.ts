import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from '@holdfast/kernel';
import { CHEAP_PASSWORD, cheapRepository } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';
import { temporaryFolder } from '@holdfast/testkit';
import type { Host } from '#host.ts';

/** A folder with a home in it, and what the host was told. */
export interface TestHost extends AsyncDisposable {
  readonly path: string;
  readonly host: Host;
  readonly told: readonly string[];
}

/** Locks settle at once; what would be a long wait stays one. */
const BRISK: Clock = {
  now: () => systemClock.now(),
  sleep: async (duration, signal) => {
    if (duration.total({ unit: 'seconds' }) >= 1) await systemClock.sleep(duration, signal);
  },
};

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

/** A host whose home has a repository that is cheap to open, and its password. */
export async function testHost(): Promise<TestHost> {
  const folder = await temporaryFolder();
  const home = join(folder.path, 'home');
  await mkdir(home, { mode: 0o700 });
  await cheapRepository(new LocalStore(join(home, 'repository')), { clock: systemClock, random });
  await writeFile(join(home, 'password'), `${CHEAP_PASSWORD}\n`, { mode: 0o600 });
  const told: string[] = [];
  const tell = (text: string): void => void told.push(text);
  const host: Host = {
    env: { HOLDFAST_HOME: home },
    cwd: folder.path,
    platform: 'linux',
    homeFolder: folder.path,
    clock: BRISK,
    timeZone: 'UTC',
    random,
    identity: { hostname: 'desk', username: 'ada', pid: 4711, uid: 1000, gid: 1000 },
    isProcessAlive: () => true,
    signal: new AbortController().signal,
    threads: 0,
    tell: { note: tell, trouble: tell },
  };
  return { path: folder.path, host, told, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}
