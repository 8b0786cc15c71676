import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { type Clock, systemClock } from '@holdfast/kernel';
import { acquireLock, listSnapshots, type OpenRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { openHere } from '#repository/open.ts';
import { type Early, indexHere } from '#repository/with-repository.ts';
import { backUp } from '#runs/back-up.ts';
import { folderSource } from '#sources/sources.ts';
import { testHost } from '../../test-setup/test-host.ts';

/** A clock whose locks settle when that work is done. */
const settlingFor = (work: () => Promise<unknown>): Clock => ({
  now: () => systemClock.now(),
  sleep: async (duration, signal) => {
    if (duration.total({ unit: 'seconds' }) >= 1) return await systemClock.sleep(duration, signal);
    await work();
    signal?.throwIfAborted();
  },
});

/** Counts how often snapshots are listed, and tells of the first time. */
function lister() {
  const first = Promise.withResolvers<void>();
  const seen = { times: 0, first: first.promise };
  const list = async (repository: OpenRepository, signal: AbortSignal) => {
    seen.times += 1;
    const listed = await listSnapshots(repository, { signal });
    first.resolve();
    return listed;
  };
  return { seen, list };
}

async function backUpFile(host: Host, name: string): Promise<void> {
  const folder = join(host.cwd, 'stuff');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), name);
  const source = await folderSource(folder, { excludes: [] }, host);
  for await (const _ of backUp(host, { source }, { program: 'holdfast test' }));
}

const only = <P>(prepare: Early<P, undefined>['prepare']): Early<P, undefined> => ({
  prepare,
  begin: () => undefined,
});

const locksFolder = (host: Host): string => join(host.cwd, 'home', 'repository', 'locks');

const locksOf = (host: Host): Promise<string[]> => readdir(locksFolder(host));

suite('reading while a lock settles', () => {
  test('it reads once, and is done when the lock counts', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const { seen, list } = lister();
    // Would never settle if nothing were read before.
    const host = { ...world.host, clock: settlingFor(() => seen.first) };
    await using held = await indexHere(host, {}, only(list));
    equal(seen.times, 1);
    const [entry] = held.prepared.entries;
    ok(entry && held.indexed.index.has('tree', entry.snapshot.tree));
    equal((await locksOf(host)).length, 1);
  });

  test('it reads again where the index was changed meanwhile', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const { seen, list } = lister();
    const work = async (): Promise<void> => {
      await seen.first;
      await backUpFile(world.host, 'b');
    };
    await using held = await indexHere({ ...world.host, clock: settlingFor(work) }, {}, only(list));
    equal(seen.times, 2);
    equal(held.prepared.entries.length, 2);
    for (const { snapshot } of held.prepared.entries) ok(held.indexed.index.has('tree', snapshot.tree));
  });

  test('it reads again what could not be read before the lock counted', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const times: number[] = [];
    await using held = await indexHere(
      world.host,
      {},
      only(async () => {
        times.push(times.length);
        if (times.length === 1) throw new Error('gone meanwhile');
        return 'found';
      }),
    );
    deepEqual([held.prepared, times], ['found', [0, 1]]);
  });

  test('it stops reading, and leaves no lock, where the lock is not to be had', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const stop = new AbortController();
    const begun = Promise.withResolvers<void>();
    const clock = settlingFor(async () => {
      await begun.promise;
      stop.abort(new Error('enough'));
    });
    const host = { ...world.host, signal: stop.signal, clock };
    let wasStopped = false;
    const prepare = (_: OpenRepository, signal: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          wasStopped = true;
          reject(new Error('stopped'));
        });
        begun.resolve();
      });
    await rejects(indexHere(host, {}, only(prepare)), /enough/);
    equal(wasStopped, true);
    deepEqual(await locksOf(host), []);
  });

  test('it reads only under the lock where it keeps everybody else out', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const { seen, list } = lister();
    let before = -1;
    const work = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      before = seen.times;
    };
    await using held = await indexHere(
      { ...world.host, clock: settlingFor(work) },
      { exclusive: true },
      only(list),
    );
    deepEqual([before, seen.times, held.prepared.entries.length], [0, 1, 1]);
  });

  /** Notes what becomes of what is begun, in order; `begun` resolves with the first. */
  function beginner() {
    const noted: string[] = [];
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    let times = 0;
    const early: Early<void, AsyncDisposable> = {
      prepare: async () => {},
      begin: (_indexed, _prepared, signal) => {
        const name = `work ${++times}`;
        noted.push(`${name} begun`);
        resolve();
        return {
          async [Symbol.asyncDispose]() {
            await new Promise((resolve) => setImmediate(resolve));
            noted.push(`${name} over${signal.aborted ? ', aborted' : ''}`);
          },
        };
      },
    };
    return { early, noted, begun };
  }

  test('it begins before the lock counts, and aborts what was begun with the lock', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const { early, noted, begun } = beginner();
    const stop = new AbortController();
    const host = { ...world.host, signal: stop.signal, clock: settlingFor(() => begun) };
    {
      await using _held = await indexHere(host, {}, early);
      deepEqual(noted, ['work 1 begun']);
      stop.abort();
    }
    deepEqual(noted, ['work 1 begun', 'work 1 over, aborted']);
  });

  test('it ends what was begun before it begins again where the index was changed meanwhile', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const { early, noted, begun } = beginner();
    const work = async (): Promise<void> => {
      await begun;
      await backUpFile(world.host, 'b');
    };
    {
      await using _held = await indexHere({ ...world.host, clock: settlingFor(work) }, {}, early);
      deepEqual(noted, ['work 1 begun', 'work 1 over, aborted', 'work 2 begun']);
    }
    equal(noted.at(-1), 'work 2 over');
  });

  test('it ends what was begun where somebody else has the lock after all', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const { early, noted, begun } = beginner();
    await using others = new AsyncDisposableStack();
    const work = async (): Promise<void> => {
      await begun;
      // As after an "unlock --all" of somebody: ours is gone, and theirs is there.
      for (const name of await locksOf(world.host)) await rm(join(locksFolder(world.host), name));
      const { repository } = await openHere(world.host);
      const { isProcessAlive } = world.host;
      others.use(await acquireLock(repository, { exclusive: true, isProcessAlive }));
    };
    const host = { ...world.host, clock: settlingFor(work) };
    await rejects(indexHere(host, {}, early), { code: 'repository/locked' });
    deepEqual(noted, ['work 1 begun', 'work 1 over, aborted']);
  });
});
