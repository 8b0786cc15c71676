import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { worldWithTwoBackups } from '../../test-setup/damage.ts';
import { DOG, testWorld, worldWithBackup } from '../../test-setup/test-world.ts';

test('it lists backups by device', async () => {
  await using world = await worldWithBackup();
  const { status, stdout } = await world.run(['backups']);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^pictures \(folder-[0-9a-f]{16}\)\n {2}[0-9a-f]{8} {2}\d{4}-\d\d-\d\d \d\d:\d\d\n\n1 backup\n$/,
  );
  const { out, err } = await world.lines(['backups', 'PICTURES']);
  assert.deepEqual(
    out.map((line) => line.type),
    ['snapshot'],
  );
  assert.deepEqual(err, []);
});

test('it lists the backups that are whole when one is damaged, and says so also when told to be quiet', async () => {
  await using world = await worldWithTwoBackups();
  const [first] = (await world.lines(['backups'])).out;
  const id = first?.type === 'snapshot' ? first.id : '';
  const path = join(world.home, 'repository', 'snapshots', id);
  await chmod(path, 0o600);
  await writeFile(path, 'damaged');
  for (const options of [[], ['--quiet']]) {
    const { status, stdout, stderr } = await world.run(['backups', ...options]);
    assert.equal(status, 3);
    assert.match(stdout, /\n1 backup\n$/);
    assert.equal(stderr, `Backup ${id.slice(0, 8)} is damaged and not listed. Run "holdfast check".\n`);
  }
  const { out, err } = await world.lines(['backups']);
  assert.deepEqual([out.length, err.map(({ type }) => type)], [1, ['note']]);
});

test('it says that there are no backups yet', async () => {
  await using world = await testWorld();
  const { status, stdout } = await world.run(['backups']);
  assert.deepEqual([status, stdout], [0, 'There are no backups yet.\n']);
});

test('it says that a device has no backup', async () => {
  await using world = await worldWithBackup();
  const { status, stderr } = await world.run(['backups', 'phone']);
  assert.equal(status, 1);
  assert.match(stderr, /no backup of "phone" \(repository\/no-snapshot\)/);
});

test('it lists what is in a backup', async () => {
  await using world = await worldWithBackup();
  const cases: [word: string, options: string[], expected: string][] = [
    ['latest', [], '/files/pictures/2026/\n/files/pictures/cat.jpg\n'],
    ['latest', ['-R'], '/files/pictures/2026/\n/files/pictures/cat.jpg\n/files/pictures/2026/dog.jpg\n'],
    ['latest:/', [], '/files/\n/holdfast.json\n'],
    ['latest@pictures:2026', [], '/files/pictures/2026/dog.jpg\n'],
    ['latest:/files/pictures/cat.jpg', [], '/files/pictures/cat.jpg\n'],
  ];
  for (const [word, options, expected] of cases) {
    const { status, stdout, stderr } = await world.run(['ls', word, ...options]);
    assert.deepEqual([status, stdout], [0, expected], stderr);
  }
});

test('it shows names as they are, but for what moves the cursor, and takes them back as shown', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'stuff'));
  for (const name of ['password=1.txt', 'to\nken=2\x1b[2J'])
    await writeFile(join(world.path, 'stuff', name), name);
  await world.run(['backup', 'stuff']);
  const { stdout } = await world.run(['ls', 'latest']);
  const shown = ['/files/stuff/password=1.txt', '/files/stuff/to\\nken=2\\x1b[2J'];
  assert.deepEqual(stdout.split('\n'), [...shown, '']);
  for (const path of shown) assert.equal((await world.run(['dump', `latest:${path}`])).status, 0);
});

test('it lists with mode, size and time, for people and for programs', async () => {
  await using world = await worldWithBackup();
  const { stdout } = await world.run(['ls', 'latest:2026', '--long']);
  assert.match(
    stdout,
    /^-rw[r-][w-]?.*300 kB {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}\/files\/pictures\/2026\/dog\.jpg\n$/,
  );
  const { out } = await world.lines(['ls', 'latest', '--recursive']);
  const sizes = out.map((line) => (line.type === 'entry' ? [line.kind, line.sizeBytes] : []));
  assert.deepEqual(sizes, [
    ['folder', undefined],
    ['file', 4],
    ['file', 300_000],
  ]);
});

test('it writes the bytes of a file and nothing else', async () => {
  await using world = await worldWithBackup();
  const { status, bytes, stderr } = await world.run(['dump', 'latest:2026/dog.jpg']);
  assert.deepEqual([status, stderr], [0, '']);
  assert.deepEqual(bytes, DOG);
});

test('it refuses what is not in a backup', async () => {
  await using world = await worldWithBackup();
  const cases: [words: string[], status: number, code: string][] = [
    [['ls', 'latest:bird.jpg'], 1, 'engine/no-such-path'],
    [['ls', 'latest:cat.jpg/ear'], 1, 'engine/no-such-path'],
    [['ls', 'ffffffff'], 1, 'repository/no-snapshot'],
    [['ls', 'latest@phone'], 1, 'repository/no-snapshot'],
    [['dump', 'latest'], 2, 'cli/usage'],
    [['dump', 'latest:2026'], 2, 'cli/usage'],
    [['dump', 'latest:/nothing'], 1, 'engine/no-such-path'],
  ];
  for (const [words, expected, code] of cases) {
    const { status, out, err } = await world.lines(words);
    assert.equal(status, expected, words.join(' '));
    assert.deepEqual(out, []);
    assert.deepEqual(
      err.map((line) => (line.type === 'error' ? [line.code, line.exitCode] : line.type)),
      [[code, expected]],
    );
  }
});
