import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { RemoteFiles } from '@holdfast/adb';
import { encodeSyncHeader, SYNC } from '@holdfast/adb/wire';
import { type ByteSource, collect, Failure } from '@holdfast/kernel';
import { ANDROID_14_FEATURES, phoneFile, phoneFolder } from '@holdfast/testkit/phone';
import { linkedPhone, streamOf, transportWith } from '../../test-setup/phones.ts';

const TRAITS = { mode: 0o640, mtime: 1_234_567_890 };

async function* pieces(count: number, bytes: number): ByteSource & AsyncGenerator<Uint8Array> {
  for (let at = 0; at < count; at++) yield new Uint8Array(bytes).fill(at);
}

test('it writes files of any name and length, by both versions', async () => {
  for (const features of [ANDROID_14_FEATURES, []]) {
    await using linked = await linkedPhone({ features });
    const files = new RemoteFiles(linked.transport);
    for (const [path, count, bytes] of [
      ['/new/folder/a,b,420', 3, 100_000],
      ['/empty', 0, 0],
      ['/s\udcff', 1, 65_536],
      ['/large chunks', 2, 1_500_001],
    ] as const) {
      await files.push(path, pieces(count, bytes), TRAITS);
      deepEqual(
        await collect(files.pull(path), 4_000_000),
        await collect(pieces(count, bytes), 4_000_000),
        path,
      );
    }
  }
});

test('it writes much at a time, as a phone may have to answer each write before the next', async () => {
  let writes = 0;
  const okay = Promise.withResolvers<void>();
  const stream = {
    ...streamOf([], async () => {
      writes += 1;
      if (writes === 6) okay.resolve();
    }),
    read: () => okay.promise.then(() => encodeSyncHeader(SYNC.okay, 0)),
  };
  await new RemoteFiles(transportWith(stream)).push('/a', pieces(1, 1024 * 1024), TRAITS);
  equal(writes, 6);
});

test('it stops as soon as the phone refuses, with the reason', async () => {
  const root = phoneFolder({
    full: phoneFolder({}, { writeRefusal: 'write failed: No space left on device' }),
    shut: phoneFolder({}, { writeRefusal: "couldn't create file: Permission denied" }),
    folder: phoneFolder(),
    file: phoneFile('x'),
  });
  await using linked = await linkedPhone({ root });
  const files = new RemoteFiles(linked.transport);
  for (const [path, errno] of [
    ['/full/a', 'ENOSPC'],
    ['/shut/a', 'EACCES'],
    ['/folder', 'EISDIR'],
    ['/file/a', 'ENOTDIR'],
  ] as const) {
    let given = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (; given < 100_000; given++) yield new Uint8Array(65_536);
    };
    await rejects(
      files.push(path, endless(), TRAITS),
      (error) =>
        error instanceof Failure && error.code === 'adb/refused-file' && error.details['errno'] === errno,
      path,
    );
    equal(given < 1000, true);
  }
});

test('it leaves nothing on the phone when the content cannot be had', async () => {
  await using linked = await linkedPhone();
  const bad = async function* (): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(10);
    throw new Failure('test/broken', 'broken');
  };
  await rejects(new RemoteFiles(linked.transport).push('/a', bad(), TRAITS), { code: 'test/broken' });
  equal(linked.phone.root.entries.size, 0);
});
