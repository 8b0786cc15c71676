import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  adoptPacks,
  check,
  type IndexedRepository,
  loadIndex,
  type OpenRepository,
} from '@holdfast/repository';
import { cheapRepository } from '@holdfast/repository/testing';
import { MemoryStore } from '@holdfast/store';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import { listFiles, loadSample, saveSample } from '@holdfast/testkit/repository';

const load = (opened: OpenRepository): Promise<IndexedRepository> =>
  loadIndex(opened, { threads: 0, packBytes: 4096, tolerate: true });

/** What a backup leaves that dies before it saves an index file. */
async function interrupted(): Promise<{ opened: OpenRepository; snapshot: string }> {
  const random = seededRandom(3);
  const opened = await cheapRepository(new MemoryStore(), { clock: fakeClock(), random: seededRandom(2) });
  await using repository = await load(opened);
  const small = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`f${at}`, `text ${at}`]));
  const snapshot = await saveSample(repository, { ...small, photo: [random(2000), random(2000)] });
  for (const file of await listFiles(opened.store))
    if (file.kind === 'index') await opened.store.remove(file);
  return { opened, snapshot };
}

suite('adoptPacks', () => {
  test('it lists packs that an interrupted backup left, reading only their ends', async () => {
    const { opened, snapshot } = await interrupted();
    await using repository = await load(opened);
    const { packs, blobs } = await adoptPacks(repository);
    assert.ok(packs >= 3);
    assert.equal(blobs, 123);
    assert.equal((await loadSample(repository, snapshot)).size, 121);
    await using after = await load(opened);
    assert.equal((await loadSample(after, snapshot)).size, 121);
    for await (const event of check(after, { readData: 'all' })) assert.equal(event.kind, 'progress');
  });

  test('it leaves alone what is no whole pack, and does nothing the second time', async () => {
    const { opened } = await interrupted();
    const half = (await listFiles(opened.store)).find(({ kind }) => kind === 'pack');
    const bytes = await opened.store.get(half ?? assert.fail('no pack'));
    await opened.store.put({ kind: 'pack', name: '34'.repeat(32) }, [bytes.subarray(0, bytes.length / 2)]);
    await opened.store.put({ kind: 'pack', name: '56'.repeat(32) }, []);
    await using repository = await load(opened);
    await adoptPacks(repository);
    assert.ok(!repository.index.hasPack('34'.repeat(32)));
    const before = await listFiles(opened.store);
    assert.deepEqual(await adoptPacks(repository), { packs: 0, blobs: 0 });
    assert.deepEqual(await listFiles(opened.store), before);
  });

  test('it lists nothing twice that another backup has listed meanwhile', async () => {
    const { opened } = await interrupted();
    await using late = await load(opened);
    await using early = await load(opened);
    await adoptPacks(early);
    assert.deepEqual(await adoptPacks(late), { packs: 0, blobs: 0 });
  });
});
