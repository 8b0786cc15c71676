import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Failure, systemClock, toHex } from '@holdfast/kernel';
import {
  addKey,
  check,
  createRepository,
  type Finding,
  type IndexedRepository,
  isThere,
  loadIndex,
  type OpenRepository,
  openRepository,
} from '@holdfast/repository';
import { CHEAP_PASSWORD, onStore } from '@holdfast/repository/testing';
import { formatIndexFile, type Id, NONCE_LENGTH } from '@holdfast/restic-format';
import { CONFIG, MemoryStore, STORE_FAILURES } from '@holdfast/store';
import { faulty } from '@holdfast/store/testing';
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

  test('it is damaged, and no place for a new one, when of one with backups the config is gone', async () => {
    await using repository = await freshIndexed();
    await saveSample(repository, { 'a.txt': 'one' });
    const { store } = repository;
    await store.remove(CONFIG);
    const isLost = { code: 'repository/damaged', message: /has lost its config file/ };
    await assert.rejects(isThere(store), isLost);
    await assert.rejects(reopen(repository), isLost);
    await assert.rejects(createRepository(store, 'x', surroundings), isLost);
  });

  test('it is made where the making of one was cut off', async () => {
    const { store } = await fresh();
    await store.remove(CONFIG);
    assert.equal(await isThere(store), false);
    await createRepository(store, 'other', surroundings);
  });

  test('it is damaged, and not the password wrong, when its keys are gone or its key is not what was saved', async () => {
    const repository = await fresh();
    const key = { kind: 'key', name: repository.keyId } as const;
    const fields = JSON.parse(Buffer.from(await repository.store.get(key)).toString()) as { salt: string };
    const salt = Buffer.from(fields.salt, 'base64').reverse().toString('base64');
    await replaceFile(repository.store, key, Buffer.from(JSON.stringify({ ...fields, salt })));
    await assert.rejects(reopen(repository), withCode('repository/damaged'));
    await repository.store.remove(key);
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

  test('it fails with the store whatever is tolerated, and leaves out a file that is removed meanwhile', async () => {
    await using saved = await freshIndexed();
    await saveSample(saved, { 'a.txt': 'one' });
    await saveSample(saved, { 'b.txt': 'two' });
    let gets = 0;
    const failingWith = (code: string): OpenRepository =>
      onStore(
        saved,
        faulty(
          saved.store,
          (_, what) => (what.startsWith('get index') && gets++ === 0 ? 'before' : undefined),
          (fault) => new Failure(code, fault),
        ),
      );
    const options = { threads: 0, tolerate: true };
    await assert.rejects(loadIndex(failingWith(STORE_FAILURES.io), options), withCode('store/io'));
    gets = 0;
    await using loaded = await loadIndex(failingWith(STORE_FAILURES.missing), options);
    assert.deepEqual([loaded.index.blobCount, loaded.unreadableIndexes], [2, []]);
  });

  test('it reads long index files on threads as it does without, and tells of damaged ones there too', async () => {
    const opened = await fresh({ version: 1 });
    const random = seededRandom(3);
    const names: Id[] = [];
    for (let file = 0; file < 3; file++) {
      const blobs = Array.from({ length: 15_000 }, (_, at) => ({
        id: toHex(random(32)),
        type: at % 9 === 0 ? ('tree' as const) : ('data' as const),
        offset: at * 1000,
        length: 1000,
      }));
      const json = formatIndexFile({ supersedes: [], packs: [{ id: toHex(random(32)), blobs }] });
      names.push(await opened.files.save('index', json));
    }
    const sizes = await Array.fromAsync(opened.store.list('index'), ({ sizeBytes }) => sizeBytes);
    assert.ok(sizes.reduce((sum, size) => sum + size) > 4 * 1024 * 1024, 'too short for threads');
    await using here = await loadIndex(opened, { threads: 0 });
    await using there = await loadIndex(opened, { threads: 2 });
    assert.equal(there.index.blobCount, 45_000);
    const list = ({ index }: IndexedRepository): string =>
      [...index.blobs()]
        .map(({ pack, entry }) => JSON.stringify([pack, entry]))
        .sort()
        .join();
    assert.ok(list(there) === list(here));

    const file = { kind: 'index', name: names[1] ?? '' } as const;
    const bytes = await opened.store.get(file);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    await replaceFile(opened.store, file, bytes);
    await assert.rejects(loadIndex(opened, { threads: 2 }), withCode('repository/damaged'));
    await using without = await loadIndex(opened, { threads: 2, tolerate: true });
    assert.deepEqual([without.index.blobCount, without.unreadableIndexes.length], [30_000, 1]);
    const found: Finding[] = [];
    for await (const event of check(without)) if (event.kind === 'finding') found.push(event.finding);
    assert.deepEqual(
      found.flatMap((finding) => (finding.kind === 'index-damaged' ? [finding.index] : [])),
      [file.name],
    );
  });
});
