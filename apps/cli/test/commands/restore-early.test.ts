import { deepEqual, equal, match } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '@holdfast/kernel';
import { acquireLock, openRepository } from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';
import { lockNames } from '../../test-setup/locks.ts';
import { DOG, type TestWorld, worldWithBackup } from '../../test-setup/test-world.ts';

const dogIn = ({ path }: TestWorld): string => join(path, 'back', 'pictures', '2026', 'dog.jpg');

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setImmediate();
}

/** As after an "unlock --all" of somebody who then keeps everybody out: our lock is gone, and theirs is there. */
async function takeOver({ home }: TestWorld): Promise<AsyncDisposable> {
  const place = join(home, 'repository');
  for (const name of lockNames(home)) await rm(join(place, 'locks', name));
  const repository = await openRepository(new LocalStore(place), CHEAP_PASSWORD, {
    clock: { ...systemClock, sleep: async () => {} },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    identity: { hostname: 'desk', username: 'bob', pid: 4712, uid: 1000, gid: 1000 },
  });
  return await acquireLock(repository, { exclusive: true, isProcessAlive: () => true });
}

suite('giving back while the lock settles', () => {
  test('it has begun before the lock counts, and tells of it after', async () => {
    await using world = await worldWithBackup();
    let told = '';
    let toldBefore = '';
    const { status, stdout } = await world.run(['restore', 'latest', '--to', 'back'], {
      onPrinted: (text) => {
        told += text;
      },
      // Would never settle if nothing were given back before.
      settling: async () => {
        await until(() => existsSync(dogIn(world)));
        toldBefore = told;
      },
    });
    equal(status, 0);
    equal(toldBefore, '');
    match(stdout, /^found 2 = verified 2 \+ waiting 0 \+ skipped 0 \+ failed 0$/m);
    match(stdout, /^2 items written and read back/m);
  });

  test('it keeps what it gave back where the lock is not to be had, and the next restore takes it up', async () => {
    await using world = await worldWithBackup();
    let other: AsyncDisposable | undefined;
    const refused = await world.run(['restore', 'latest', '--to', 'back'], {
      settling: async () => {
        await until(() => existsSync(dogIn(world)));
        other = await takeOver(world);
      },
    });
    await other?.[Symbol.asyncDispose]();
    deepEqual([refused.status, refused.stdout], [11, '']);
    deepEqual(new Uint8Array(await readFile(dogIn(world))), DOG);
    const again = await world.run(['restore', 'latest', '--to', 'back']);
    equal(again.status, 0, again.stderr);
    match(again.stdout, /verified 2 .*\n.*there already/);
  });

  test('it overwrites nothing before the lock counts', async () => {
    await using world = await worldWithBackup();
    await mkdir(join(world.path, 'back', 'pictures', '2026'), { recursive: true });
    await writeFile(dogIn(world), 'mine');
    let other: AsyncDisposable | undefined;
    const { status } = await world.run(['restore', 'latest', '--to', 'back', '--conflict', 'overwrite'], {
      settling: async () => {
        for (let turn = 0; turn < 200; turn++) await setImmediate();
        other = await takeOver(world);
      },
    });
    await other?.[Symbol.asyncDispose]();
    equal(status, 11);
    equal(await readFile(dogIn(world), 'utf8'), 'mine');
  });
});
