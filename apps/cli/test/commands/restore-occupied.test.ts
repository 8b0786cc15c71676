import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type TestWorld, worldWithBackup } from '../../test-setup/test-world.ts';

/** Everything below `back`, with the content of files that are short. */
async function given(world: TestWorld): Promise<Record<string, string>> {
  const root = join(world.path, 'back');
  const names = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const read = async (path: string): Promise<[string, string]> => {
    const text = await readFile(path, 'latin1');
    return [path.slice(root.length + 1), text.length < 100 ? text : `${text.length} bytes`];
  };
  const contents = await Promise.all(names.map((entry) => read(join(entry.parentPath, entry.name))));
  return Object.fromEntries(contents);
}

/** A world with a backup, and a folder to restore to that has another cat and something of its own. */
async function occupied(): Promise<TestWorld> {
  const world = await worldWithBackup();
  await mkdir(join(world.path, 'back', 'pictures'), { recursive: true });
  await writeFile(join(world.path, 'back', 'pictures', 'cat.jpg'), 'another cat');
  await writeFile(join(world.path, 'back', 'pictures', 'mine.txt'), 'mine');
  return world;
}

const untouched = { 'pictures/2026/dog.jpg': '300000 bytes', 'pictures/mine.txt': 'mine' };

const kept = { 'pictures/cat.jpg': 'another cat' };
const skips =
  /Not given back:\n {2}skipped {2}files\/pictures\/cat\.jpg\n.*\n {11}→ Restore again with --conflict rename/;
const writesBoth = /2 items written and read back/;

for (const [conflict, status, cat, says] of [
  [[], 3, kept, skips],
  [['--conflict', 'skip'], 3, kept, skips],
  [['--conflict', 'rename'], 0, { ...kept, 'pictures/cat (restored).jpg': 'meow' }, writesBoth],
  [['--conflict=overwrite'], 0, { 'pictures/cat.jpg': 'meow' }, writesBoth],
] as const) {
  test(`it restores into a folder that is not empty: ${conflict.join(' ') || 'unless told otherwise it skips'}`, async () => {
    await using world = await occupied();
    const told = await world.run(['restore', 'latest', '--to', 'back', ...conflict]);
    assert.equal(told.status, status, told.stderr);
    assert.deepEqual(await given(world), { ...untouched, ...cat });
    assert.match(told.stdout, says);
    const again = await world.run(['restore', 'latest', '--to', 'back', ...conflict]);
    assert.match(again.stdout, /items? there already/);
  });
}

test('it says what it would do to a folder that is not empty, and does nothing', async () => {
  await using world = await occupied();
  const before = await given(world);
  const told = await world.run(['restore', 'latest', '--to', 'back', '--conflict', 'overwrite', '--dry-run']);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /would write 2 items, .*replace 1 item that is there/);
  assert.deepEqual(await given(world), before);
});
