import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { concatBytes } from '@holdfast/kernel';
import { BlobSaver, loadIndex, type SavedContent } from '@holdfast/repository';
import { onStore } from '@holdfast/repository/testing';
import type { Id } from '@holdfast/restic-format';
import { type FileRef, MemoryStore } from '@holdfast/store';
import { faulty } from '@holdfast/store/testing';
import { seededRandom, temporaryFolder } from '@holdfast/testkit';
import { contentOf, fresh, freshIndexed, withCode } from '../../test-setup/fresh.ts';

const MIB = 1024 * 1024;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Its content's ids, of what must have been saved. */
function idsOf(saved: SavedContent): readonly Id[] {
  assert.equal(saved.kind, 'saved');
  return saved.kind === 'saved' ? saved.content : [];
}

/** A store that damages what it is given, for the first `times` packs. */
class Corrupting extends MemoryStore {
  #left: number;

  constructor(times: number) {
    super();
    this.#left = times;
  }

  override async put(file: FileRef, parts: readonly Uint8Array[], signal?: AbortSignal): Promise<void> {
    const bytes = concatBytes(parts);
    if (file.kind === 'pack' && this.#left-- > 0) bytes[50] = (bytes[50] ?? 0) ^ 1;
    return super.put(file, [bytes], signal);
  }
}

/** A store that does something else too, before each pack. */
class Telling extends MemoryStore {
  readonly #tell: () => void;

  constructor(tell: () => void) {
    super();
    this.#tell = tell;
  }

  override async put(file: FileRef, parts: readonly Uint8Array[], signal?: AbortSignal): Promise<void> {
    if (file.kind === 'pack') this.#tell();
    return super.put(file, parts, signal);
  }
}

async function* inParts(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

suite('BlobSaver', () => {
  for (const threads of [0, 2]) {
    test(`it saves a file of several slabs so that it comes back, with ${threads} threads`, async () => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'large');
      const bytes = concatBytes([
        seededRandom(5)(20 * MIB),
        new Uint8Array(5 * MIB),
        seededRandom(6)(5 * MIB),
      ]);
      await writeFile(path, bytes);
      await using repository = await freshIndexed({}, { threads });
      const told: number[] = [];
      const saver = new BlobSaver(repository, {
        verify: 'device',
        onRead: () => told.push(saver.counts.readBytes),
      });
      const saved = await saver.saveFile(path, bytes.length);
      await saver.finish();

      const content = idsOf(saved);
      assert.ok(content.length > 3, `${content.length} chunks`);
      assert.ok(Buffer.from(bytes).equals(await contentOf(repository, content)));
      assert.equal(saver.counts.readBytes, bytes.length);
      assert.ok(told.length > 3 && told.at(-1) === bytes.length, `told ${told.join(' ')}`);
      assert.equal(saver.counts.newBlobs, new Set(content).size);
      assert.equal(saver.kept.verifiedBytes, saver.kept.storedBytes);
      assert.equal(saver.kept.devicePacks, 0);

      await using later = await loadIndex(repository, { threads: 0 });
      assert.ok(Buffer.from(bytes).equals(await contentOf(later, content)));
      const again = new BlobSaver(later);
      assert.deepEqual(idsOf(await again.saveStream(inParts(bytes, 1_000_003))), content);
      await again.finish();
      assert.deepEqual([again.counts.newBlobs, again.kept.storedPacks], [0, 0]);
    });
  }

  test('it saves equal content once, whoever brings it', async () => {
    await using folder = await temporaryFolder();
    const paths = ['a', 'b', 'c'].map((name) => join(folder.path, name));
    for (const path of paths) await writeFile(path, 'the same');
    await using repository = await freshIndexed({}, { threads: 2 });
    const saver = new BlobSaver(repository);
    const saved = await Promise.all([
      ...paths.map(async (path) => idsOf(await saver.saveFile(path, 8))),
      saver.saveStream(inParts(bytesOf('the same'), 3)).then(idsOf),
      saver.saveBlob('data', bytesOf('the same')).then((id) => [id]),
    ]);
    await saver.finish();
    for (const content of saved) assert.deepEqual(content, saved[0]);
    assert.deepEqual([saver.counts.newBlobs, saver.counts.newBytes], [1, 8]);
    assert.equal(repository.index.blobCount, 1);
  });

  test('it saves on threads that were started before there was anything to save', async () => {
    await using repository = await freshIndexed({}, { threads: 2 });
    assert.equal(repository.pool.hasThreads, false);
    repository.pool.start();
    assert.deepEqual(repository.pool.used, [0, 1]);
    const saver = new BlobSaver(repository);
    const id = await saver.saveBlob('data', bytesOf('little'));
    await saver.finish();
    assert.equal(repository.index.has('data', id), true);
    assert.deepEqual(repository.pool.used, [0, 1]);
  });

  test('it keeps trees and data of the same bytes apart', async () => {
    await using repository = await freshIndexed();
    const saver = new BlobSaver(repository);
    const tree = await saver.saveBlob('tree', bytesOf('{"nodes":[]}'));
    assert.equal(await saver.saveBlob('data', bytesOf('{"nodes":[]}')), tree);
    await saver.finish();
    assert.deepEqual([repository.index.has('tree', tree), repository.index.has('data', tree)], [true, true]);
    assert.equal(repository.index.packs.length, 2);
  });

  test('it refuses a blob that no pack can hold', async () => {
    await using repository = await freshIndexed();
    const saver = new BlobSaver(repository);
    const huge = Object.defineProperty(new Uint8Array(0), 'length', { value: 2 ** 32 - 1 });
    await assert.rejects(saver.saveBlob('tree', huge), withCode('repository/too-large'));
    await saver.finish();
  });

  test('it saves nothing for an empty file or stream', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'empty'), '');
    await using repository = await freshIndexed();
    const saver = new BlobSaver(repository);
    assert.deepEqual(idsOf(await saver.saveFile(join(folder.path, 'empty'), 0)), []);
    assert.deepEqual(idsOf(await saver.saveStream(inParts(new Uint8Array(0), 1))), []);
    await saver.finish();
    assert.equal(repository.index.packs.length, 0);
  });

  test('it passes on an error of a stream and saves what else there is', async () => {
    await using repository = await freshIndexed();
    const saver = new BlobSaver(repository);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytesOf('begun');
      throw new RangeError('gone');
    }
    await assert.rejects(saver.saveStream(broken()), RangeError);
    const id = await saver.saveBlob('data', bytesOf('fine'));
    await saver.finish();
    assert.ok(repository.index.has('data', id));
  });

  test('it calls a file that moves while it is read changed', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'log');
    await writeFile(path, seededRandom(8)(20 * MIB));
    const store = new Telling(() => appendFileSync(path, 'x'));
    await using repository = await freshIndexed({ store }, { packBytes: MIB });
    const saver = new BlobSaver(repository);
    assert.deepEqual(await saver.saveFile(path, 20 * MIB), { kind: 'changed' });
    await saver.finish();
  });

  test('it says why a file cannot be read, and does not wait for a FIFO in its place', async () => {
    await using folder = await temporaryFolder();
    const at = (name: string): string => join(folder.path, name);
    execFileSync('mkfifo', [at('fifo')]);
    await mkdir(at('folder'));
    await symlink(at('folder'), at('link'));
    await using repository = await freshIndexed({}, { threads: 1 });
    const saver = new BlobSaver(repository);
    const unreadable = (errno: string): SavedContent => ({ kind: 'unreadable', errno, syscall: 'open' });
    assert.deepEqual(await saver.saveFile(at('none'), 1), unreadable('ENOENT'));
    assert.deepEqual(await saver.saveFile(at('link'), 1), unreadable('ELOOP'));
    assert.deepEqual(await saver.saveFile(at('fifo'), 1), { kind: 'changed' });
    assert.deepEqual(await saver.saveFile(at('folder'), 1), { kind: 'changed' });
    await saver.finish();
  });
});

