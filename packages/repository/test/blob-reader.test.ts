import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BlobSaver, type IndexedRepository, loadIndex } from '@holdfast/repository';
import { formatTree, type Id, idOf, NO_TIME, type Node } from '@holdfast/restic-format';
import { replaceFile } from '@holdfast/testkit/repository';
import { fresh, freshIndexed, withCode } from '../test-setup/fresh.ts';

const text = new TextEncoder().encode('twice is better');
const id = idOf(text);

/** A repository that holds the text in two packs, and their names as they are tried. */
async function twice(): Promise<{ repository: IndexedRepository; packs: readonly Id[] }> {
  const opened = await fresh();
  // Both loaded before either has saved: neither knows of the other's copy.
  const writers = [await loadIndex(opened, { threads: 0 }), await loadIndex(opened, { threads: 0 })];
  for (const writer of writers) {
    const saver = new BlobSaver(writer);
    await saver.saveBlob('data', text.slice());
    await saver.finish();
  }
  const repository = await loadIndex(opened, { threads: 0 });
  return { repository, packs: repository.index.findAll('data', id).map(({ pack }) => pack) };
}

const damage = ({ store }: IndexedRepository, pack: Id, length?: number): Promise<void> =>
  replaceFile(store, { kind: 'pack', name: pack }, new Uint8Array(length ?? 4096));

suite('BlobReader', () => {
  test('it gives the blob from the next pack when one is damaged, cut short or gone', async () => {
    const ruin = {
      damaged: damage,
      'cut short': (repository: IndexedRepository, pack: Id) => damage(repository, pack, 3),
      gone: ({ store }: IndexedRepository, pack: Id) => store.remove({ kind: 'pack', name: pack }),
    };
    for (const [how, break_] of Object.entries(ruin)) {
      const { repository, packs } = await twice();
      assert.equal(new Set(packs).size, 2);
      await break_(repository, packs[0] ?? '');
      assert.deepEqual(await repository.blobs.loadBlob('data', id), text, how);
      await break_(repository, packs[1] ?? '');
      await assert.rejects(repository.blobs.loadBlob('data', id), withCode('repository/damaged'), how);
    }
  });

  test('it gives large blobs that are read at once, and each is its own', async () => {
    await using repository = await freshIndexed();
    const saver = new BlobSaver(repository);
    const blobs = [70_000, 200_000, 65_536, 150_000, 199_999].map((length, at) =>
      Uint8Array.from({ length }, (_, place) => (place * 7919 + at * 31) >> 3),
    );
    for (const blob of blobs) await saver.saveBlob('data', blob.slice());
    await saver.finish();
    const load = (blob: Uint8Array) => repository.blobs.loadBlob('data', idOf(blob));
    const first = await load(blobs[0] ?? text);
    const together = await Promise.all(blobs.map(load));
    const after = await Promise.all(blobs.toReversed().map(load));
    assert.deepEqual(first, blobs[0]);
    assert.deepEqual(together, blobs);
    assert.deepEqual(after.reverse(), blobs);
  });

  test('it gives many blobs with few reads, without those that are damaged or unknown', async () => {
    await using repository = await freshIndexed();
    const saver = new BlobSaver(repository);
    const blobs = Array.from({ length: 40 }, (_, at) =>
      Uint8Array.from({ length: 3_000 + at * 2_000 }, (_, place) => (place * 7919 + at * 31) >> 3),
    );
    for (const blob of blobs) await saver.saveBlob('data', blob.slice());
    await saver.finish();
    const ids = blobs.map(idOf);
    const load = async (wanted: readonly Id[]): Promise<Map<Id, Uint8Array>> => {
      const loaded = await Array.fromAsync(repository.blobs.loadBlobs('data', wanted));
      return new Map(loaded.map((blob) => [blob.id, blob.plaintext]));
    };
    const all = await load(ids.toReversed());
    for (const [at, blob] of blobs.entries()) assert.deepEqual(all.get(ids[at] ?? ''), blob);
    const few = await load([ids[30] ?? '', id, ids[3] ?? '']);
    assert.deepEqual(new Set(few.keys()), new Set([ids[3], ids[30]]));
    for (const pack of repository.index.packs) await damage(repository, pack, 200_000);
    assert.equal((await load(ids)).size, 0);
    for (const pack of repository.index.packs) await repository.store.remove({ kind: 'pack', name: pack });
    assert.equal((await load(ids)).size, 0);
  });

  test('it gives nothing but what has the id', async () => {
    await using repository = await freshIndexed();
    const saver = new BlobSaver(repository);
    await saver.saveBlob('data', text.slice());
    await saver.finish();
    const place = repository.index.find('data', id);
    assert.ok(place);
    // An index file that names another blob there, sealed with the right key.
    repository.index.addPack('00'.repeat(32), [{ ...place.entry, id: 'ab'.repeat(32) }]);
    const bytes = await repository.store.get({ kind: 'pack', name: place.pack });
    await repository.store.put({ kind: 'pack', name: '00'.repeat(32) }, [bytes]);
    const wrong = repository.blobs.loadBlob('data', 'ab'.repeat(32));
    await assert.rejects(wrong, withCode('repository/damaged'));
  });

  test('it fails for a blob that no index file lists, and for one of the other type', async () => {
    const { repository } = await twice();
    const none = repository.blobs.loadBlob('data', 'ff'.repeat(32));
    await assert.rejects(none, withCode('repository/missing-blob'));
    await assert.rejects(repository.blobs.loadBlob('tree', id), withCode('repository/missing-blob'));
  });

  test('it passes an abort on', async () => {
    const { repository } = await twice();
    const loading = repository.blobs.loadBlob('data', id, AbortSignal.abort(new Error('enough')));
    await assert.rejects(loading, { message: 'enough' });
  });

  test('it reads a tree', async () => {
    await using repository = await freshIndexed();
    const times = { mtime: NO_TIME, atime: NO_TIME, ctime: NO_TIME };
    const node: Node = {
      name: 'a.txt',
      type: 'file',
      mode: 0o600,
      ...times,
      uid: 1,
      gid: 1,
      size: 0,
      content: [],
    };
    const saver = new BlobSaver(repository);
    const tree = await saver.saveBlob('tree', formatTree([node]));
    await saver.finish();
    assert.deepEqual(
      (await repository.blobs.loadTree(tree)).map(({ name }) => name),
      ['a.txt'],
    );
  });
});
