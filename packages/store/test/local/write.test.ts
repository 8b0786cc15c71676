import { deepEqual, equal, rejects } from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';
import { giveName, writeNew } from '#local/write.ts';

/** A file system that answers `link` with this error: FAT and exFAT say EPERM, others what open(2) calls unsupported. */
const refusesLinks = (code: string) => async (): Promise<void> => {
  throw Object.assign(new Error(`${code}: link`), { code, errno: -1 });
};

for (const code of ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK']) {
  test(`it gives a free name, and refuses a taken one, without hard links (${code})`, async () => {
    await using folder = await temporaryFolder();
    const [temporary, path] = [join(folder.path, 'temporary'), join(folder.path, 'name')];
    await writeFile(temporary, 'first');
    equal(await giveName(temporary, path, refusesLinks(code)), true);
    deepEqual(await readdir(folder.path), ['name']);
    await writeFile(temporary, 'second');
    equal(await giveName(temporary, path, refusesLinks(code)), false);
    equal(await readFile(path, 'utf8'), 'first');
  });
}

test('it gives a name to one of many at the same time, without hard links', async () => {
  await using folder = await temporaryFolder();
  const temporaries = ['a', 'b', 'c', 'd'].map((name) => join(folder.path, name));
  for (const temporary of temporaries) await writeFile(temporary, temporary);
  const path = join(folder.path, 'name');
  const given = await Promise.all(temporaries.map((each) => giveName(each, path, refusesLinks('EPERM'))));
  equal(given.filter(Boolean).length, 1);
  equal(await readFile(path, 'utf8'), temporaries[given.indexOf(true)]);
});

test('it passes on whatever else keeps a name from being given', async () => {
  await using folder = await temporaryFolder();
  const [temporary, path] = [join(folder.path, 'temporary'), join(folder.path, 'name')];
  await writeFile(temporary, 'first');
  await rejects(giveName(temporary, path, refusesLinks('EIO')), { code: 'EIO' });
  deepEqual(await readdir(folder.path), ['temporary']);
});

test('it leaves nothing behind when memory it was given cannot be written', async () => {
  await using folder = await temporaryFolder();
  const [temporary, path] = [join(folder.path, 'temporary'), join(folder.path, 'name')];
  const parts = ['not bytes' as unknown as Uint8Array];
  await rejects(writeNew({ path, temporary, parts }));
  deepEqual(await readdir(folder.path), []);
});
