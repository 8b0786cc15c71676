import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonLineOf } from '@holdfast/contract';
import { DOG, worldWithBackup } from '../../test-setup/test-world.ts';

test('it gives the folder back that was backed up', async () => {
  await using world = await worldWithBackup();
  const { status, stdout } = await world.run(['restore', 'latest', '--to', 'back']);
  assert.equal(status, 0);
  assert.match(stdout, /^found 2 = verified 2 \+ waiting 0 \+ skipped 0 \+ failed 0$/m);
  assert.deepEqual(await readdir(join(world.path, 'back')), ['pictures']);
  assert.deepEqual(new Uint8Array(await readFile(join(world.path, 'back/pictures/2026/dog.jpg'))), DOG);
  const [from, to] = [
    await stat(join(world.path, 'pictures/cat.jpg')),
    await stat(join(world.path, 'back/pictures/cat.jpg')),
  ];
  assert.equal(to.mode, from.mode);
  assert.ok(Math.abs(to.mtimeMs - from.mtimeMs) < 0.01);
});

test('it gives parts back, wherever their path is counted from', async () => {
  await using world = await worldWithBackup();
  const cases: [words: string[], expected: string[]][] = [
    [['latest:/files/pictures/cat.jpg'], ['cat.jpg']],
    [
      ['latest:cat.jpg', '2026'],
      ['2026', 'cat.jpg'],
    ],
    [['latest@pictures:2026/dog.jpg'], ['dog.jpg']],
    [['latest:/'], ['files', 'holdfast.json']],
  ];
  for (const [index, [words, expected]] of cases.entries()) {
    const { status, stderr } = await world.run(['restore', ...words, '--to', `back${index}`]);
    assert.equal(status, 0, stderr);
    assert.deepEqual((await readdir(join(world.path, `back${index}`))).toSorted(), expected);
  }
});

test('it shows what it would do in a dry run, and writes nothing', async () => {
  await using world = await worldWithBackup();
  const { status, out } = await world.lines(['restore', 'latest', '--to', 'back', '--dry-run']);
  assert.equal(status, 0);
  const [line] = out.filter((each): each is JsonLineOf<'restore'> => each.type === 'restore');
  assert.deepEqual([line?.isDryRun, line?.balance.waiting, line?.restoredItems], [true, 2, 0]);
  await assert.rejects(stat(join(world.path, 'back')), { code: 'ENOENT' });
});

test('it tells programs what it gave back', async () => {
  await using world = await worldWithBackup();
  const { status, out } = await world.lines(['restore', 'latest:2026', '--to', 'back']);
  assert.equal(status, 0);
  const [line] = out.filter((each): each is JsonLineOf<'restore'> => each.type === 'restore');
  assert.deepEqual([line?.restoredItems, line?.restoredBytes, line?.balance.found], [1, 300_000, 1]);
});

test('it says what is missing from the command line, or from the backup', async () => {
  await using world = await worldWithBackup();
  const cases: [words: string[], status: number, message: RegExp][] = [
    [['restore', 'latest'], 2, /needs --to DEVICE\|FOLDER/],
    [
      ['restore', 'latest', '--to', 'x', '--conflict', 'merge'],
      2,
      /one of skip, rename, overwrite, not "merge"/,
    ],
    [['restore', 'latest:/nope', '--to', 'x'], 1, /\(engine\/no-such-path\)/],
    [['restore', 'ffffffff', '--to', 'x'], 1, /\(repository\/no-snapshot\)/],
    [['restore', 'latest@nobody', '--to', 'x'], 1, /\(repository\/no-snapshot\)\n→ .*pictures/],
  ];
  for (const [words, status, message] of cases) {
    const told = await world.run(words);
    assert.deepEqual([told.status, told.stdout], [status, ''], words.join(' '));
    assert.match(told.stderr, message);
  }
});
