import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { type DrillEvent, type DrillOptions, drill } from '@holdfast/engine';
import { listSnapshots, loadIndex, type OpenRepository } from '@holdfast/repository';
import { onStore } from '@holdfast/repository/testing';
import { seededRandom, temporaryFolder } from '@holdfast/testkit';
import { copyStore, listFiles, replaceFile } from '@holdfast/testkit/repository';
import { deviceSource } from '../../test-setup/device-source.ts';
import { newRepository, runBackup, sourceOf } from '../../test-setup/runs.ts';

async function drilled(
  repository: OpenRepository,
  folder: string,
  options: Partial<DrillOptions> = {},
): Promise<DrillEvent[]> {
  await using indexed = await loadIndex(repository, { threads: 0, tolerate: true });
  const { entries } = await listSnapshots(repository);
  return await Array.fromAsync(
    drill(indexed, entries, {
      limits: { files: 5, bytes: 1e9 },
      random: seededRandom(3),
      scratch: (number) => join(folder, String(number)),
      ...options,
    }),
  );
}

const items = (events: readonly DrillEvent[]) => events.filter((event) => event.kind === 'item');

/** A repository with a phone of a few files and a folder of many, one of them of several blobs. */
async function twoDevices(folder: string): Promise<OpenRepository> {
  const repository = await newRepository();
  const from = join(folder, 'from');
  mkdirSync(join(from, 'deep/er'), { recursive: true });
  for (let at = 0; at < 40; at++) writeFileSync(join(from, 'deep', `${at}.txt`), `text ${at}`);
  writeFileSync(join(from, 'deep/er/long.bin'), seededRandom(9)(5_000_000));
  writeFileSync(join(from, 'empty'), '');
  await runBackup(repository, await sourceOf(from));
  await runBackup(repository, deviceSource({ 'files/a.jpg': { content: 'old' } }));
  await runBackup(
    repository,
    deviceSource({ 'files/a.jpg': { content: 'new' }, 'files/b': { content: 'b' } }),
  );
  return repository;
}

suite('a restore drill', () => {
  test('it gives files of the newest backup of each device back, and finds them the same', async () => {
    await using folder = await temporaryFolder();
    const repository = await twoDevices(folder.path);
    const events = await drilled(repository, join(folder.path, 'scratch'), {
      limits: { files: 100, bytes: 1e9 },
    });
    const told = items(events);
    deepEqual(new Set(told.map(({ outcome }) => outcome)), new Set(['same']));
    const pathsOf = (kind: string) =>
      told.filter(({ device }) => device.kind === kind).map(({ path }) => path);
    deepEqual(pathsOf('android').toSorted(), ['files/a.jpg', 'files/b', 'holdfast.json']);
    equal(pathsOf('folder').length, 43);
    ok(pathsOf('folder').includes('files/from/deep/er/long.bin'));
    const [began] = events;
    ok(began?.kind === 'began');
    equal(began.items, told.length);
  });

  test('it picks as many as it may, others with another seed, the same with the same', async () => {
    await using folder = await temporaryFolder();
    const repository = await twoDevices(folder.path);
    let drills = 0;
    const paths = async (seed: number) => {
      drills += 1;
      const own = join(folder.path, `drill-${drills}`);
      const scratch = (number: number): string => join(own, String(number));
      const told = items(await drilled(repository, folder.path, { random: seededRandom(seed), scratch }));
      return told.filter(({ device }) => device.kind === 'folder').map(({ path }) => path);
    };
    const first = await paths(1);
    equal(first.length, 5);
    deepEqual(await paths(1), first);
    ok((await paths(2)).join() !== first.join());
  });

  test('it takes no more bytes than it may, but for a single file', async () => {
    await using folder = await temporaryFolder();
    const repository = await twoDevices(folder.path);
    const events = await drilled(repository, folder.path, { limits: { files: 100, bytes: 300 } });
    const bytes = items(events)
      .filter(({ device }) => device.kind === 'folder')
      .slice(1);
    ok(bytes.reduce((sum, item) => sum + item.bytes, 0) <= 300);
  });

  test('it tells what is damaged in the repository, whichever pack that is, and goes on', async () => {
    await using folder = await temporaryFolder();
    const repository = await twoDevices(folder.path);
    let lost = 0;
    let number = 0;
    for (const file of await listFiles(repository.store)) {
      if (file.kind !== 'pack') continue;
      const store = await copyStore(repository.store);
      const bytes = await store.get(file);
      await replaceFile(
        store,
        file,
        Uint8Array.from(bytes, (byte) => byte ^ 1),
      );
      number += 1;
      const told = items(
        await drilled(onStore(repository, store), join(folder.path, `damaged-${number}`), {
          limits: { files: 100, bytes: 1e9 },
        }),
      );
      for (const { outcome, detail } of told)
        if (outcome !== 'same') {
          lost += 1;
          ok(detail !== undefined && detail !== '');
        }
    }
    ok(lost > 40);
  });

  test('it begins with nothing where there is nothing', async () => {
    await using folder = await temporaryFolder();
    deepEqual(await drilled(await newRepository(), folder.path), [{ kind: 'began', items: 0, bytes: 0 }]);
  });
});
