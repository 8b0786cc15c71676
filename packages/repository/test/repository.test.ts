import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { systemClock } from '@holdfast/kernel';
import {
  addKey,
  createRepository,
  isThere,
  loadIndex,
  type OpenRepository,
  openRepository,
} from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { NONCE_LENGTH } from '@holdfast/restic-format';
import { CONFIG, MemoryStore } from '@holdfast/store';
import { seededRandom } from '@holdfast/testkit';
import { replaceFile, saveSample } from '@holdfast/testkit/repository';
import { fresh, freshIndexed, withCode } from '../test-setup/fresh.ts';

const surroundings = {
  clock: systemClock,
  random: seededRandom(5),
  identity: { hostname: 'testing', username: 'tester', pid: 1, uid: 0, gid: 0 },
};

const reopen = ({ store }: OpenRepository, password = CHEAP_PASSWORD): Promise<OpenRepository> =>
  openRepository(store, password, surroundings);

suite('a repository', () => {
  test('it is made once, and opened with its password only', async () => {
    const store = new MemoryStore();
    assert.equal(await isThere(store), false);
    const made = await createRepository(store, 'secret', surroundings);
    assert.ok(await isThere(store));
    assert.equal((await openRepository(store, 'secret', surroundings)).config.id, made.config.id);
    await assert.rejects(openRepository(store, 'guess', surroundings), withCode('repository/wrong-password'));
    await assert.rejects(createRepository(store, 'x', surroundings), withCode('repository/exists'));
  });

  test('it is missing where there is none', async () => {
    const store = new MemoryStore();
    await assert.rejects(openRepository(store, 'x', surroundings), withCode('repository/missing'));
    await store.create();
    await assert.rejects(openRepository(store, 'x', surroundings), withCode('repository/missing'));
  });

  test('it is refused when its format is newer', async () => {
    const repository = await fresh();
    const config = { version: 3, id: repository.config.id, chunker_polynomial: '25b468838dcb75' };
    const sealed = repository.sealer.seal(Buffer.from(JSON.stringify(config)), seededRandom(2)(NONCE_LENGTH));
    await replaceFile(repository.store, CONFIG, sealed);
    await assert.rejects(reopen(repository), withCode('restic-format/newer-version'));
  });

  test('it is damaged when its config is', async () => {
    const repository = await fresh();
    await replaceFile(repository.store, CONFIG, new Uint8Array(100));
    await assert.rejects(reopen(repository), withCode('repository/damaged'));
  });

  test('it opens with a good key beside a damaged one, and says which is damaged when none is good', async () => {
    const repository = await fresh();
    await repository.store.put({ kind: 'key', name: '0'.repeat(64) }, [new Uint8Array(5)]);
    const key = { kind: 'key', name: repository.keyId } as const;
    assert.equal((await reopen(repository)).keyId, repository.keyId);
    await addKey(repository, 'other');
    await replaceFile(repository.store, key, new Uint8Array(5));
    assert.notEqual((await reopen(repository, 'other')).keyId, repository.keyId);
    await assert.rejects(reopen(repository), withCode('repository/damaged'));
  });
});

suite('the index', () => {
  test('it knows the blobs that were saved', async () => {
    await using saved = await freshIndexed();
    await saveSample(saved, { 'a.txt': 'one', 'b.txt': 'two' });
    await using loaded = await loadIndex(saved, { threads: 0 });
    assert.equal(loaded.index.blobCount, 3);
    assert.deepEqual(loaded.unreadableIndexes, []);
  });

  test('it fails over a damaged index file, or goes on without it where that is tolerated', async () => {
    await using saved = await freshIndexed();
    await saveSample(saved, { 'a.txt': 'one' });
    const [first] = await Array.fromAsync(saved.store.list('index'));
    const file = { kind: 'index', name: first?.name ?? '' } as const;
    await saveSample(saved, { 'b.txt': 'two' });
    const bytes = await saved.store.get(file);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    await replaceFile(saved.store, file, bytes);
    await assert.rejects(loadIndex(saved, { threads: 0 }), withCode('repository/damaged'));
    await using loaded = await loadIndex(saved, { threads: 0, tolerate: true });
    assert.deepEqual(
      loaded.unreadableIndexes.map(({ name }) => name),
      [file.name],
    );
    assert.equal(loaded.index.blobCount, 2);
  });
});
