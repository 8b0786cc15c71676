import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentOf, worldWithTwoBackups } from '../../test-setup/damage.ts';

test('it shows the plan in a dry run and changes nothing; then it makes room', async () => {
  await using world = await worldWithTwoBackups();
  assert.equal((await world.run(['forget', '--keep-last', '1'])).status, 0);
  const before = await contentOf(world);
  const dry = await world.run(['prune', '--dry-run']);
  assert.equal(dry.status, 0, dry.stderr);
  assert.match(dry.stdout, /Nothing was changed\.\n$/);
  assert.deepEqual(await contentOf(world), before);
  assert.equal((await world.run(['prune'], { answers: ['n'] })).status, 1);
  assert.deepEqual(await contentOf(world), before);
  const { status, out } = await world.lines(['prune', '--max-unused', '0%']);
  assert.equal(status, 0);
  const last = out.at(-1);
  assert.ok(last?.type === 'pruned' && last.freedBytes > 0);
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
  assert.match((await world.run(['prune'])).stdout, /^There was nothing to do\.$/m);
});

test('it refuses limits that are none', async () => {
  await using world = await worldWithTwoBackups();
  for (const wrong of ['100%', 'x', '5 XB', '-1%']) {
    assert.equal((await world.run(['prune', '--max-unused', wrong])).status, 2, wrong);
  }
  for (const right of ['99.5%', '500MB', '2G', 'unlimited']) {
    assert.equal((await world.run(['prune', '--max-unused', right, '--dry-run'])).status, 0, right);
  }
});
