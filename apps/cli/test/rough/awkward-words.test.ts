import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '@holdfast/kernel';
import { cheapRepository } from '@holdfast/repository/testing';
import { NONCE_LENGTH } from '@holdfast/restic-format';
import { LocalStore } from '@holdfast/store';
import { seededRandom } from '@holdfast/testkit';
import { testWorld } from '../../test-setup/test-world.ts';

test('it takes one folder for the same however it is written, once', async () => {
  await using world = await testWorld();
  mkdirSync(join(world.path, 's', 'sub'), { recursive: true });
  writeFileSync(join(world.path, 's', 'sub', 'f'), '1');
  symlinkSync('s', join(world.path, 'link'));
  const { status, out } = await world.lines([
    'backup',
    's',
    's/',
    './s/.',
    's/sub/..',
    'link',
    join(world.path, 's'),
  ]);
  assert.equal(status, 0);
  assert.equal(out.filter(({ type }) => type === 'backup').length, 1);
  const nested = await world.lines(['backup', 's', 's/sub']);
  const made = nested.out.flatMap((line) => (line.type === 'backup' ? [line] : []));
  assert.deepEqual(
    made.map(({ device, balance, newBytes }) => [device.name, balance.verified, newBytes]),
    [
      ['s', 1, 0],
      ['sub', 1, 0],
    ],
  );
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
});

test('it backs up an empty folder, and gives it back', async () => {
  await using world = await testWorld();
  mkdirSync(join(world.path, 'empty'));
  assert.equal((await world.run(['backup', 'empty'])).status, 0);
  assert.equal((await world.run(['restore', 'latest', '--to', 'to'])).status, 0);
  assert.deepEqual(readdirSync(join(world.path, 'to', 'empty')), []);
});

test('it leaves its own repository out of a folder that holds it, and refuses the repository itself', async () => {
  await using world = await testWorld();
  writeFileSync(join(world.path, 'f'), 'f');
  const { status, out } = await world.lines(['backup', '.']);
  assert.equal(status, 0);
  const skipped = out.flatMap((line) => (line.type === 'item' ? [[line.path, line.reason]] : []));
  assert.deepEqual(skipped, [['home/repository', 'own-repository']]);
  for (const inside of ['home/repository', 'home/repository/data']) {
    const refused = await world.run(['backup', inside]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /devices\/own-repository.*\n→ /);
  }
});

for (const [what, words, status, says] of [
  ['a file', ['backup', 'f'], 1, /no folder, but something else.*\n→ Name the folder it is in/],
  ['a file with a slash', ['backup', 'f/'], 1, /no folder, but something else/],
  ['what is not there', ['backup', 'nowhere'], 1, /no folder at .*nowhere.*\n→ Correct the path, or connect/],
  ['one good, one bad', ['backup', 's', 'nowhere'], 1, /no folder at .*nowhere/],
  ['a name like an option, after --', ['backup', '--', '-x'], 1, /no folder at .*-x/],
  ['an option nobody knows', ['backup', '-x'], 2, /Unknown option -x/],
  ['an empty word', ['backup', ''], 2, /an empty word names none/],
  ['a name with a line break', ['backup', 's\n'], 1, /no folder at .*s\\n, /],
  ['a target that is a file', ['restore', 'latest', '--to', 'f'], 1, /no folder, but something else/],
  ['a target below a file', ['restore', 'latest', '--to', 'f/x'], 1, /no folder, but something else/],
  ['no target', ['restore', 'latest'], 2, /needs --to/],
  ['a path that leads up', ['restore', 'latest:../../etc', '--to', 'to'], 1, /has nothing at/],
] as const) {
  test(`it answers ${what} with a sentence and status ${status}, and makes no backup`, async () => {
    await using world = await testWorld();
    mkdirSync(join(world.path, 's'));
    writeFileSync(join(world.path, 'f'), 'f');
    if (words[0] === 'restore') assert.equal((await world.run(['backup', 's'])).status, 0);
    const told = await world.run(words);
    assert.equal(told.status, status, told.stderr);
    assert.match(told.stderr, says);
    if (words[0] === 'backup') assert.match((await world.run(['backups'])).stdout, /no backups yet/);
  });
}

