import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from '@holdfast/kernel';
import { type OpenRepository, openRepository } from '@holdfast/repository';
import { createKeyFile, formatKeyFile, idOf } from '@holdfast/restic-format';
import { LocalStore } from '@holdfast/store';
import { restic } from '../restic.ts';
import { seededRandom } from '../seeded-random.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

/** Empty repositories as restic makes them, which takes it seconds: to be copied. */
export interface MadeByRestic extends AsyncDisposable {
  /** A new one at this path, opened. A key file that takes no time to try stands in the place of restic's. */
  at(path: string, version: 1 | 2, clock?: Clock): Promise<OpenRepository>;
}

/** Has the real restic make repositories with this password, one of each version that is asked for. */
export async function madeByRestic(password: string): Promise<MadeByRestic> {
  const folder = await temporaryFolder();
  const made = new Map<1 | 2, Promise<string>>();
  return {
    async at(path, version, clock = systemClock) {
      const template = made.getOrInsertComputed(version, () => make(folder, version, password));
      await cp(await template, path, { recursive: true });
      return open(path, password, clock);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function make(folder: TemporaryFolder, version: 1 | 2, password: string): Promise<string> {
  const path = join(folder.path, String(version));
  const words = ['init', '--repository-version', String(version)];
  const { status, stderr } = await restic(words, { repository: path, password });
  assert.equal(status, 0, stderr);
  const slow = await open(path, password, systemClock);
  const { store, identity, random } = slow;
  const created = Temporal.Now.instant().toString();
  const cheap = { ...identity, created, random, N: 1024, r: 8, p: 1 };
  const bytes = formatKeyFile(await createKeyFile(slow.masterKey, password, cheap));
  await store.put({ kind: 'key', name: idOf(bytes) }, [bytes]);
  await store.remove({ kind: 'key', name: slow.keyId });
  return path;
}

function open(path: string, password: string, clock: Clock): Promise<OpenRepository> {
  const identity = { hostname: 'testing', username: 'tester', pid: 4711, uid: 1000, gid: 1000 };
  return openRepository(new LocalStore(path), password, { clock, random: seededRandom(3), identity });
}
