import { deepEqual, equal, throws } from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';
import { giveName } from '#give-name.ts';

/** What a drive with FAT answers to link(2). */
const noLinks = (): never => {
  throw Object.assign(new Error('EPERM'), { errno: -1, code: 'EPERM' });
};

test('it replaces nothing where there are no hard links either', async () => {
  await using folder = await temporaryFolder();
  const [from, to] = [join(folder.path, 'from'), join(folder.path, 'to')];
  writeFileSync(from, 'new');
  writeFileSync(to, 'old');
  equal(giveName(from, to, 'keep', noLinks), false);
  equal(readFileSync(to, 'utf8'), 'old');
  equal(giveName(from, join(folder.path, 'free'), 'keep', noLinks), true);
  deepEqual(readdirSync(folder.path).toSorted(), ['free', 'to']);
  equal(readFileSync(join(folder.path, 'free'), 'utf8'), 'new');
});

test('it leaves no empty file under a name that it could not give', async () => {
  await using folder = await temporaryFolder();
  const to = join(folder.path, 'to');
  throws(() => giveName(join(folder.path, 'absent'), to, 'keep', noLinks), { code: 'ENOENT' });
  deepEqual(readdirSync(folder.path), []);
});
