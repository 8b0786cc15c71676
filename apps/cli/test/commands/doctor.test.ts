import assert from 'node:assert/strict';
import { test } from 'node:test';
import { provoke, samplePhone } from '@holdfast/testkit/phone';
import { phoneInSight } from '../../test-setup/phones.ts';
import { testWorld } from '../../test-setup/test-world.ts';

const small = {
  photos: 2,
  messages: 0,
  multimedia: 0,
  contacts: 0,
  calls: 0,
  events: 0,
  now: () => Date.now(),
};

test('it finds what is stuck, mends it, and puts it back', async () => {
  const android = samplePhone(small);
  provoke(android, 'background-restricted');
  await using world = await testWorld();
  await using sight = await phoneInSight(android);
  const { other } = sight;
  const first = await world.run(['doctor'], other);
  assert.equal(first.status, 3, first.stderr);
  assert.match(
    first.stdout,
    /may not run in the background[^]*Try next: holdfast doctor --fix allow-background/,
  );
  const asked = await world.run(['doctor', '--fix', 'allow-background'], other);
  assert.equal(asked.status, 1);
  const fixed = await world.lines(['doctor', '--fix', 'allow-background', '--yes'], other);
  assert.equal(fixed.status, 0);
  assert.deepEqual(
    fixed.out.map(({ type }) => type),
    ['fix-plan', 'fix'],
  );
  const record = fixed.out[1];
  assert.ok(record?.type === 'fix' && record.canBeUndone);
  assert.equal((await world.run(['doctor'], other)).status, 0);
  const undone = await world.run(['doctor', '--undo', record.id], other);
  assert.match(undone.stdout, /Undone/);
  assert.equal((await world.run(['doctor'], other)).status, 3);
  assert.match((await world.run(['doctor', '--records'], other)).stdout, /Undone/);
});

test('it saves everything, and proves it, before it clears data', async () => {
  const android = samplePhone(small);
  await using world = await testWorld();
  await using sight = await phoneInSight(android);
  const { other } = sight;
  const words = ['doctor', '--fix', 'clear-data'];
  assert.equal((await world.run([...words, '--yes'], other)).status, 1);
  assert.equal((await world.run(words, { ...other, answers: ['lose it'] })).status, 1);
  assert.equal(android.photos.isBackupOn, true);
  const told = await world.run(words, { ...other, answers: ['', 'y'] });
  assert.match(told.stderr, /the audit found none missing/);
  assert.equal(android.photos.isBackupOn, false);
});

test('it says what is wrong with Holdfast itself', async () => {
  await using world = await testWorld();
  const { status, out } = await world.lines(['doctor', '--self']);
  assert.equal(status, 0);
  assert.equal(out[0]?.type, 'own-doctor');
});
