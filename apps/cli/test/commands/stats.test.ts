import assert from 'node:assert/strict';
import { test } from 'node:test';
import { worldWithBackup } from '../../test-setup/test-world.ts';

test('it counts in every mode, for people and for programs', async () => {
  await using world = await worldWithBackup();
  for (const mode of ['restore-size', 'files-by-contents', 'blobs-per-file', 'raw-data']) {
    const told = await world.run(['stats', '--mode', mode]);
    assert.equal(told.status, 0, told.stderr);
    assert.match(told.stdout, /in 1 backup/);
    const { out } = await world.lines(['stats', 'latest', '--mode', mode]);
    assert.ok(out[0]?.type === 'stats' && out[0].mode === mode && out[0].bytes > 0);
  }
});

test('it refuses a mode and a backup that are not there', async () => {
  await using world = await worldWithBackup();
  assert.equal((await world.run(['stats', '--mode', 'x'])).status, 2);
  assert.equal((await world.run(['stats', 'abcdef'])).status, 1);
});
