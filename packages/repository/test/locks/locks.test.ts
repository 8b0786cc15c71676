import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Clock } from '@holdfast/kernel';
import { Failure } from '@holdfast/kernel';
import { acquireLock, listLocks, type OpenRepository, planUnlock, unlock } from '@holdfast/repository';
import { CHEAP_PASSWORD, onStore } from '@holdfast/repository/testing';
import { formatLock, formatTime, type Lock } from '@holdfast/restic-format';
import { LocalStore, MemoryStore, STORE_FAILURES } from '@holdfast/store';
import { faulty } from '@holdfast/store/testing';
import { type FakeClock, fakeClock, restic, temporaryFolder } from '@holdfast/testkit';
import { fresh, withCode } from '../../test-setup/fresh.ts';

const minutes = (count: number): Temporal.Duration => Temporal.Duration.from({ minutes: count });
const alive = { isProcessAlive: () => true };
const dead = { isProcessAlive: () => false };
const EXCLUSIVE = { exclusive: true, ...alive };
const SHARED = { exclusive: false, ...alive };

/** Stands still, except that the short wait of the lock protocol is over at once. */
function steadyClock(start?: Temporal.Instant): FakeClock {
  const clock = fakeClock(start);
  const sleep: Clock['sleep'] = (duration, signal) =>
    duration.total('milliseconds') < 1000 ? Promise.resolve() : clock.sleep(duration, signal);
  return Object.defineProperty({ ...clock, sleep } as FakeClock, 'sleeperCount', {
    get: () => clock.sleeperCount,
  });
}