suite('BlobSaver in trouble', () => {
  test('it stops at an abort and lists what is proved already', async () => {
    const cancel = new AbortController();
    let packs = 0;
    const store = new Telling(() => {
      packs += 1;
      if (packs === 4) cancel.abort(new Error('enough'));
    });
    await using repository = await freshIndexed({ store }, { packBytes: MIB });
    const saver = new BlobSaver(repository, { signal: cancel.signal });
    await assert.rejects(saver.saveStream(inParts(seededRandom(9)(24 * MIB), MIB)), { message: 'enough' });
    await assert.rejects(saver.saveBlob('data', bytesOf('more')), { message: 'enough' });
    await assert.rejects(saver.finish(), { message: 'enough' });
    await saver.salvage();
    await using later = await loadIndex(repository, { threads: 0 });
    assert.ok(later.index.packs.length >= 2, `${later.index.packs.length} packs`);
  });

  test('it fails as the store does, and salvages the packs that are proved', async () => {
    const whole = await fresh();
    let puts = 0;
    const store = faulty(whole.store, (_, what) =>
      what.startsWith('put pack') && ++puts > 3 ? 'before' : undefined,
    );
    await using repository = await loadIndex(onStore(whole, store), { threads: 0, packBytes: MIB });
    const saver = new BlobSaver(repository);
    const saving = saver.saveStream(inParts(seededRandom(10)(24 * MIB), MIB)).then(() => saver.finish());
    await assert.rejects(saving, withCode('store/io'));
    await saver.salvage();

    await using later = await loadIndex(whole, { threads: 0 });
    assert.equal(later.index.packs.length, 3);
    assert.ok(later.index.blobCount > 0);
    for (const { entry } of later.index.blobs()) await later.blobs.loadBlob(entry.type, entry.id);
  });

  test('it writes a pack that reads back wrong again', async () => {
    await using repository = await freshIndexed({ store: new Corrupting(2) });
    const saver = new BlobSaver(repository);
    const id = await saver.saveBlob('data', bytesOf('precious'));
    await saver.finish();
    assert.deepEqual(await contentOf(repository, [id]), Buffer.from('precious'));
  });

  for (const verify of ['cache', 'device'] as const) {
    test(`it gives up on a store that damages every pack, read back from the ${verify}`, async () => {
      const store = new Corrupting(Number.POSITIVE_INFINITY);
      await using repository = await freshIndexed({ store });
      const saver = new BlobSaver(repository, { verify });
      const id = await saver.saveBlob('data', bytesOf('precious'));
      await assert.rejects(saver.finish(), withCode('repository/unreliable-store'));
      await saver.salvage();
      assert.deepEqual(await Array.fromAsync(store.list('pack')), []);
      assert.deepEqual(await Array.fromAsync(store.list('index')), []);
      assert.equal(repository.index.has('data', id), false);
    });
  }
});
