import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import { FileCache } from '#pictures/file-cache.ts';

const nameOf = (number: number): string => number.toString(16).padStart(2, '0').repeat(32);

suite('FileCache', () => {
  test('it keeps what was used last, and no more than it may', async () => {
    await using folder = await temporaryFolder();
    const clock = fakeClock();
    const cache = new FileCache({ folder: folder.path, limitBytes: 1000, clock });
    for (let number = 0; number < 10; number++) {
      await cache.put(nameOf(number), new Uint8Array(100).fill(number));
      clock.advance(Temporal.Duration.from({ hours: 30 }));
    }
    equal((await cache.get(nameOf(0)))?.[0], 0);
    clock.advance(Temporal.Duration.from({ hours: 30 }));
    await cache.put(nameOf(10), new Uint8Array(100));
    const left: number[] = [];
    for (let number = 0; number <= 10; number++) if (await cache.get(nameOf(number))) left.push(number);
    deepEqual(left, [0, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('it is as if nothing had been there when the folder is removed, and follows no link', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'cache');
    const cache = new FileCache({ folder: path, limitBytes: 1000, clock: fakeClock() });
    equal(await cache.get(nameOf(1)), undefined);
    await cache.put(nameOf(1), Buffer.from('one'));
    await rm(path, { recursive: true });
    equal(await cache.get(nameOf(1)), undefined);
    await cache.put(nameOf(1), Buffer.from('two'));
    equal(Buffer.from((await cache.get(nameOf(1))) ?? []).toString(), 'two');
    await writeFile(join(folder.path, 'secret'), 'secret');
    await symlink(join(folder.path, 'secret'), join(path, '01', nameOf(1).replace(/^0101/, '0102')));
    equal(await cache.get(nameOf(1).replace(/^0101/, '0102')), undefined);
    ok((await readdir(path)).every((name) => !name.startsWith('draft')));
  });
});
