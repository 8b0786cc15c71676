import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonLineOf } from '@holdfast/contract';
import { DEFAULT_RULES, DEFAULT_SETTINGS } from '@holdfast/home';
import { testWorld } from '../../test-setup/test-world.ts';

test('it leaves out what the rules of the device leave out, and names the rule', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'stuff/films'), { recursive: true });
  for (const name of ['films/a.mp4', 'b.txt', 'c.mp3'])
    await writeFile(join(world.path, 'stuff', name), name);
  const first = await world.lines(['backup', 'stuff']);
  const [line] = first.out.filter((each): each is JsonLineOf<'backup'> => each.type === 'backup');
  const rules = {
    ...DEFAULT_RULES,
    foldersOff: ['films'],
    types: DEFAULT_RULES.types.filter((type) => type !== 'audio'),
  };
  const settings = {
    version: 1,
    settings: DEFAULT_SETTINGS,
    rules: { [line?.device.id ?? '']: rules },
    folders: [],
    removed: [],
  };
  await writeFile(join(world.home, 'settings.json'), JSON.stringify(settings));
  const { status, stdout } = await world.run(['backup', 'stuff']);
  assert.equal(status, 0);
  assert.match(stdout, /^found 3 = verified 1 \+ waiting 0 \+ skipped 2 \+ failed 0$/m);
  assert.match(stdout, /^ {2}skipped {2}films {2}\(folder films is switched off\)/m);
  assert.match(stdout, /^ {2}skipped {2}c\.mp3 {2}\(audio\)/m);
  // What the ledger knows of the folder is left out with it, not gone.
  const items = await world.run(['items', 'stuff', '--state', 'skipped']);
  assert.match(items.stdout, /films\/a\.mp4/);
});
