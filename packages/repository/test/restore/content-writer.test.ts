import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { link, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { StagedFile } from '@holdfast/local-files';
import {
  BlobSaver,
  type ContentJob,
  type ContentOutcome,
  ContentTable,
  type IndexedRepository,
  loadIndex,
  proveContents,
  writeContents,
} from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { seededRandom, temporaryFolder } from '@holdfast/testkit';
import { replaceFile } from '@holdfast/testkit/repository';
import { fresh, freshIndexed } from '../../test-setup/fresh.ts';

const MIB = 1024 * 1024;

/** Saves parts, a blob each, and gives their ids. */
async function saveParts(repository: IndexedRepository, parts: readonly Uint8Array[]): Promise<Id[]> {
  const saver = new BlobSaver(repository);
  const ids: Id[] = [];
  for (const part of parts) ids.push(await saver.saveBlob('data', part.slice()));
  await saver.finish();
  return ids;
}

/** Each file, by its path, with its content. */
type Contents = Readonly<Record<string, readonly Id[]>>;

function jobOf(repository: IndexedRepository, targets: Contents): ContentJob {
  const contents = new ContentTable(repository.index);
  const paths = Object.keys(targets);
  for (const content of Object.values(targets)) contents.add(content);
  return {
    contents,
    files: Uint32Array.from(paths, (_, file) => file),
    destinationOf: (file) => stagedAt(paths[file] ?? ''),
  };
}

const stagedAt = (path: string): StagedFile => ({
  path,
  stagePath: `${path}.part`,
  traits: { mode: 0o640, mtimeNs: 1_600_000_000_000_000_000n },
  occupied: 'keep',
});

async function write(
  repository: IndexedRepository,
  targets: Contents,
): Promise<Record<string, ContentOutcome>> {
  const written = (await Array.fromAsync(writeContents(repository, jobOf(repository, targets)))).flat();
  const paths = Object.keys(targets);
  assert.equal(written.length, paths.length, 'each file once');
  return Object.fromEntries(written.map(({ file, outcome }) => [paths[file] ?? '', outcome]));
}

const random = seededRandom(11);
const three = [random(700_000), random(600_000), random(1)];
const whole = Buffer.concat(three);
const written: ContentOutcome = { kind: 'written' };

suite('writeContents', () => {
  test('it tells how much of a long file is written before it is finished', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const parts = Array.from({ length: 40 }, (_, seed) => seededRandom(seed + 1)(MIB));
    const content = await saveParts(repository, parts);
    const told: number[] = [];
    const job = jobOf(repository, { [join(folder.path, 'long')]: content });
    await Array.fromAsync(writeContents(repository, { ...job, onUnderWay: (bytes) => told.push(bytes) }));
    assert.ok(
      told.some((bytes) => bytes >= MIB && bytes < 40 * MIB),
      `told ${told.join()}`,
    );
    assert.equal(told.at(-1), 0);
    assert.ok(told.every((bytes) => bytes % MIB === 0));
  });

  for (const threads of [0, 2]) {
    test(`it writes files of no, one and many chunks, with ${threads} threads`, async () => {
      await using folder = await temporaryFolder();
      await using repository = await freshIndexed({}, { threads, packBytes: MIB });
      const ids = await saveParts(repository, three);
      const [first = '', , last = ''] = ids;
      const path = (name: string): string => join(folder.path, name);
      const outcomes = await write(repository, {
        [path('empty')]: [],
        [path('one')]: [last],
        [path('three')]: ids,
        [path('again')]: [first, last, first, last],
      });
      for (const outcome of Object.values(outcomes)) assert.equal(outcome.kind, 'written');
      assert.deepEqual((await readdir(folder.path)).toSorted(), ['again', 'empty', 'one', 'three']);
      for (const name of ['empty', 'one', 'three']) {
        const { mode, mtimeMs } = await stat(path(name));
        assert.deepEqual([mode & 0o777, mtimeMs], [0o640, 1_600_000_000_000], name);
      }
      assert.equal((await readFile(path('empty'))).length, 0);
      assert.deepEqual(await readFile(path('one')), Buffer.from(three[2] ?? []));
      assert.ok(whole.equals(await readFile(path('three'))));
      const again = Buffer.concat([0, 2, 0, 2].map((at) => three[at] ?? new Uint8Array(0)));
      assert.ok(again.equals(await readFile(path('again'))));
    });
  }

  test('it leaves holes where there are zeros', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const zeros = new Uint8Array(4 * MIB);
    const [data = '', hole = ''] = await saveParts(repository, [random(MIB), zeros]);
    const path = join(folder.path, 'sparse');
    const outcomes = await write(repository, { [path]: [hole, data, hole, hole] });
    assert.deepEqual(outcomes[path], written);
    assert.ok((await readFile(path)).subarray(5 * MIB).equals(Buffer.alloc(8 * MIB)));
    const { size, blocks } = await stat(path);
    assert.equal(size, 13 * MIB);
    assert.ok(blocks * 512 < 2 * MIB, `${blocks * 512} bytes taken`);
  });

  test('it takes up a file that an earlier attempt left, reading only what is not right', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const ids = await saveParts(repository, three.slice(0, 1));
    const others = await saveParts(repository, three.slice(1));
    const path = join(folder.path, 'file');
    const left = Buffer.concat([three[0] ?? new Uint8Array(0), Buffer.alloc(9_000_000, 1)]);
    await writeFile(`${path}.part`, left);
    // What is there already need not be in the repository any more.
    const pack = repository.index.find('data', ids[0] ?? '')?.pack ?? '';
    await repository.store.remove({ kind: 'pack', name: pack });
    const outcomes = await write(repository, { [path]: [...ids, ...others] });
    assert.deepEqual(outcomes[path], written);
    assert.ok(whole.equals(await readFile(path)));
  });

  test('it zeroes what a half-written file has where zeros belong', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const [data = '', hole = ''] = await saveParts(repository, [random(MIB), new Uint8Array(MIB)]);
    const path = join(folder.path, 'file');
    await writeFile(`${path}.part`, Buffer.alloc(3 * MIB, 7));
    const outcomes = await write(repository, { [path]: [hole, data, hole] });
    assert.equal(outcomes[path]?.kind, 'written');
    assert.equal(
      (await readFile(path)).subarray(2 * MIB).findIndex((byte) => byte !== 0),
      -1,
    );
    assert.equal(
      (await readFile(path)).subarray(0, MIB).findIndex((byte) => byte !== 0),
      -1,
    );
  });

  test('it writes a file of one chunk anew where an earlier attempt left one that is longer', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const ids = await saveParts(repository, [Buffer.from('short')]);
    const path = join(folder.path, 'file');
    await writeFile(`${path}.part`, 'a long text');
    assert.equal((await write(repository, { [path]: ids }))[path]?.kind, 'written');
    assert.equal(await readFile(path, 'utf8'), 'short');
  });

  test('it names the blobs that are lost with a pack, and writes every other file', async () => {
    const ruin = {
      damaged: ({ store }: IndexedRepository, name: Id) =>
        replaceFile(store, { kind: 'pack', name }, new Uint8Array(2 * MIB)),
      'cut short': ({ store }: IndexedRepository, name: Id) =>
        replaceFile(store, { kind: 'pack', name }, new Uint8Array(20)),
      gone: ({ store }: IndexedRepository, name: Id) => store.remove({ kind: 'pack', name }),
    };
    for (const [how, break_] of Object.entries(ruin)) {
      await using folder = await temporaryFolder();
      await using repository = await freshIndexed();
      const [lost = '', also = ''] = await saveParts(repository, [random(1000), random(2000)]);
      const [kept = ''] = await saveParts(repository, [random(3000)]);
      await break_(repository, repository.index.find('data', lost)?.pack ?? '');
      const path = (name: string): string => join(folder.path, name);
      const outcomes = await write(repository, {
        [path('one')]: [lost],
        [path('two')]: [kept, lost, also],
        [path('three')]: [kept, kept],
        [path('four')]: [kept, 'ee'.repeat(32)],
      });
      assert.deepEqual(outcomes[path('one')], { kind: 'damaged', blobs: [lost] }, how);
      const two = outcomes[path('two')];
      assert.deepEqual(two?.kind === 'damaged' && two.blobs.toSorted(), [lost, also].sort(), how);
      assert.deepEqual(outcomes[path('three')], written, how);
      assert.deepEqual(outcomes[path('four')], { kind: 'damaged', blobs: ['ee'.repeat(32)] }, how);
    }
  });

  test('it takes a blob from another pack that holds it too', async () => {
    await using folder = await temporaryFolder();
    const opened = await fresh();
    const writers = [await loadIndex(opened, { threads: 0 }), await loadIndex(opened, { threads: 0 })];
    const ids = (await Promise.all(writers.map((writer) => saveParts(writer, three.slice(1)))))[0] ?? [];
    await using repository = await loadIndex(opened, { threads: 0 });
    const [used] = repository.index.findAll('data', ids[0] ?? '');
    await replaceFile(opened.store, { kind: 'pack', name: used?.pack ?? '' }, new Uint8Array(2 * MIB));
    const path = join(folder.path, 'file');
    assert.equal((await write(repository, { [path]: ids }))[path]?.kind, 'written');
  });

  test('it takes zeros from another pack although a damaged one was written in their place', async () => {
    await using folder = await temporaryFolder();
    const opened = await fresh({ version: 1 });
    const parts = [random(MIB), new Uint8Array(MIB), random(1)];
    const writers = [await loadIndex(opened, { threads: 0 }), await loadIndex(opened, { threads: 0 })];
    const ids = (await Promise.all(writers.map((writer) => saveParts(writer, parts))))[0] ?? [];
    await using repository = await loadIndex(opened, { threads: 0 });
    const [used] = repository.index.findAll('data', ids[1] ?? '');
    await replaceFile(opened.store, { kind: 'pack', name: used?.pack ?? '' }, random(3 * MIB));
    const path = join(folder.path, 'file');
    assert.deepEqual((await write(repository, { [path]: ids }))[path], written);
    assert.ok(Buffer.concat(parts).equals(await readFile(path)));
  });

  test('it says what the system refuses', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const [one = '', two = ''] = await saveParts(repository, [random(10), random(20)]);
    const path = (name: string): string => join(folder.path, name);
    const outcomes = await write(repository, {
      [path('none/file')]: [one],
      [path('none/files')]: [one, two],
      [path('none/empty')]: [],
    });
    for (const outcome of Object.values(outcomes))
      assert.deepEqual(outcome, { kind: 'refused', errno: 'ENOENT', syscall: 'open' });
  });

  for (const plant of [symlink, link]) {
    test(`it writes into no file elsewhere that has the stage's name too (${plant.name})`, async () => {
      await using folder = await temporaryFolder();
      await using repository = await freshIndexed();
      const [one = '', two = ''] = await saveParts(repository, [random(10), random(20)]);
      const path = (name: string): string => join(folder.path, name);
      await writeFile(path('victim'), 'untouched');
      for (const name of ['a', 'b', 'c']) await plant(path('victim'), path(`${name}.part`));
      const outcomes = await write(repository, {
        [path('a')]: [one],
        [path('b')]: [one, two],
        [path('c')]: [],
      });
      for (const outcome of Object.values(outcomes)) assert.deepEqual(outcome, written);
      assert.equal(await readFile(path('victim'), 'utf8'), 'untouched');
      assert.deepEqual((await readdir(folder.path)).toSorted(), ['a', 'b', 'c', 'victim']);
    });
  }

  test('it keeps what has a name, and leaves nothing of its own', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const [one = '', two = ''] = await saveParts(repository, [random(10), random(20)]);
    const path = (name: string): string => join(folder.path, name);
    for (const name of ['a', 'b', 'c']) await writeFile(path(name), 'mine');
    const outcomes = await write(repository, {
      [path('a')]: [one],
      [path('b')]: [one, two],
      [path('c')]: [],
    });
    for (const outcome of Object.values(outcomes)) assert.deepEqual(outcome, { kind: 'taken' });
    assert.deepEqual((await readdir(folder.path)).toSorted(), ['a', 'b', 'c']);
    assert.equal(await readFile(path('b'), 'utf8'), 'mine');
  });

  test('it finds by reading back that a pack holds something else than its index says', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const [one = '', other = ''] = await saveParts(repository, [random(100), random(5000)]);
    const there = repository.index.find('data', other);
    assert.ok(there);
    // The same pack once more: sealed and authentic, only the name of the blob is a lie.
    const [name, lie] = ['aa'.repeat(32), 'bb'.repeat(32)];
    const { store, index } = repository;
    await store.put({ kind: 'pack', name }, [await store.get({ kind: 'pack', name: there.pack })]);
    index.addPack(name, [{ ...there.entry, id: lie }]);
    const path = (file: string): string => join(folder.path, file);
    const outcomes = await write(repository, { [path('whole')]: [lie], [path('part')]: [one, lie] });
    for (const outcome of Object.values(outcomes))
      assert.deepEqual(outcome, { kind: 'damaged', blobs: [lie] });
    assert.deepEqual(await readdir(folder.path), []);
  });

  test('it gives no name to a file that is not what was written', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const ids = await saveParts(repository, three.slice(0, 2));
    const [other = ''] = await saveParts(repository, three.slice(2));
    const paths = ['large', 'small'].map((name) => join(folder.path, name));
    const job = jobOf(repository, { [paths[0] ?? '']: [...ids, other], [paths[1] ?? '']: [ids[0] ?? ''] });
    const meddling: ContentJob = {
      ...job,
      destinationOf: (file) => {
        if (file === 1) appendFileSync(`${paths[0]}.part`, 'x');
        return job.destinationOf(file);
      },
    };
    const outcomes = (await Array.fromAsync(writeContents(repository, meddling))).flat();
    const kinds = new Map(outcomes.map(({ file, outcome }) => [file, outcome.kind]));
    assert.deepEqual([kinds.get(0), kinds.get(1)], ['differs', 'written']);
    assert.deepEqual(await readdir(folder.path), ['small']);
  });

  test('it stops at an abort', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const content = await saveParts(repository, three);
    const job = jobOf(repository, { [join(folder.path, 'file')]: content });
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(Array.fromAsync(writeContents(repository, job, signal)), { message: 'enough' });
  });
});

suite('proveContents', () => {
  test('it tells files that are right from those that are not, in order', async () => {
    await using folder = await temporaryFolder();
    await using repository = await freshIndexed();
    const content = await saveParts(repository, three);
    const path = (name: string): string => join(folder.path, name);
    for (const name of ['right', 'longer', 'shorter', 'other']) await writeFile(path(name), whole);
    await writeFile(path('longer'), 'x', { flag: 'a' });
    await truncate(path('shorter'), 100);
    await writeFile(path('other'), 'x', { flag: 'r+' });
    const names = ['right', 'longer', 'shorter', 'other', 'none', 'right'];
    const contents = new ContentTable(repository.index);
    for (const _ of names.slice(1)) contents.add(content);
    contents.add(['dd'.repeat(32)]);
    const pathOf = (file: number): string => path(names[file] ?? '');
    const proofs = await Array.fromAsync(proveContents(repository, contents, pathOf), ({ proof }) => proof);
    const none = { errno: 'ENOENT' };
    assert.deepEqual(proofs, ['proved', 'differs', 'differs', 'differs', none, 'differs']);
  });
});