/** Lets everything that is ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function withOther(lock: Partial<Lock>, agoMinutes = 0): Promise<OpenRepository> {
  const repository = await fresh({ clock: steadyClock() });
  const time = formatTime(repository.clock.now().subtract(minutes(agoMinutes)).epochNanoseconds);
  const other = { time, exclusive: false, hostname: 'elsewhere', username: 'u', pid: 7, uid: 0, gid: 0 };
  await repository.files.save('lock', formatLock({ ...other, ...lock }));
  return repository;
}

const countLocks = async (repository: OpenRepository): Promise<number> =>
  (await Array.fromAsync(repository.store.list('lock'))).length;

suite('locks', () => {
  for (const [mine, other, isFree] of [
    [false, false, true],
    [true, false, false],
    [false, true, false],
    [true, true, false],
  ] as const) {
    test(`it ${isFree ? 'gives' : 'refuses'} a lock, exclusive: ${mine}, beside one, exclusive: ${other}`, async () => {
      const repository = await withOther({ exclusive: other });
      const asked = acquireLock(repository, { exclusive: mine, ...alive });
      if (isFree) await (await asked)[Symbol.asyncDispose]();
      else await assert.rejects(asked, withCode('repository/locked'));
      assert.equal(await countLocks(repository), 1);
    });
  }

  test('it says who holds the repository, and what to do', async () => {
    const repository = await withOther({ exclusive: true, hostname: 'lap\x1btop', username: 'ann', pid: 99 });
    await assert.rejects(acquireLock(repository, SHARED), {
      message: /exclusively by process 99 of ann on lap\\x1btop since 2026-03-14T15:09:26Z/,
      hint: /holdfast unlock --all/,
      retry: 'later',
    });
  });

  for (const [why, lock, ago, processes, stale] of [
    ['older than 30 minutes', {}, 31, alive, 1],
    ['of a dead process here', { hostname: 'testing' }, 1, dead, 1],
    ['from the future', {}, -60, dead, 0],
    ['of a dead process elsewhere', {}, 29, dead, 0],
    ['of a process at work here', { hostname: 'testing' }, 1, alive, 0],
  ] as const) {
    test(`it ${stale ? 'removes and counts' : 'respects'} a lock ${why}`, async () => {
      const repository = await withOther({ exclusive: true, ...lock }, ago);
      const asked = acquireLock(repository, { exclusive: true, ...processes });
      if (stale === 0) return assert.rejects(asked, withCode('repository/locked'));
      await using held = await asked;
      assert.equal(held.stale, 1);
      assert.equal(await countLocks(repository), 1);
    });
  }

  test('it refreshes its lock every five minutes and removes it in the end', async () => {
    const clock = steadyClock();
    const repository = await fresh({ clock });
    {
      await using held = await acquireLock(repository, EXCLUSIVE);
      const [before] = (await listLocks(repository, alive)).locks;
      clock.advance(minutes(5));
      await settle();
      const [after, ...more] = (await listLocks(repository, alive)).locks;
      assert.notEqual(after?.id, before?.id);
      assert.equal(more.length, 0);
      assert.equal(after?.lockedAt.toString(), clock.now().toString());
      assert.equal(held.signal.aborted, false);
    }
    assert.equal(await countLocks(repository), 0);
  });

  test('it is lost when it was removed while the computer slept, and goes on when it was not', async () => {
    for (const isRemoved of [true, false]) {
      const clock = steadyClock();
      const repository = await fresh({ clock });
      await using held = await acquireLock(repository, EXCLUSIVE);
      if (isRemoved) await unlock(repository, await planUnlock(repository, { all: true, ...alive }));
      clock.advance(minutes(60));
      await settle();
      assert.equal(held.signal.aborted, isRemoved);
      if (isRemoved) assert.throws(() => held.signal.throwIfAborted(), withCode('repository/lock-lost'));
    }
  });

  test('it renews its lock at once when the clock was set back, and is lost when others took it for old', async () => {
    for (const isRemoved of [true, false]) {
      const steady = steadyClock();
      let ahead = minutes(300);
      const clock: Clock = {
        now: () => steady.now().add(ahead),
        sleep: (duration, signal) => steady.sleep(duration, signal),
      };
      const repository = await fresh({ clock });
      await using held = await acquireLock(repository, EXCLUSIVE);
      if (isRemoved) await unlock(repository, await planUnlock(repository, { all: true, ...alive }));
      ahead = minutes(0);
      steady.advance(Temporal.Duration.from({ seconds: 1 }));
      await settle();
      assert.equal(held.signal.aborted, isRemoved);
      if (isRemoved) continue;
      const { locks } = await listLocks(repository, alive);
      assert.deepEqual(
        locks.map(({ lockedAt }) => lockedAt.toString()),
        [clock.now().toString()],
      );
    }
  });

  test('it says so when a lock is from a time yet to come', async () => {
    const repository = await withOther({ exclusive: true }, -60);
    await assert.rejects(acquireLock(repository, SHARED), {
      message: /since 2026-03-14T16:09:26Z, a time yet to come: a clock is wrong/,
      hint: /^Set the clocks right; .*holdfast unlock --all/,
    });
  });

  test('it waits as long as it is told, and gets the lock once it is free', async () => {
    const clock = steadyClock();
    const repository = await fresh({ clock });
    const first = await acquireLock(repository, EXCLUSIVE);
    const blockers: number[] = [];
    const onWait = ({ lock }: { lock: Lock }): unknown => blockers.push(lock.pid);
    const second = acquireLock(repository, { ...SHARED, waitFor: minutes(1), onWait });
    await clock.whenSleeping(2);
    await first[Symbol.asyncDispose]();
    clock.advance(minutes(1));
    await using held = await second;
    assert.ok(held.isStored);
    assert.deepEqual(blockers, [4711]);
  });

  test('it tells that its lock is written while it settles', async () => {
    const clock = fakeClock();
    const repository = await fresh({ clock });
    const counting = Promise.withResolvers<number>();
    const onWritten = (): void => counting.resolve(countLocks(repository));
    const asked = acquireLock(repository, { ...SHARED, onWritten });
    assert.equal(await counting.promise, 1);
    await clock.whenSleeping(1);
    clock.advance(Temporal.Duration.from({ seconds: 1 }));
    await (await asked)[Symbol.asyncDispose]();
  });

  test('it goes without a lock for readers of a read-only store only', async () => {
    const refuse = (fault: string): Failure => new Failure(STORE_FAILURES.readOnly, fault);
    const repository = await fresh({ clock: steadyClock() });
    const store = faulty(
      repository.store,
      (_, what) => (what.startsWith('put') ? 'before' : undefined),
      refuse,
    );
    const reading = onStore(repository, store);
    await using held = await acquireLock(reading, { ...SHARED, readOnly: true });
    assert.equal(held.isStored, false);
    await assert.rejects(acquireLock(reading, SHARED), withCode('store/read-only'));
    await assert.rejects(acquireLock(reading, EXCLUSIVE), withCode('store/read-only'));
    await using alone = await acquireLock(reading, { ...EXCLUSIVE, readOnly: true });
    assert.equal(alone.isStored, false);
    await using other = await acquireLock(repository, SHARED);
    assert.equal(other.isStored, true);
    await assert.rejects(
      acquireLock(reading, { ...EXCLUSIVE, readOnly: true }),
      withCode('repository/locked'),
    );
  });

  test('it tolerates a damaged lock only for shared work, and removes it with `all`', async () => {
    const repository = await fresh({ clock: steadyClock() });
    await repository.store.put({ kind: 'lock', name: 'd'.repeat(64) }, [new Uint8Array(9)]);
    await repository.store.put({ kind: 'lock', name: 'e'.repeat(64) }, []);
    {
      await using held = await acquireLock(repository, SHARED);
      assert.equal(held.unreadable, 1);
    }
    await assert.rejects(acquireLock(repository, EXCLUSIVE), withCode('repository/locked'));
    assert.equal(await unlock(repository, await planUnlock(repository, alive)), 0);
    assert.equal(await unlock(repository, await planUnlock(repository, { all: true, ...alive })), 2);
    assert.equal(await countLocks(repository), 0);
  });

  test('it leaves no lock behind when the second look fails', async () => {
    const repository = await fresh({ clock: steadyClock(), store: new MemoryStore() });
    let lists = 0;
    const store = faulty(repository.store, (_, what) => {
      if (what === 'list lock') lists += 1;
      return what === 'list lock' && lists === 2 ? 'before' : undefined;
    });
    await assert.rejects(acquireLock(onStore(repository, store), EXCLUSIVE), withCode('store/io'));
    assert.equal(await countLocks(repository), 0);
  });

  test('it keeps restic out, and lets restic in again', async () => {
    await using folder = await temporaryFolder();
    const clock = steadyClock(Temporal.Now.instant());
    const repository = await fresh({ clock, store: new LocalStore(folder.path) });
    const options = { repository: folder.path, password: CHEAP_PASSWORD };
    {
      await using _held = await acquireLock(repository, EXCLUSIVE);
      const refused = await restic(['snapshots'], options);
      assert.notEqual(refused.status, 0);
      assert.match(refused.stderr, /already locked exclusively by PID 4711 on testing by tester/);
    }
    assert.equal((await restic(['snapshots'], options)).status, 0);
  });
});
