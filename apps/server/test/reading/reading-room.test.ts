import { deepEqual, equal, notEqual, ok, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { acquireLock, BlobSaver, listLocks, loadIndex } from '@holdfast/repository';
import { cheapRepository } from '@holdfast/repository/testing';
import { MemoryStore } from '@holdfast/store';
import { fakeClock, hurriedClock, seededRandom } from '@holdfast/testkit';
import { BRIEFLY, ReadingRoom } from '#reading/reading-room.ts';

const { signal } = new AbortController();
const isProcessAlive = (): boolean => true;

/** A room whose lingering ends when the test says so; locks settle at once. */
async function room() {
  const random = seededRandom(5);
  const repository = await cheapRepository(new MemoryStore(), { clock: hurriedClock(), random });
  const clock = fakeClock();
  let opens = 0;
  const open = async () => {
    opens += 1;
    return repository;
  };
  const locks = async (): Promise<number> =>
    (await listLocks(repository, { isProcessAlive, signal })).locks.length;
  return {
    repository,
    clock,
    locks,
    opens: () => opens,
    readers: new ReadingRoom({ open, isProcessAlive, clock }),
    async [Symbol.asyncDispose]() {
      await this.readers[Symbol.asyncDispose]();
    },
  };
}

suite('the reading room', () => {
  test('it has one lock and one index for all who read', async () => {
    await using made = await room();
    const all = await Promise.all([1, 2, 3].map(() => made.readers.enter(signal)));
    equal(new Set(all.map(({ repository }) => repository)).size, 1);
    deepEqual([await made.locks(), made.opens()], [1, 1]);
    for (const reader of all) await reader[Symbol.asyncDispose]();
  });

  test('it keeps the lock for a while after the last has gone, then gives it back', async () => {
    await using made = await room();
    const reader = await made.readers.enter(signal);
    await reader[Symbol.asyncDispose]();
    await reader[Symbol.asyncDispose]();
    await made.clock.whenSleeping(1);
    equal(await made.locks(), 1);
    await (await made.readers.enter(signal))[Symbol.asyncDispose]();
    await made.clock.whenSleeping(1);
    made.clock.advance(Temporal.Duration.from({ minutes: 1 }));
    await new Promise((resolve) => setImmediate(resolve));
    await made.readers.letGo();
    equal(await made.locks(), 0);
  });

  test('it gives the lock back soon after what nobody looks at, later where a person was there before', async () => {
    await using made = await room();
    const after = async (lingers: Temporal.Duration | undefined, seconds: number): Promise<number> => {
      await (await made.readers.enter(signal, lingers))[Symbol.asyncDispose]();
      await made.clock.whenSleeping(1);
      made.clock.advance(Temporal.Duration.from({ seconds }));
      await new Promise((resolve) => setImmediate(resolve));
      return made.locks();
    };
    equal(await after(BRIEFLY, 3), 0);
    equal(await after(undefined, 5), 1);
    equal(await after(BRIEFLY, 3), 1);
    equal(await after(BRIEFLY, 23), 0);
  });

  test('it lets go at once for who is about to remove something', async () => {
    await using made = await room();
    const reader = await made.readers.enter(signal);
    await made.readers.letGo();
    equal(await made.locks(), 1);
    await reader[Symbol.asyncDispose]();
    await made.readers.letGo();
    equal(await made.locks(), 0);
  });

  test('it knows what was saved since, and readers of before go on', async () => {
    await using made = await room();
    await using before = await made.readers.enter(signal);
    await using indexed = await loadIndex(made.repository, { threads: 0 });
    const saver = new BlobSaver(indexed, {});
    const id = await saver.saveBlob('data', new Uint8Array([1, 2, 3]));
    await saver.finish();
    await using after = await made.readers.enter(signal);
    notEqual(after.repository, before.repository);
    deepEqual(
      [before, after].map(({ repository }) => repository.index.has('data', id)),
      [false, true],
    );
    equal(await made.locks(), 1);
  });

  test('it refuses while another program removes things, and opens when that is over', async () => {
    await using made = await room();
    {
      await using _prune = await acquireLock(made.repository, { exclusive: true, isProcessAlive, signal });
      await rejects(made.readers.enter(signal), { code: 'repository/locked' });
    }
    await using reader = await made.readers.enter(signal);
    ok(!reader.signal.aborted);
  });

  test('it goes on for others when one who waits goes away', async () => {
    await using made = await room();
    const leaving = new AbortController();
    const gone = made.readers.enter(leaving.signal);
    const stays = made.readers.enter(signal);
    leaving.abort(new Error('gone'));
    await rejects(gone, /gone/);
    await using reader = await stays;
    ok(!reader.signal.aborted);
  });
});
