import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damagePack, removeIndexes, worldWithNoise } from '../../test-setup/damage.ts';
import { worldWithBackup } from '../../test-setup/test-world.ts';

test('it finds nothing in a clean repository', async () => {
  await using world = await worldWithBackup();
  const told = await world.run(['check', '--read-data']);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /^No damage found .* read whole\.\n$/);
});

test('it names a damaged pack, the command that repairs it, and fails', async () => {
  await using world = await worldWithNoise();
  const pack = await damagePack(world);
  const told = await world.run(['check', '--read-data']);
  assert.equal(told.status, 1);
  assert.match(told.stdout, new RegExp(`Pack ${pack.slice(0, 8)} is damaged`));
  assert.match(told.stdout, new RegExp(`→ holdfast repair packs ${pack}`));
  assert.match(told.stdout, /run in this order:\n {2}holdfast repair packs/);
});

test('it names what brings a lost index back', async () => {
  await using world = await worldWithBackup();
  await removeIndexes(world);
  const { status, out } = await world.lines(['check']);
  assert.equal(status, 1);
  const last = out.at(-1);
  assert.ok(last?.type === 'check' && last.damage > 0);
  assert.equal(last.repairs[0], 'holdfast repair index');
});

test('it reads all data in as many parts as it is asked to, and refuses what is no part', async () => {
  await using world = await worldWithNoise();
  await damagePack(world);
  const statuses = [];
  for (const part of ['1/2', '2/2'])
    statuses.push((await world.run(['check', '--read-data-subset', part])).status);
  assert.deepEqual(
    statuses.toSorted((a, b) => a - b),
    [0, 1],
  );
  assert.equal((await world.run(['check', '--read-data-subset', '100%'])).status, 1);
  for (const wrong of ['0/7', '8/7', '1/257', '0%', '101%', 'x']) {
    assert.equal((await world.run(['check', '--read-data-subset', wrong])).status, 2, wrong);
  }
  assert.equal((await world.run(['check', '--read-data', '--read-data-subset', '1/2'])).status, 2);
});
