import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { type Clock, systemClock } from '@holdfast/kernel';
import { listSnapshots, type OpenRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { indexHere } from '#repository/with-repository.ts';
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

const locksOf = (host: Host): Promise<string[]> => readdir(join(host.cwd, 'home', 'repository', 'locks'));

suite('reading while a lock settles', () => {
  test('it reads once, and is done when the lock counts', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const { seen, list } = lister();
    // Would never settle if nothing were read before.
    const host = { ...world.host, clock: settlingFor(() => seen.first) };
    await using held = await indexHere(host, {}, list);
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
    await using held = await indexHere({ ...world.host, clock: settlingFor(work) }, {}, list);
    equal(seen.times, 2);
    equal(held.prepared.entries.length, 2);
    for (const { snapshot } of held.prepared.entries) ok(held.indexed.index.has('tree', snapshot.tree));
  });

  test('it reads again what could not be read before the lock counted', async () => {
    await using world = await testHost();
    await backUpFile(world.host, 'a');
    const times: number[] = [];
    await using held = await indexHere(world.host, {}, async () => {
      times.push(times.length);
      if (times.length === 1) throw new Error('gone meanwhile');
      return 'found';
    });
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
    await rejects(indexHere(host, {}, prepare), /enough/);
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
      list,
    );
    deepEqual([before, seen.times, held.prepared.entries.length], [0, 1, 1]);
  });
});
