import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { testWorld } from '../../test-setup/test-world.ts';

test('it goes on where a first run was cut off, with the password it had kept', async () => {
  await using world = await testWorld({ isNew: true });
  await mkdir(world.home);
  await writeFile(join(world.home, 'password.new'), 'kept by the first run\n', { mode: 0o600 });
  assert.equal((await world.run(['init'])).status, 0);
  assert.equal(await readFile(join(world.home, 'password'), 'utf8'), 'kept by the first run\n');
  assert.deepEqual((await readdir(world.home)).toSorted(), ['password', 'repository']);
});

test('it finishes a creation that was cut off after the repository was made', async () => {
  await using world = await testWorld({ isNew: true });
  assert.equal((await world.run(['init'])).status, 0);
  await rename(join(world.home, 'password'), join(world.home, 'password.new'));
  assert.equal((await world.run(['backups'])).status, 0);
  assert.deepEqual((await readdir(world.home)).toSorted(), ['password', 'repository']);
});

test('it makes one repository when two runs begin at once', async () => {
  await using world = await testWorld({ isNew: true });
  await mkdir(join(world.path, 'stuff'));
  await writeFile(join(world.path, 'stuff', 'a.txt'), 'a');
  const both = await Promise.all([world.run(['backup', 'stuff']), world.run(['backup', 'stuff'])]);
  assert.deepEqual(
    both.map(({ status }) => status),
    [0, 0],
    both.map(({ stderr }) => stderr).join('\n'),
  );
  assert.deepEqual((await readdir(world.home)).filter((name) => name !== 'password.new').toSorted(), [
    'catalog.sqlite',
    'password',
    'repository',
  ]);
  const { out } = await world.lines(['backups']);
  assert.equal(out.length, 2);
});

test('it never invents a password over an old one', async () => {
  await using world = await testWorld({ isNew: true });
  await mkdir(join(world.path, 'stuff'));
  assert.equal((await world.run(['init'])).status, 0);
  const password = await readFile(join(world.home, 'password'), 'utf8');
  await rm(join(world.home, 'repository'), { recursive: true });
  const { status, stderr } = await world.run(['backup', 'stuff']);
  assert.equal(status, 10);
  assert.match(stderr, /though its password is at .*\n→ If it was moved/);
  assert.equal((await world.run(['init'])).status, 0);
  assert.equal(await readFile(join(world.home, 'password'), 'utf8'), password);
});

test('it never creates a repository at a place that was named, but by init', async () => {
  await using world = await testWorld({ isNew: true });
  await mkdir(join(world.path, 'stuff'));
  const told = await world.run(['backup', 'stuff', '--repository', 'drive/typo']);
  assert.equal(told.status, 10);
  assert.match(told.stderr, /holdfast init/);
  await assert.rejects(stat(join(world.path, 'drive')), { code: 'ENOENT' });
});

test('it lets nobody else into the home folder', async () => {
  await using world = await testWorld({ isNew: true });
  await world.run(['init']);
  assert.equal((await stat(world.home)).mode & 0o777, 0o700);
  assert.equal((await stat(join(world.home, 'password'))).mode & 0o777, 0o600);
});

test('it makes the repository where a link of its name leads, and nothing while that is not there', async () => {
  await using world = await testWorld({ isNew: true });
  await mkdir(join(world.path, 'stuff'));
  await mkdir(world.home);
  await symlink(join(world.path, 'drive'), join(world.home, 'repository'));
  const { status, stderr } = await world.run(['backup', 'stuff']);
  assert.equal(status, 10);
  assert.match(stderr, /repository is a link to a folder that is not there.*\n→ Connect the drive/);
  assert.deepEqual(
    (await readdir(world.home)).filter((name) => !name.startsWith('catalog')),
    ['repository'],
  );
  await mkdir(join(world.path, 'drive'));
  assert.equal((await world.run(['init'])).status, 0);
  assert.ok((await readdir(join(world.path, 'drive'))).includes('config'));
  assert.equal((await world.run(['check'])).status, 0);
});
