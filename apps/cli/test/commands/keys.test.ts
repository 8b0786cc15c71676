import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { type TestWorld, testWorld } from '../../test-setup/test-world.ts';

const NEW = 'a brand new secret';

async function secondPassword(world: TestWorld): Promise<string> {
  const path = join(world.path, 'new-password');
  await writeFile(path, `${NEW}\n`);
  return path;
}

test('it lists, adds and removes keys, and keeps the one in use', async () => {
  await using world = await testWorld();
  const file = await secondPassword(world);
  const added = await world.lines(['keys', 'add', '--new-password-file', file]);
  assert.equal(added.status, 0);
  const listed = await world.lines(['keys', 'list', '--password-file', file]);
  const keys = listed.out.filter((line) => line.type === 'key');
  assert.equal(keys.length, 2);
  const current = keys.find((key) => key.isCurrent);
  const other = keys.find((key) => !key.isCurrent);
  assert.ok(current !== undefined && other !== undefined);
  assert.deepEqual(added.out, [{ type: 'key-changed', action: 'added', id: current.id }]);

  const refused = await world.run(['keys', 'remove', other.id]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /repository\/current-key/);
  const removed = await world.run(['keys', 'remove', other.id.slice(0, 12), '-p', file]);
  assert.equal(removed.status, 0, removed.stderr);
  assert.equal((await world.run(['keys'])).status, 12);
  const last = await world.run(['keys', 'remove', current.id, '-p', file]);
  assert.match(last.stderr, /repository\/last-key/);
});

test('it replaces the password in the home folder by the new one, and keeps the old one aside', async () => {
  await using world = await testWorld();
  const { status, stdout, stderr } = await world.run(['keys', 'passwd'], { answers: [NEW, NEW] });
  assert.equal(status, 0, stderr);
  assert.equal(await readFile(join(world.home, 'password'), 'utf8'), `${NEW}\n`);
  const aside = (await readdir(world.home)).filter((name) => name.startsWith('password.'));
  assert.equal(aside.length, 1);
  assert.equal(await readFile(join(world.home, aside[0] ?? ''), 'utf8'), `${CHEAP_PASSWORD}\n`);
  assert.ok(!`${stdout}${stderr}`.includes(NEW));
  assert.equal((await world.run(['backups'])).status, 0);
  assert.equal((await world.run(['backups'], { env: { HOLDFAST_PASSWORD: CHEAP_PASSWORD } })).status, 12);
});

test('it opens with the new password after a change that was cut off, and then has only that', async () => {
  await using world = await testWorld();
  const file = await secondPassword(world);
  assert.equal((await world.run(['keys', 'passwd', '--new-password-file', file])).status, 0);
  // As if the last step had not come: the repository has the new password, the home folder still the old one.
  await writeFile(join(world.home, 'password'), `${CHEAP_PASSWORD}\n`);
  await writeFile(join(world.home, 'password.new'), `${NEW}\n`);
  assert.equal((await world.run(['backups'])).status, 0);
  assert.equal(await readFile(join(world.home, 'password'), 'utf8'), `${NEW}\n`);
  assert.ok(!(await readdir(world.home)).includes('password.new'));
});

test('it leaves the home folder alone when another password was in use, and says what to do', async () => {
  await using world = await testWorld();
  const first = await secondPassword(world);
  assert.equal((await world.run(['keys', 'add', '--new-password-file', first])).status, 0);
  const third = join(world.path, 'third');
  await writeFile(third, 'third secret');
  const { status, stderr } = await world.run(['keys', 'passwd', '--new-password-file', third, '-p', first]);
  assert.equal(status, 0);
  assert.match(stderr, /new-password still holds the old password/);
  assert.equal(await readFile(join(world.home, 'password'), 'utf8'), `${CHEAP_PASSWORD}\n`);
  assert.equal((await world.run(['keys'])).status, 0);
});

test('it leaves the password that the repository in the home folder needs, when that of another one changes', async () => {
  await using world = await testWorld();
  const other = ['--repository', join(world.path, 'other')];
  assert.equal((await world.run(['init', ...other])).status, 0);
  const file = await secondPassword(world);
  const { status, stderr } = await world.run(['keys', 'passwd', '--new-password-file', file, ...other]);
  assert.equal(status, 0);
  assert.match(stderr, /the repository in the home folder needs it/);
  assert.equal((await world.run(['backups'])).status, 0);
  assert.equal((await world.run(['backups', ...other, '-p', file])).status, 0);
});

test('it refuses new passwords that differ, are empty or could not be put into a file', async () => {
  await using world = await testWorld();
  for (const answers of [
    ['one', 'other'],
    ['', ''],
    [' one', ' one'],
  ]) {
    const { status, stderr } = await world.run(['keys', 'passwd'], { answers });
    assert.equal(status, 1);
    assert.match(stderr, /cli\/declined/);
  }
  const { status, stderr } = await world.run(['keys', 'add']);
  assert.equal(status, 12);
  assert.match(stderr, /--new-password-file/);
});
