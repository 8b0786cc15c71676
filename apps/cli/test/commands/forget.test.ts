import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentOf, worldWithTwoBackups } from '../../test-setup/damage.ts';

test('it shows what a rule removes and keeps in a dry run, and changes nothing', async () => {
  await using world = await worldWithTwoBackups();
  const before = await contentOf(world);
  const { status, out } = await world.lines(['forget', '--keep-last', '1', '--dry-run']);
  assert.equal(status, 0);
  const actions = out.map((line) => (line.type === 'forget' ? line.action : line.type));
  assert.deepEqual(actions, ['keep', 'remove', 'forgotten']);
  assert.deepEqual(await contentOf(world), before);
});

test('it removes by rule, and what only that backup needed with --prune', async () => {
  await using world = await worldWithTwoBackups();
  const told = await world.run(['forget', '--keep-last', '1', '--device', 'pictures', '--prune']);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /Removed 1 backup, kept 1\./);
  assert.match(told.stdout, /Freed \d/);
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
});

test('it makes room with --prune although the backups went before', async () => {
  await using world = await worldWithTwoBackups();
  assert.equal((await world.run(['forget', '--keep-last', '1'])).status, 0);
  const refused = await world.run(['forget', '--keep-last', '1', '--prune'], { answers: ['n'] });
  assert.equal(refused.status, 1, refused.stderr);
  const told = await world.run(['forget', '--keep-last', '1', '--prune']);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /There is nothing to remove\.\n[^]*Freed \d/);
  assert.match((await world.run(['prune', '--dry-run'])).stdout, /That frees 0 B/);
});

test('it removes the backup that is named, and never the last one of a device unless allowed', async () => {
  await using world = await worldWithTwoBackups();
  assert.equal((await world.run(['forget', 'latest'], { answers: ['n'] })).status, 1);
  assert.equal((await world.run(['forget', 'latest'], { answers: ['y'] })).status, 0);
  const before = await contentOf(world);
  const refused = await world.run(['forget', 'latest']);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /--allow-remove-all/);
  assert.deepEqual(await contentOf(world), before);
  assert.equal((await world.run(['forget', 'latest', '--allow-remove-all'])).status, 0);
});

test('it refuses words that do not say what to remove', async () => {
  await using world = await worldWithTwoBackups();
  const cases = ['', 'latest --keep-last 1', '--keep-within x', '--keep-within 1d1d', '--keep-last x'];
  for (const words of cases) {
    const { status } = await world.run(['forget', ...words.split(' ').filter(Boolean)]);
    assert.equal(status, 2, words);
  }
  const { status, stdout } = await world.run(['forget', '--keep-within', '2y5m7d3h', '--dry-run']);
  assert.equal(status, 0);
  assert.match(stdout, /keep .* within 2y5m7d3h$/m);
});
