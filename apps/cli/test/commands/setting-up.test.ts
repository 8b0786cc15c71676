import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { restic } from '@holdfast/testkit';
import { testWorld, worldWithBackup } from '../../test-setup/test-world.ts';

test('it creates a repository and a password at the first backup, and says so without showing it', async () => {
  await using world = await testWorld({ isNew: true });
  await mkdir(join(world.path, 'pictures'));
  await writeFile(join(world.path, 'pictures', 'cat.jpg'), 'meow');
  const { status, stdout, stderr } = await world.run(['backup', 'pictures']);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /Created an encrypted repository/);
  const file = join(world.home, 'password');
  const password = (await readFile(file, 'utf8')).trim();
  assert.match(password, /^[a-z2-9]{5}(-[a-z2-9]{5}){5}$/);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.ok(!`${stdout}${stderr}`.includes(password));
});

test('it creates a repository of either format where it is told to, once', async () => {
  await using world = await testWorld();
  for (const version of [1, 2] as const) {
    const words = ['init', '--repository', `drive-${version}`, '--format-version', String(version)];
    const { status, out } = await world.lines(words);
    assert.equal(status, 0);
    const [line] = out;
    assert.deepEqual(line?.type === 'repository' && [line.location, line.formatVersion], [
      join(world.path, `drive-${version}`),
      version,
    ]);
    const again = await world.run(words);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /repository\/exists/);
  }
});

test('it ends with 10 where there is no repository, and with 12 where no password fits', async () => {
  await using world = await testWorld();
  const wrong = join(world.path, 'wrong');
  await writeFile(wrong, 'wrong');
  const commands = [
    ['backups'],
    ['ls', 'latest'],
    ['dump', 'latest:/x'],
    ['keys', 'list'],
    ['keys', 'remove', 'abcd'],
    ['keys', 'add', '--new-password-file', wrong],
    ['keys', 'passwd', '--new-password-file', wrong],
    ['unlock'],
    ['recovery-kit'],
  ];
  for (const words of commands) {
    const nowhere = await world.lines([...words, '--repository', 'nowhere']);
    assert.equal(nowhere.status, 10, words.join(' '));
    const refused = await world.lines([...words, '--password-file', wrong]);
    assert.equal(refused.status, 12, words.join(' '));
    const absent = await world.lines([...words, '--password-file', 'absent']);
    assert.equal(absent.status, 12, words.join(' '));
    for (const { out, err } of [nowhere, refused, absent]) {
      assert.deepEqual(out, []);
      assert.equal(err.at(-1)?.type, 'error');
    }
  }
});

test('it shows the recovery kit, with the password that opens the repository', async () => {
  await using world = await testWorld();
  const { status, stdout, stderr } = await world.run(['recovery-kit']);
  assert.equal(status, 0);
  assert.match(stdout, new RegExp(`^Password {4}${CHEAP_PASSWORD}$`, 'm'));
  assert.match(stderr, /secret/);
  const { out } = await world.lines(['recovery-kit']);
  assert.equal(out[0]?.type === 'recovery-kit' && out[0].password, CHEAP_PASSWORD);
});

test('it writes the recovery kit into a new file that only its owner may read', async () => {
  await using world = await testWorld();
  const { status, stdout, stderr } = await world.run(['recovery-kit', '--out', 'kit.txt']);
  assert.equal(status, 0, stderr);
  assert.ok(!stdout.includes(CHEAP_PASSWORD));
  const path = join(world.path, 'kit.txt');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const kit = await readFile(path, 'utf8');
  assert.match(kit, new RegExp(`^Password {4}${CHEAP_PASSWORD}$`, 'm'));
  const again = await world.run(['recovery-kit', '--out', 'kit.txt']);
  assert.equal(again.status, 1);
  assert.match(again.stderr, /cli\/out-file/);
  assert.equal(await readFile(path, 'utf8'), kit);
});

test('it writes a recovery kit whose commands give everything back with restic alone', async () => {
  await using world = await worldWithBackup();
  const { stdout } = await world.run(['recovery-kit']);
  const password = /^Password {4}(.*)$/m.exec(stdout)?.[1] ?? '';
  const command = /^ +restic -r (\S+) (restore .*)$/m.exec(stdout);
  const [, repository = '', words = ''] = command ?? [];
  const result = await restic(words.split(' '), { repository, password, folder: world.path });
  assert.equal(result.status, 0, result.stderr);
  assert.equal(await readFile(join(world.path, 'restored/files/pictures/cat.jpg'), 'utf8'), 'meow');
});

test('it never prints the password but in the recovery kit', async () => {
  await using world = await worldWithBackup();
  const commands = [
    ['backup', 'pictures'],
    ['backups'],
    ['ls', 'latest', '-lR'],
    ['dump', 'latest:/holdfast.json'],
    ['keys'],
    ['keys', 'add'],
    ['unlock', '--all', '--yes'],
    ['init'],
    ['restore', 'latest', '--to', 'back'],
    ['recovery-kit', '--out', 'kit'],
    ['version'],
  ];
  for (const words of commands) {
    for (const more of [[], ['--json'], ['--verbose']]) {
      const { stdout, stderr } = await world.run([...words, ...more]);
      assert.ok(!`${stdout}${stderr}`.includes(CHEAP_PASSWORD), words.join(' '));
    }
  }
});
