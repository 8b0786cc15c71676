import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contentOf, damagePack, removeIndexes, worldWithNoise } from '../../test-setup/damage.ts';
import { type TestWorld, worldWithBackup } from '../../test-setup/test-world.ts';

async function repairsOf(world: TestWorld): Promise<string[]> {
  const last = (await world.lines(['check', '--read-data'])).out.at(-1);
  assert.ok(last?.type === 'check');
  return last.repairs;
}

test('it repairs a damaged pack with the commands that check printed, and check is clean then', async () => {
  await using world = await worldWithNoise();
  await damagePack(world);
  const repairs = await repairsOf(world);
  assert.equal(repairs.length, 2);
  for (const command of repairs) {
    const told = await world.run(command.split(' ').slice(1));
    assert.equal(told.status, 0, told.stderr);
  }
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
});

test('it brings a lost index back without losing anything', async () => {
  await using world = await worldWithBackup();
  await removeIndexes(world);
  const told = await world.run(['repair', 'index']);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /The index is right again/);
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
});

test('it changes nothing in a dry run', async () => {
  await using world = await worldWithNoise();
  const pack = await damagePack(world);
  await removeIndexes(world);
  const before = await contentOf(world);
  for (const words of [['index'], ['snapshots', '--forget'], ['packs', pack]]) {
    const told = await world.run(['repair', ...words, '--dry-run']);
    assert.equal(told.status, 0, told.stderr);
    assert.match(told.stdout, /Nothing was changed\.\n$/);
  }
  assert.deepEqual(await contentOf(world), before);
});

test('it asks before it removes a pack, and takes no for an answer', async () => {
  await using world = await worldWithNoise();
  const pack = await damagePack(world);
  const before = await contentOf(world);
  assert.equal((await world.run(['repair', 'packs', pack], { answers: ['n'] })).status, 1);
  assert.deepEqual(await contentOf(world), before);
  assert.equal((await world.run(['repair', 'packs', pack], { answers: ['y'] })).status, 0);
});

test('it says that there is nothing to do', async () => {
  await using world = await worldWithBackup();
  assert.match((await world.run(['repair', 'index'])).stdout, /nothing to do/);
  assert.match((await world.run(['repair', 'snapshots', '--forget'])).stdout, /nothing to do/);
  assert.equal((await world.run(['repair', 'packs', 'ffffffffff'])).status, 1);
});

test('it makes a lost config anew, and every backup is there', async () => {
  await using world = await worldWithBackup();
  rmSync(join(world.home, 'repository', 'config'));
  const lost = await world.run(['check']);
  assert.equal(lost.status, 1);
  assert.match(lost.stderr, /has lost its config file.*\n→ .*run "holdfast repair config"\.\n$/);
  const told = await world.run(['repair', 'config']);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /The config is made anew/);
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
  assert.equal((await world.run(['backup', join(world.path, 'pictures')])).status, 0);
  assert.match((await world.run(['repair', 'config'])).stdout, /nothing to do/);
});
