import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { concatBytes } from '@holdfast/kernel';
import { BlobSaver, type SavedContent } from '@holdfast/repository';
import { type Id, idOf } from '@holdfast/restic-format';
import { seededRandom, temporaryFolder } from '@holdfast/testkit';
import { type HashedPart, StreamSaver } from '#save/stream-saver.ts';
import { contentOf, freshIndexed } from '../../test-setup/fresh.ts';

const MIB = 1024 * 1024;

const idsOf = (saved: SavedContent): readonly Id[] => (saved.kind === 'saved' ? saved.content : []);

async function* inParts(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  // One memory for all chunks, as sources may have it.
  const memory = new Uint8Array(length);
  for (let at = 0; at < bytes.length; at += length) {
    const part = bytes.subarray(at, at + length);
    memory.set(part);
    yield memory.subarray(0, part.length);
    memory.fill(0xee);
  }
}

suite('StreamSaver', () => {
  for (const threads of [0, 2]) {
    test(`it saves many streams at once so that each comes back, with ${threads} threads`, async () => {
      await using repository = await freshIndexed({}, { threads });
      const saver = new BlobSaver(repository);
      const lengths = [
        0,
        1,
        255 * 1024,
        256 * 1024,
        256 * 1024 + 1,
        700_000,
        ...Array<number>(600).fill(10_000),
      ];
      const contents = lengths.map((length, at) => seededRandom(at + 1)(length));
      const saved = await Promise.all(
        contents.map((bytes, at) => saver.saveStream(inParts(bytes, 997 + (at % 7) * 9_973))),
      );
      await saver.finish();
      for (const [at, bytes] of contents.entries()) {
        assert.ok(Buffer.from(bytes).equals(await contentOf(repository, idsOf(saved[at] as SavedContent))));
      }
      assert.equal(
        saver.counts.readBytes,
        lengths.reduce((sum, length) => sum + length, 0),
      );
    });

    test(`it cuts a stream as it cuts a file, in whatever chunks it comes, with ${threads} threads`, async () => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'large');
      // A long stretch without a place to cut, among others.
      const bytes = concatBytes([
        seededRandom(1)(15 * MIB),
        new Uint8Array(17 * MIB),
        seededRandom(2)(13 * MIB + 5),
      ]);
      await writeFile(path, bytes);
      await using repository = await freshIndexed({}, { threads });
      const saver = new BlobSaver(repository);
      const content = idsOf(await saver.saveFile(path, bytes.length));
      const streams = [65_536, 1_000_003, 12 * MIB].map((length) => saver.saveStream(inParts(bytes, length)));
      for (const stream of await Promise.all(streams)) assert.deepEqual(idsOf(stream), content);
      await saver.finish();
      assert.equal(saver.counts.newBlobs, new Set(content).size);
    });
  }

  test('it reads small streams no further ahead than fits its memory', async () => {
    const waiting: (() => void)[] = [];
    const streams = new StreamSaver(async (bytes, _part, onHashed) => {
      const { length } = bytes;
      await new Promise<void>((resolve) => waiting.push(resolve));
      onHashed({ consumed: length, compress: false });
      return { kind: 'saved', content: [], sizeBytes: length, newBytes: 0, facts: undefined };
    });
    let read = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      read += 1;
      yield new Uint8Array(256 * 1024);
    }
    const saving: Promise<unknown>[] = [];
    for (let at = 0; at < 200; at++) {
      saving.push(streams.save(counted()));
      await new Promise(setImmediate);
    }
    assert.equal(read, 32);
    let isOver = false;
    const over = Promise.all(saving).then(() => {
      isOver = true;
    });
    while (!isOver) {
      waiting.shift()?.();
      await new Promise(setImmediate);
    }
    await over;
    assert.equal(read, 200);
  });

  test('it gives its memory back when a stream fails, wherever it does', async () => {
    const parts: { bytes: Uint8Array; isLast: boolean }[] = [];
    const streams = new StreamSaver(async (bytes, { isLast }, onHashed: (hashed: HashedPart) => void) => {
      parts.push({ bytes: bytes.slice(), isLast });
      onHashed({ consumed: bytes.length, compress: false });
      return {
        kind: 'saved',
        content: [idOf(bytes)],
        sizeBytes: bytes.length,
        newBytes: 0,
        facts: undefined,
      };
    });
    async function* broken(megabytes: number): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < megabytes; at++) yield new Uint8Array(MIB);
      throw new RangeError('gone');
    }
    // More often than there are slabs.
    for (let at = 0; at < 40; at++) await assert.rejects(streams.save(broken(at)), RangeError);
    parts.length = 0;
    const bytes = seededRandom(3)(13 * MIB);
    const saved = await streams.save(inParts(bytes, MIB));
    assert.equal(saved.sizeBytes, bytes.length);
    assert.ok(Buffer.from(concatBytes(parts.map((part) => part.bytes))).equals(bytes));
    assert.deepEqual(
      parts.map(({ isLast }) => isLast),
      [false, false, true],
    );
  });

  test('it fails as saving does', async () => {
    let left = 2;
    const streams = new StreamSaver(async (bytes, _part, onHashed) => {
      left -= 1;
      if (left < 0) throw new RangeError('full');
      onHashed({ consumed: bytes.length - 100, compress: false });
      return { kind: 'saved', content: [], sizeBytes: bytes.length, newBytes: 0, facts: undefined };
    });
    await assert.rejects(streams.save(inParts(new Uint8Array(40 * MIB), MIB)), RangeError);
    await assert.rejects(streams.save(inParts(new Uint8Array(10), 5)), RangeError);
  });
});
