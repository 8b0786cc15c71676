import assert from 'node:assert/strict';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { seededRandom } from '@holdfast/testkit';
import { lockNames, whenLocked } from '../../test-setup/locks.ts';
import { holdfast, type ProcessOptions, type Running, startHoldfast } from '../../test-setup/process.ts';
import { type TestWorld, testWorld } from '../../test-setup/test-world.ts';

/** Takes minutes to read, and nothing to store. */
const ENDLESS = 200 * 1024 ** 3;

/** A world with a folder `from`: small files, and one that no backup comes to the end of. */
async function endlessWorld(): Promise<TestWorld & { readonly from: string }> {
  const world = await testWorld();
  const from = join(world.path, 'from');
  mkdirSync(from);
  const random = seededRandom(8);
  for (let at = 0; at < 20; at++) writeFileSync(join(from, `f${at}`), random(50_000));
  writeFileSync(join(from, 'endless'), '');
  truncateSync(join(from, 'endless'), ENDLESS);
  return { ...world, from };
}

/** Starts a backup and gives it once it holds its lock: from then on it reads. */
async function atWork(from: string, options: ProcessOptions): Promise<Running> {
  const backup = startHoldfast(['backup', from], options);
  await whenLocked(options.home, backup);
  return backup;
}

suite('a backup that is interrupted', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`it stops softly at ${signal}, gives its lock back, and goes on the next time`, async () => {
      await using world = await endlessWorld();
      await using backup = await atWork(world.from, world);
      const { child, ended } = backup;
      child.kill(signal);
      const { status, stderr } = await ended;
      assert.equal(status, 130, stderr);
      assert.match(stderr, /Stopped, as asked \(cli\/interrupted\)\n→ Nothing that was stored is lost/);
      assert.match(stderr, /found (\d+) = verified 0 \+ waiting \1 /);
      assert.deepEqual(lockNames(world.home), []);
      assert.equal((await world.run(['check', '--read-data'])).status, 0);
      rmSync(join(world.from, 'endless'));
      assert.equal((await world.run(['backup', world.from])).status, 0);
      assert.equal((await world.run(['check', '--read-data'])).status, 0);
    });
  }

  test('it goes on after a SIGKILL: the lock of the dead holds nobody back', async () => {
    await using world = await endlessWorld();
    await using backup = await atWork(world.from, world);
    const { child, ended } = backup;
    child.kill('SIGKILL');
    assert.equal((await ended).status, undefined);
    assert.equal(lockNames(world.home).length, 1);
    rmSync(join(world.from, 'endless'));
    const next = await holdfast(['backup', world.from], world);
    assert.equal(next.status, 0, next.stderr);
    assert.deepEqual(lockNames(world.home), []);
    assert.equal((await world.run(['check', '--read-data'])).status, 0);
  });

  test('it goes on at SIGHUP where no terminal was closed, as under nohup', async () => {
    await using world = await endlessWorld();
    truncateSync(join(world.from, 'endless'), 1024 ** 3);
    await using backup = await atWork(world.from, { home: world.home, under: 'nohup' });
    const { child, ended } = backup;
    child.kill('SIGHUP');
    const { status, stderr } = await ended;
    assert.equal(status, 0, stderr);
  });
});

suite('a backup whose output nobody reads', () => {
  const EXCLUDED = 400;

  /** More lines than are gathered before any is written. */
  async function talkativeWorld(): Promise<TestWorld> {
    const world = await testWorld();
    mkdirSync(join(world.path, 'from'));
    for (let at = 0; at < EXCLUDED; at++) writeFileSync(join(world.path, 'from', `${at}.tmp`), '');
    writeFileSync(join(world.path, 'from', 'kept'), 'kept');
    return world;
  }

  test('it is made all the same, and its status is that of the work', async () => {
    await using world = await talkativeWorld();
    const words = ['backup', join(world.path, 'from'), '--exclude', '*.tmp', '--json'];
    const { child, ended } = startHoldfast(words, { home: world.home });
    child.stdout?.destroy();
    child.stderr?.destroy();
    assert.equal((await ended).status, 0);
    const { out } = await world.lines(['backups']);
    assert.equal(out.length, 1);
  });

  test('it is made, and fails by its output alone, where that goes to a full drive', async () => {
    await using world = await talkativeWorld();
    const words = ['backup', join(world.path, 'from'), '--exclude', '*.tmp', '--json'];
    const { status, stderr } = await holdfast(words, { home: world.home, stdoutTo: '/dev/full' });
    assert.equal(status, 1);
    assert.match(stderr, /"code":"cli\/output".*Make room where the output goes/);
    assert.equal((await world.lines(['backups'])).out.length, 1);
  });
});
