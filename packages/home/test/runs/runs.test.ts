import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Source, totalsOf } from '@holdfast/devices';
import type { BackupSummary } from '@holdfast/engine';
import { listSnapshots } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { openCatalogHere } from '#ledger/with-catalog.ts';
import { indexHere } from '#repository/with-repository.ts';
import { auditHere } from '#runs/audit.ts';
import { type BackUpOptions, backUp } from '#runs/back-up.ts';
import { type GiveBackEvent, giveBack } from '#runs/give-back.ts';
import { folderSource } from '#sources/sources.ts';
import { testHost } from '../../test-setup/test-host.ts';

const PROGRAM = 'holdfast test';

async function backUpStuff(
  host: Host,
  options: Partial<BackUpOptions> = {},
): Promise<BackupSummary | undefined> {
  const source = await folderSource(join(host.cwd, 'stuff'), { excludes: [] }, host);
  for await (const event of backUp(host, { source }, { program: PROGRAM, ...options }))
    if (event.kind === 'done') return event.summary;
  return undefined;
}

async function* giveStuffBack(host: Host, path: string): AsyncGenerator<GiveBackEvent> {
  const { signal } = host;
  await using held = await indexHere(
    host,
    {},
    { prepare: (repository) => listSnapshots(repository, { signal }), begin: () => undefined },
  );
  const entry = held.prepared.entries.at(-1);
  if (entry === undefined) throw new Error('no backup');
  const request = { tree: entry.snapshot.tree, paths: [] };
  yield* giveBack(host, held.indexed, request, { kind: 'folder', path }, held.signal);
}

async function makeStuff(folder: string): Promise<void> {
  await mkdir(join(folder, 'stuff'));
  await writeFile(join(folder, 'stuff', 'a.txt'), 'a');
  await writeFile(join(folder, 'stuff', 'b.txt'), 'b');
}

test('it backs a folder up, writes it down in the ledger, and finds all of it in a backup', async () => {
  await using world = await testHost();
  const { host } = world;
  await makeStuff(world.path);
  assert.equal((await backUpStuff(host))?.balance.verified, 2);
  const catalog = await openCatalogHere(host);
  const [device] = await catalog.devices();
  assert.equal(device?.name, 'stuff');
  assert.equal((await catalog.balance(device.id)).present.verified, 2);
  catalog.close();
  const source = await folderSource(join(world.path, 'stuff'), { excludes: [] }, host);
  const kinds: string[] = [];
  for await (const event of auditHere(host, { source }, { isThorough: true })) {
    kinds.push(event.kind);
    if (event.kind === 'done') assert.equal(event.summary.inBackup, 2);
  }
  assert.deepEqual([kinds[0], kinds.at(-1)], ['opened', 'done']);
  assert.deepEqual(world.told, []);
});

test('it reads the source that stands in for the device', async () => {
  await using world = await testHost();
  await makeStuff(world.path);
  const decorate = (source: Source): Source => ({
    device: source.device,
    async *walk(signal) {
      for await (const folder of source.walk(signal)) {
        const entries = [...folder.entries].filter(({ name }) => name !== 'a.txt');
        const { path, facts } = folder;
        yield { path, facts, entries, totals: totalsOf(entries, undefined) };
      }
    },
    localPath: (path) => source.localPath(path),
    read: (path, signal) => source.read(path, signal),
  });
  assert.equal((await backUpStuff(world.host, { decorate }))?.balance.found, 1);
});

test('it writes nothing down of a dry run', async () => {
  await using world = await testHost();
  await makeStuff(world.path);
  assert.equal((await backUpStuff(world.host, { isDryRun: true }))?.snapshot, undefined);
  assert.deepEqual((await readdir(join(world.path, 'home'))).toSorted(), ['password', 'repository']);
});

test('it says in the ledger that a backup stopped when nobody listens any more', async () => {
  await using world = await testHost();
  const { host } = world;
  await makeStuff(world.path);
  const source = await folderSource(join(world.path, 'stuff'), { excludes: [] }, host);
  for await (const event of backUp(host, { source }, { program: PROGRAM })) if (event.kind === 'began') break;
  const catalog = await openCatalogHere(host);
  const runs = await catalog.runs(source.device.id);
  catalog.close();
  assert.deepEqual(
    runs.map(({ state }) => state),
    ['stopped'],
  );
});

test('it gives back what it planned, and nothing before it is asked for more', async () => {
  await using world = await testHost();
  const { host } = world;
  await makeStuff(world.path);
  await backUpStuff(host);
  const target = join(world.path, 'target');
  for await (const event of giveStuffBack(host, target)) {
    if (event.kind !== 'planned') continue;
    // Two, and what the backup says of itself.
    assert.equal(event.plan.items, 3);
    break;
  }
  assert.deepEqual(await readdir(target), []);
  const kinds = new Set<string>();
  for await (const { kind } of giveStuffBack(host, target)) kinds.add(kind);
  assert.deepEqual([...kinds].slice(0, 3), ['looking', 'planned', 'began']);
  const [backedUp = ''] = (await readdir(target, { recursive: true })).filter((name) =>
    name.endsWith('a.txt'),
  );
  assert.equal(await readFile(join(target, backedUp), 'utf8'), 'a');
});
