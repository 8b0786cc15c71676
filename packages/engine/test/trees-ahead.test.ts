import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { BlobSaver, type IndexedRepository, loadIndex } from '@holdfast/repository';
import { formatTree, type Id, NO_TIME, type Node } from '@holdfast/restic-format';
import { treesAhead } from '#backup/trees-ahead.ts';
import { newRepository } from '../test-setup/runs.ts';

const folder = (name: string, subtree: Id): Node => ({
  name,
  type: 'dir',
  mode: 0o40755,
  mtime: NO_TIME,
  atime: NO_TIME,
  ctime: NO_TIME,
  uid: 0,
  gid: 0,
  subtree,
});

const HOSTILE = `"subtree":"${'ab'.repeat(32)}"`;

/** A tree of trees: their ids, the root first. */
async function saveTrees(repository: IndexedRepository): Promise<Id[]> {
  const saver = new BlobSaver(repository);
  const save = (nodes: Node[]): Promise<Id> => saver.saveBlob('tree', formatTree(nodes));
  const empty = await save([]);
  const inner = await save([folder('x', empty), folder('y', empty)]);
  const other = await save([folder(HOSTILE, empty)]);
  const root = await save([folder('inner', inner), folder('other', other), folder('same', inner)]);
  await saver.finish();
  return [root, inner, other, empty];
}

test('it gives every tree that there is, however often, and none that there is not', async () => {
  await using repository = await loadIndex(await newRepository(), { threads: 0 });
  const ids = await saveTrees(repository);
  const { signal } = new AbortController();
  const expected = await Promise.all(ids.map((id) => repository.blobs.loadBlob('tree', id)));
  await using ahead = treesAhead(repository, ids[0], signal);
  for (let round = 0; round < 3; round++)
    deepEqual(await Promise.all(ids.map((id) => ahead.previous.load(id, signal))), expected);
  equal(await ahead.previous.load('ab'.repeat(32), signal), undefined);
  equal(await ahead.previous.load(undefined, signal), undefined);
});

test('it gives what a repository holds also where it was stopped, or its root is unknown', async () => {
  await using repository = await loadIndex(await newRepository(), { threads: 0 });
  const ids = await saveTrees(repository);
  const { signal } = new AbortController();
  const expected = await repository.blobs.loadBlob('tree', ids[1] ?? '');
  for (const root of [ids[0], undefined, 'cd'.repeat(32)]) {
    const ahead = treesAhead(repository, root, signal);
    await ahead[Symbol.asyncDispose]();
    deepEqual(await ahead.previous.load(ids[1], signal), expected);
  }
});
