import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { restic, seededRandom } from '@holdfast/testkit';
import { lockNames, whenLocked } from '../../test-setup/locks.ts';
import { holdfast, type Running, startHoldfast, startRestic } from '../../test-setup/process.ts';
import { type TestWorld, testWorld } from '../../test-setup/test-world.ts';

/** A folder to back up, large enough that a backup of it is not over before it is looked at. */
async function folderIn(world: TestWorld, name: string, bytes = 20_000_000): Promise<string> {
  const path = join(world.path, name);
  await mkdir(path);
  await writeFile(join(path, 'file'), seededRandom(name.length)(bytes));
  return path;
}

/** A backup that stands still in the middle, its lock held. */
async function stoppedBackup(world: TestWorld, folder: string): Promise<Running> {
  const backup = startHoldfast(['backup', folder], world);
  await whenLocked(world.home, backup);
  backup.child.kill('SIGSTOP');
  return backup;
}

/** What the command said on both streams, and its status. */
async function run(
  world: TestWorld,
  ...words: string[]
): Promise<{ status: number | undefined; said: string }> {
  const { status, stdout, stderr } = await holdfast(words, world);
  return { status, said: stdout + stderr };
}

async function assertWhole(world: TestWorld): Promise<void> {
  const checked = await run(world, 'check', '--read-data');
  assert.equal(checked.status, 0, checked.said);
  const options = { repository: join(world.home, 'repository'), password: CHEAP_PASSWORD };
  const byRestic = await restic(['check', '--read-data'], options);
  assert.equal(byRestic.status, 0, byRestic.stderr);
}

suite('processes at once', () => {
  test('it backs up while another backup is under way, but prunes only when none is', async () => {
    await using world = await testWorld();
    await using first = await stoppedBackup(world, await folderIn(world, 'first'));
    const second = await run(world, 'backup', await folderIn(world, 'second'));
    assert.equal(second.status, 0, second.said);
    for (const words of [['prune'], ['repair', 'index'], ['forget', '--keep-last', '1', '--prune']]) {
      const refused = await run(world, ...words);
      assert.equal(refused.status, 11, refused.said);
      assert.match(refused.said, new RegExp(`process ${first.child.pid} `));
    }
    first.child.kill('SIGCONT');
    const { status, stderr } = await first.ended;
    assert.equal(status, 0, stderr);
    const pruned = await run(world, 'prune');
    assert.equal(pruned.status, 0, pruned.said);
    assert.deepEqual(lockNames(world.home), []);
    await assertWhole(world);
    assert.match((await run(world, 'backups')).said, /2 backups/);
  });

  test('it respects a lock of restic at work, and removes that of one that was killed', async () => {
    await using world = await testWorld();
    await using other = startRestic(['backup', '--stdin'], world.home);
    await whenLocked(world.home, other);
    const backup = await run(world, 'backup', await folderIn(world, 'folder', 1000));
    assert.equal(backup.status, 0, backup.said);
    const refused = await run(world, 'prune');
    assert.equal(refused.status, 11, refused.said);
    assert.match(refused.said, new RegExp(`process ${other.child.pid} `));
    other.child.kill('SIGKILL');
    await other.ended;
    assert.equal(lockNames(world.home).length, 1);
    const pruned = await run(world, 'prune');
    assert.equal(pruned.status, 0, pruned.said);
    assert.deepEqual(lockNames(world.home), []);
    await assertWhole(world);
  });

  test('it is respected by restic while it is at work, and restic can unlock it once it was killed', async () => {
    await using world = await testWorld();
    const options = { repository: join(world.home, 'repository'), password: CHEAP_PASSWORD };
    await using backup = await stoppedBackup(world, await folderIn(world, 'folder'));
    const beside = await restic(['backup', join(world.path, 'folder')], options);
    assert.equal(beside.status, 0, beside.stderr);
    const refused = await restic(['prune'], options);
    assert.notEqual(refused.status, 0);
    assert.match(refused.stderr, new RegExp(`already locked by PID ${backup.child.pid} `));
    const kept = await restic(['unlock'], options);
    assert.equal(kept.status, 0, kept.stderr);
    assert.equal(lockNames(world.home).length, 1, 'the lock of a process at work is not stale');
    backup.child.kill('SIGKILL');
    await backup.ended;
    const unlocked = await restic(['unlock'], options);
    assert.equal(unlocked.status, 0, unlocked.stderr);
    assert.deepEqual(lockNames(world.home), []);
    assert.equal((await restic(['prune'], options)).status, 0);
    await assertWhole(world);
  });
});

suite('two backups at once', () => {
  test('they both end well, in one repository that is whole', async () => {
    await using world = await testWorld();
    const from = join(world.path, 'from');
    mkdirSync(from);
    const random = seededRandom(3);
    for (let at = 0; at < 40; at++) writeFileSync(join(from, `f${at}`), random(200_000));
    const both = await Promise.all([1, 2].map(() => holdfast(['backup', from], { home: world.home })));
    for (const { status, stderr } of both) assert.equal(status, 0, stderr);
    const checked = await world.run(['check', '--read-data']);
    assert.equal(checked.status, 0, checked.stdout);
    assert.equal((await world.lines(['backups'])).out.length, 2);
    assert.deepEqual(lockNames(world.home), []);
  });

  test('they make one home folder where there was none', async () => {
    await using world = await testWorld({ isNew: true });
    const from = join(world.path, 'from');
    mkdirSync(from);
    writeFileSync(join(from, 'f'), 'f');
    const both = await Promise.all([1, 2, 3].map(() => holdfast(['backup', from], { home: world.home })));
    for (const { status, stderr } of both) assert.equal(status, 0, stderr);
    assert.deepEqual(readdirSync(world.home).toSorted(), ['catalog.sqlite', 'password', 'repository']);
    assert.equal((await world.lines(['backups'])).out.length, 3);
  });
});
