import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { acquireLock, openRepository } from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';
import { fakeClock } from '@holdfast/testkit';
import { type TestWorld, testWorld } from '../../test-setup/test-world.ts';

const DAMAGED = 'ab'.repeat(32);

const locksOf = ({ home }: TestWorld): Promise<string[]> => readdir(join(home, 'repository', 'locks'));

/** A lock file that stays, of a process on another machine, written so long ago. */
async function leaveLock({ home }: TestWorld, minutes: number): Promise<void> {
  const clock = fakeClock(Temporal.Now.instant().subtract({ minutes }));
  const identity = { hostname: 'lap\x1btop', username: 'ann', pid: 99, uid: 0, gid: 0 };
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  const store = new LocalStore(join(home, 'repository'));
  const repository = await openRepository(store, CHEAP_PASSWORD, { clock, random, identity });
  const locking = acquireLock(repository, { exclusive: true, isProcessAlive: () => true });
  await clock.whenSleeping(1);
  clock.advance(Temporal.Duration.from({ seconds: 1 }));
  await locking;
}

test('it takes away what programs that are gone have left behind, unasked', async () => {
  await using world = await testWorld();
  assert.deepEqual((await world.lines(['unlock'])).out, [{ type: 'unlock', removed: 0 }]);
  await leaveLock(world, 31);
  const { status, stdout } = await world.run(['unlock']);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^[0-9a-f]{8} {2}[-0-9]{10} [:0-9]{5} {2}process 99 of ann on lap\\x1btop, for itself alone: not refreshed for more than half an hour\nTook 1 lock away\.\n$/,
  );
});

test('it leaves locks that may be needed unless it is told to take all, and somebody agrees', async () => {
  await using world = await testWorld();
  await leaveLock(world, 1);
  await writeFile(join(world.home, 'repository', 'locks', DAMAGED), 'damaged');
  await mkdir(join(world.path, 'stuff'));
  for (const [words, answers, status, message] of [
    [['unlock'], [], 0, /No lock was left behind/],
    [['unlock', '--all'], [], 1, /nobody is there to be asked \(cli\/declined\)\n→ .*--yes/],
    [['unlock', '--all'], ['n'], 1, /Nothing was changed \(cli\/declined\)/],
  ] as const) {
    const told = await world.run(words, { answers });
    assert.equal(told.status, status);
    assert.match(`${told.stdout}${told.stderr}`, message);
    assert.equal((await locksOf(world)).length, 2);
  }
  const { out } = await world.lines(['unlock', '--all', '--yes']);
  assert.deepEqual(
    out.map((line) => (line.type === 'lock' ? line.state : line)),
    ['held', 'damaged', { type: 'unlock', removed: 2 }],
  );
  assert.deepEqual(await locksOf(world), []);
});

test('it asks for every lock together', async () => {
  await using world = await testWorld();
  await leaveLock(world, 1);
  const { status, stdout } = await world.run(['unlock', '--all'], { answers: ['y'] });
  assert.equal(status, 0);
  assert.match(stdout, /: it may be at work\nTook 1 lock away\.\n$/);
});
