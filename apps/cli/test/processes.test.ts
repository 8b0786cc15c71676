import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { restic, seededRandom } from '@holdfast/testkit';
import { lockNames, type Running, startHoldfast, startRestic, whenLocked } from '../test-setup/processes.ts';
import { type TestWorld, testWorld } from '../test-setup/test-world.ts';

/** A folder to back up, large enough that a backup of it is not over before it is looked at. */
async function folderIn(world: TestWorld, name: string, bytes = 20_000_000): Promise<string> {
  const path = join(world.path, name);
  await mkdir(path);
  await writeFile(join(path, 'file'), seededRandom(name.length)(bytes));
  return path;
}

/** A backup that stands still in the middle, its lock held. */
async function stoppedBackup(world: TestWorld, folder: string): Promise<Running> {
  const backup = startHoldfast(world.home, ['backup', folder]);
  await whenLocked(world.home);
  backup.child.kill('SIGSTOP');
  return backup;
}

async function holdfast(world: TestWorld, ...words: string[]): Promise<{ status?: number; said: string }> {
  await using process = startHoldfast(world.home, words);
  const { status, said } = await process.ended;
  return { said, ...(status !== undefined && { status }) };
}

async function assertWhole(world: TestWorld): Promise<void> {
  const checked = await holdfast(world, 'check', '--read-data');
  assert.equal(checked.status, 0, checked.said);
  const options = { repository: join(world.home, 'repository'), password: CHEAP_PASSWORD };
  const byRestic = await restic(['check', '--read-data'], options);
  assert.equal(byRestic.status, 0, byRestic.stderr);
}

suite('processes at once', () => {
  test('it backs up while another backup is under way, but prunes only when none is', async () => {
    await using world = await testWorld();
    await using first = await stoppedBackup(world, await folderIn(world, 'first'));
    const second = await holdfast(world, 'backup', await folderIn(world, 'second'));
    assert.equal(second.status, 0, second.said);
    for (const words of [['prune'], ['repair', 'index'], ['forget', '--keep-last', '1', '--prune']]) {
      const refused = await holdfast(world, ...words);
      assert.equal(refused.status, 11, refused.said);
      assert.match(refused.said, new RegExp(`process ${first.child.pid} `));
    }
    first.child.kill('SIGCONT');
    const { status, said } = await first.ended;
    assert.equal(status, 0, said);
    const pruned = await holdfast(world, 'prune');
    assert.equal(pruned.status, 0, pruned.said);
    assert.deepEqual(lockNames(world.home), []);
    await assertWhole(world);
    assert.match((await holdfast(world, 'backups')).said, /2 backups/);
  });

  test('it respects a lock of restic at work, and removes that of one that was killed', async () => {
    await using world = await testWorld();
    await using other = startRestic(world.home, ['backup', '--stdin']);
    await whenLocked(world.home);
    const backup = await holdfast(world, 'backup', await folderIn(world, 'folder', 1000));
    assert.equal(backup.status, 0, backup.said);
    const refused = await holdfast(world, 'prune');
    assert.equal(refused.status, 11, refused.said);
    assert.match(refused.said, new RegExp(`process ${other.child.pid} `));
    other.child.kill('SIGKILL');
    await other.ended;
    assert.equal(lockNames(world.home).length, 1);
    const pruned = await holdfast(world, 'prune');
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