for (const [what, content, mode, status, says] of [
  ['wrong', 'wrong', 0o600, 12, /does not open the repository.*\n→ Check the password file/],
  ['empty', '', 0o600, 12, /is empty .*\n→ Put the password into it/],
  ['blank', ' \n', 0o600, 12, /is empty/],
  ['not UTF-8', Buffer.from([0x63, 0xe9]), 0o600, 12, /is not text in UTF-8 .*\n→ Save it as UTF-8/],
  ['much too long', 'x'.repeat(10_000), 0o600, 12, /too long/],
  ['missing', undefined, 0, 12, /no password file at/],
] as const) {
  test(`it ends with ${status} when the password file is ${what}`, async () => {
    await using world = await testWorld();
    mkdirSync(join(world.path, 's'));
    const file = join(world.path, 'pw');
    if (content !== undefined) {
      writeFileSync(file, content);
      chmodSync(file, mode);
    }
    for (const words of [['backup', 's'], ['ls', 'latest'], ['restore', 'latest', '--to', 'to'], ['check']]) {
      const told = await world.run([...words, '--password-file', file]);
      assert.equal(told.status, status, told.stderr);
      assert.match(told.stderr, says);
    }
  });
}

test('it reads no more than a page of what is named as the password file', async () => {
  await using world = await testWorld();
  const file = join(world.path, 'video');
  writeFileSync(file, 'x');
  truncateSync(file, 2 ** 32);
  const told = await world.run(['check', '--password-file', file]);
  assert.equal(told.status, 12, told.stderr);
  assert.match(told.stderr, /too long to be a password file/);
});

test('it says that a password file is none when it is a folder', async () => {
  await using world = await testWorld();
  const told = await world.run(['check', '--password-file', '.']);
  assert.equal(told.status, 12);
  assert.match(told.stderr, /cannot be read \(EISDIR\).*\n→ /);
});

test('it ends with 10 where there is no repository, and makes none where somebody named a place', async () => {
  await using world = await testWorld();
  mkdirSync(join(world.path, 's'));
  mkdirSync(join(world.path, 'unplugged'));
  for (const words of [
    ['backup', 's'],
    ['ls', 'latest'],
    ['restore', 'latest', '--to', 'to'],
    ['check'],
    ['prune'],
  ]) {
    for (const place of ['unplugged', 'nowhere', 'home/password']) {
      const told = await world.run([...words, '--repository', place]);
      assert.equal(told.status, 10, `${words[0]} ${place}: ${told.stderr}`);
      assert.match(told.stderr, /no repository at .*\n→ /);
    }
  }
  assert.deepEqual(readdirSync(join(world.path, 'unplugged')), []);
  rmSync(join(world.home, 'repository'), { recursive: true });
  const lost = await world.run(['backup', 's']);
  assert.equal(lost.status, 10);
  assert.match(lost.stderr, /though its password is at .*\n→ If it was moved, name its place/);
});

test('it refuses a repository of a newer format, and says to update', async () => {
  await using world = await testWorld();
  mkdirSync(join(world.path, 's'));
  const place = join(world.path, 'newer');
  const random = seededRandom(4);
  const { sealer, config } = await cheapRepository(new LocalStore(place), { clock: systemClock, random });
  const newer = { version: 3, id: config.id, chunker_polynomial: '25b468838dcb75' };
  chmodSync(join(place, 'config'), 0o600);
  writeFileSync(join(place, 'config'), sealer.seal(Buffer.from(JSON.stringify(newer)), random(NONCE_LENGTH)));
  for (const words of [['backup', 's'], ['ls', 'latest'], ['check'], ['prune']]) {
    const told = await world.run([...words, '--repository', place]);
    assert.equal(told.status, 1, told.stderr);
    assert.match(told.stderr, /restic-format\/newer-version.*\n→ /);
  }
});

test('it says what is wrong where the home folder is a file', async () => {
  await using world = await testWorld();
  mkdirSync(join(world.path, 's'));
  writeFileSync(join(world.path, 'f'), 'f');
  for (const words of [['backup', 's'], ['init'], ['ls', 'latest']]) {
    for (const home of ['f', 'f/inside']) {
      const told = await world.run(words, { env: { HOLDFAST_HOME: join(world.path, home) } });
      assert.equal(told.status, 1, told.stderr);
      assert.match(told.stderr, /\(ENOTDIR\) \(home\/folder\)\n→ A file is where a folder should be/);
    }
  }
});
