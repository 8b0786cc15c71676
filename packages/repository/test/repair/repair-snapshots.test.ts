import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import {
  BlobSaver,
  check,
  type IndexedRepository,
  type Loss,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  planRepairSnapshots,
  repairSnapshots,
  type SnapshotRepairEvent,
  saveSnapshot,
} from '@holdfast/repository';
import { cheapRepository } from '@holdfast/repository/testing';
import { formatTree, NO_TIME, type Node } from '@holdfast/restic-format';
import { MemoryStore } from '@holdfast/store';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import { listFiles, saveSample } from '@holdfast/testkit/repository';

const TIME = '2026-03-14T15:09:26Z';
const GONE = '99'.repeat(32);

const load = (opened: OpenRepository): Promise<IndexedRepository> =>
  loadIndex(opened, { threads: 0, packBytes: 4096, tolerate: true });

const node = (name: string, type: Node['type'], other: Partial<Node> = {}): Node => ({
  name,
  type,
  mode: 0o600,
  mtime: NO_TIME,
  atime: NO_TIME,
  ctime: NO_TIME,
  uid: 0,
  gid: 0,
  ...other,
});

/** A snapshot with every kind of damage that a tree can have. */
async function broken(): Promise<{ opened: OpenRepository; snapshot: string }> {
  const opened = await cheapRepository(new MemoryStore(), { clock: fakeClock(), random: seededRandom(2) });
  await using repository = await load(opened);
  const saver = new BlobSaver(repository);
  const blob = await saver.saveBlob('data', new TextEncoder().encode('what is left'));
  const inner = await saver.saveBlob(
    'tree',
    formatTree([
      node('cut.jpg', 'file', { content: [blob, GONE], size: 100 }),
      node('good.txt', 'file', { content: [blob], size: 12 }),
      node('lost', 'dir', { subtree: GONE }),
      node('odd', 'file', { content: [blob], size: 13 }),
      node('strange', 'irregular', { unknownType: 'portal' }),
    ]),
  );
  const good = await saver.saveBlob('tree', formatTree([node('a', 'file', { content: [blob], size: 12 })]));
  const tree = await saver.saveBlob(
    'tree',
    formatTree([node('bad', 'dir', { subtree: inner }), node('fine', 'dir', { subtree: good })]),
  );
  await saver.finish();
  return { opened, snapshot: await saveSnapshot(opened, { time: TIME, tree, paths: ['/'], tags: ['mine'] }) };
}

const LOSSES: readonly Loss[] = [
  { kind: 'content-lost', path: '/bad/cut.jpg', sizeBytes: 100, keptBytes: 12 },
  { kind: 'folder-lost', path: '/bad/lost' },
  { kind: 'size-corrected', path: '/bad/odd', sizeBytes: 13, contentBytes: 12 },
  { kind: 'entry-dropped', path: '/bad/strange' },
];

async function repair(opened: OpenRepository, forget: boolean): Promise<SnapshotRepairEvent[]> {
  await using repository = await load(opened);
  const plan = await planRepairSnapshots(repository, { forget });
  return await Array.fromAsync(repairSnapshots(repository, plan));
}

suite('repairSnapshots', () => {
  test('it tells every path that lost something, and keeps all else', async () => {
    const { opened, snapshot } = await broken();
    await using repository = await load(opened);
    const before = await listFiles(opened.store);
    const plan = await planRepairSnapshots(repository);
    assert.deepEqual(
      plan.repairs.map(({ losses }) => losses),
      [LOSSES],
    );
    assert.deepEqual(await listFiles(opened.store), before, 'a plan changes nothing');
    const events = await Array.fromAsync(repairSnapshots(repository, plan));
    const told = events.flatMap((event) => (event.kind === 'lost' ? [event.loss] : []));
    assert.deepEqual(told, LOSSES);
    const { entries } = await listSnapshots(opened);
    const repaired = entries.find(({ id }) => id !== snapshot)?.snapshot;
    assert.equal(entries.length, 2, 'the old one stays unless asked');
    assert.deepEqual([repaired?.original, repaired?.tags], [snapshot, ['mine', 'repaired']]);
    await using after = await load(opened);
    const [bad, fine] = await after.blobs.loadTree(repaired?.tree ?? '');
    assert.equal((await after.blobs.loadTree(fine?.subtree ?? ''))[0]?.name, 'a');
    const inside = await after.blobs.loadTree(bad?.subtree ?? '');
    assert.deepEqual(
      inside.map(({ name, size }) => [name, size]),
      [
        ['cut.jpg', 12],
        ['good.txt', 12],
        ['lost', undefined],
        ['odd', 12],
      ],
    );
    assert.match(inside[0]?.error ?? '', /12 of 100 bytes/);
  });

  test('it replaces the snapshot when asked, and check finds nothing afterwards', async () => {
    const { opened, snapshot } = await broken();
    const events = await repair(opened, true);
    assert.ok(events.some((event) => event.kind === 'removed' && event.snapshot === snapshot));
    const { entries } = await listSnapshots(opened);
    assert.deepEqual(
      entries.map(({ snapshot: { tags } }) => tags),
      [['mine']],
    );
    await using repository = await load(opened);
    for await (const event of check(repository, { readData: 'all' })) assert.equal(event.kind, 'progress');
  });

  test('it does not make the same repaired snapshot again', async () => {
    const { opened } = await broken();
    await repair(opened, false);
    assert.deepEqual(await repair(opened, false), []);
    await repair(opened, true);
    assert.equal((await listSnapshots(opened)).entries.length, 1);
  });

  test('it gives up a snapshot whose root is lost only when asked', async () => {
    const opened = await cheapRepository(new MemoryStore(), { clock: fakeClock(), random: seededRandom(2) });
    await saveSnapshot(opened, { time: TIME, tree: GONE, paths: ['/'] });
    assert.deepEqual(await repair(opened, false), []);
    assert.equal((await listSnapshots(opened)).entries.length, 1);
    await repair(opened, true);
    assert.equal((await listSnapshots(opened)).entries.length, 0);
  });

  test('it refuses a snapshot that is not there, and a plan that is out of date', async () => {
    const { opened } = await broken();
    await using repository = await load(opened);
    const unknown = planRepairSnapshots(repository, { snapshots: [GONE] });
    await assert.rejects(unknown, (error) => isFailure(error, 'repository/no-snapshot'));
    const plan = await planRepairSnapshots(repository, { forget: true });
    await saveSample(repository, { new: 'meanwhile' });
    const late = Array.fromAsync(repairSnapshots(repository, plan));
    await assert.rejects(late, (error) => isFailure(error, 'repository/plan-outdated'));
  });
});
