import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '@holdfast/kernel';
import { CHEAP_PASSWORD, cheapRepository } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';
import type { Host } from '#host.ts';

/** Makes a home folder with a repository that is cheap to open, and its password. */
export async function cheapHome(
  home: string,
  { clock, random: bytes }: Pick<Host, 'clock' | 'random'> = { clock: systemClock, random },
): Promise<void> {
  await mkdir(home, { mode: 0o700 });
  await cheapRepository(new LocalStore(join(home, 'repository')), { clock, random: bytes });
  await writeFile(join(home, 'password'), `${CHEAP_PASSWORD}\n`, { mode: 0o600 });
}

/** A computer with that home folder, of a person whose own folder is the one around it. Nobody hears what it is told, and it has no threads. */
export function quietHost(home: string, other: Partial<Host> = {}): Host {
  return {
    env: { HOLDFAST_HOME: home },
    cwd: dirname(home),
    platform: 'linux',
    homeFolder: dirname(home),
    clock: brisk(systemClock),
    timeZone: 'UTC',
    random,
    identity: { hostname: 'desk', username: 'ada', pid: 4711, uid: 1000, gid: 1000 },
    isProcessAlive: () => true,
    signal: new AbortController().signal,
    threads: 0,
    tell: { note: () => {}, trouble: () => {} },
    ...other,
  };
}

/** The same clock, by which locks settle when `settling` is done, or at once; what would be a long wait stays one. */
export function brisk(clock: Clock, settling?: () => Promise<void>): Clock {
  return {
    now: () => clock.now(),
    sleep: async (duration, signal) => {
      if (duration.total({ unit: 'seconds' }) >= 1) await clock.sleep(duration, signal);
      else await settling?.();
    },
  };
}

/** Bytes that nobody foresees. */
export const random = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));
