import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { backup } from '@holdfast/engine';
import { isFailure } from '@holdfast/kernel';
import { lookAt, seededRandom, temporaryFolder } from '@holdfast/testkit';
import {
  generatedContent,
  type PhoneFolder,
  phoneFile,
  phoneFolder,
  phoneOptions,
  samplePhone,
  startPhone,
} from '@holdfast/testkit/phone';
import { contentsOf, filesOf, ODD_NAME, phoneWith } from '../test-setup/phones.ts';
import { findingsOf, newRepository, runBackup, runRestore } from '../test-setup/runs.ts';

for (const threads of [0, 2]) {
  test(`it backs the files of a phone up and gives them back, with ${threads} threads`, async () => {
    await using folder = await temporaryFolder();
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`IMG_${at}.jpg`, phoneFile(seededRandom(at)(1000 + at))]),
    );
    const storage = phoneFolder({
      DCIM: phoneFolder({
        Camera: phoneFolder({
          ...many,
          'photo.jpg': phoneFile(seededRandom(4)(700_000)),
          'video.mp4': phoneFile(generatedContent(5, 30_000_000)),
        }),
      }),
      Android: phoneFolder({ data: phoneFolder({ 'com.example': phoneFolder({ state: phoneFile('s') }) }) }),
      Download: phoneFolder({ empty: phoneFile(''), 'a\nb': phoneFile('odd'), [ODD_NAME]: phoneFile('?') }),
    });
    await using phone = await phoneWith(storage);
    const repository = await newRepository();

    const first = await runBackup(repository, phone.source, { threads });
    deepEqual({ ...first.summary.balance }, { found: 306, verified: 306, waiting: 0, skipped: 0, failed: 0 });
    deepEqual(await findingsOf(repository), []);

    await runRestore(repository, folder.path);
    const restored = new Map<string, string>();
    const volume = `files/${phone.source.device.name}/internal`;
    for (const [path, { kind, content }] of lookAt(folder.path))
      if (kind === 'file' && path.startsWith(volume)) restored.set(path.slice(volume.length), content);
    deepEqual(restored, contentsOf(storage));

    const services = phone.phone.services.length;
    const second = await runBackup(repository, phone.source, { threads });
    deepEqual([second.summary.newBytes, second.summary.balance.verified], [0, 306]);
    // One stream to look at the root, one to walk.
    equal(phone.phone.services.length - services, 2);
  });
}

for (const [size, length] of [
  ['small', 10],
  ['large', 300_000],
] as const) {
  test(`it keeps a ${size} file that changed after it was listed as what it was when it was read`, async () => {
    const [before, after] = [seededRandom(1)(length), seededRandom(2)(length)];
    const folder = phoneFolder();
    const old = phoneFile(before, { mtime: 1000 });
    const changing = {
      sizeBytes: length,
      read: (offset: number, bytes: number) => {
        folder.entries.set('a', phoneFile(after, { mtime: 2000 }));
        return before.subarray(offset, offset + bytes);
      },
    };
    folder.entries.set('a', phoneFile(changing, { mtime: 1000 }));
    await using phone = await phoneWith(phoneFolder({ DCIM: folder }));
    const repository = await newRepository();
    const told: unknown[] = [];
    await runBackup(repository, phone.source, {}, (event) => {
      if (event.kind === 'saved') told.push(event.asRead?.mtimeNs);
    });
    deepEqual(told, [2_000_000_000_000n]);
    const second = await runBackup(repository, phone.source);
    equal(second.events.filter(({ kind }) => kind === 'saved').length, 0);

    // What the listing said before the change must not stand for what was read after it.
    folder.entries.set('a', old);
    await runBackup(repository, phone.source);
    await using to = await temporaryFolder();
    await runRestore(repository, to.path);
    const [restored] = [...lookAt(to.path)].filter(([path]) => path.endsWith('/DCIM/a'));
    equal(restored?.[1].content, Buffer.from(before).toString('latin1'));
    equal(restored?.[1].mtimeNs, 1_000_000_000_000n);
  });
}

/** Two hundred files of 20 KB and one of a megabyte. */
const photos = (): PhoneFolder => {
  const camera = phoneFolder({ 'video.mp4': phoneFile(seededRandom(9)(1_000_000)) });
  for (let at = 0; at < 200; at++) camera.entries.set(`${at}.jpg`, phoneFile(seededRandom(at)(20_000)));
  return phoneFolder({ DCIM: camera });
};

test('it keeps what came before a cable is pulled, wherever that is, and reads the rest next time', async () => {
  const repository = await newRepository();
  for (const cutAfterBytes of [2000, 40_000, 1_000_000, 2_500_000, 4_800_000]) {
    await using phone = await phoneWith(photos(), { faults: [{ cutAfterBytes }] });
    await rejects(runBackup(repository, phone.source), (error) => isFailure(error, 'adb/gone'));
    deepEqual(await findingsOf(repository), []);
  }
  await using phone = await phoneWith(photos());
  const { summary } = await runBackup(repository, phone.source);
  deepEqual([summary.balance.found, summary.balance.verified], [201, 201]);
  // Most of it was there by then.
  ok(summary.newBytes < 2_500_000, `${summary.newBytes} bytes`);
});

test('it sets the one file aside that a phone refuses, and the folder that it closes', async () => {
  const storage = photos();
  storage.entries.set('broken.jpg', phoneFile('xxxxxxxx', { failAfterBytes: 4 }));
  storage.entries.set('closed', phoneFolder({ secret: phoneFile('s') }, { listing: 'closed' }));
  await using phone = await phoneWith(storage);
  const { events, summary } = await runBackup(await newRepository(), phone.source);
  deepEqual(
    events.flatMap((event) => (event.kind === 'set-aside' ? [[event.path, event.reason]] : [])),
    [
      ['internal/closed', 'access-denied'],
      ['internal/broken.jpg', 'read-error'],
    ],
  );
  deepEqual({ ...summary.balance }, { found: 203, verified: 201, waiting: 0, skipped: 0, failed: 2 });
});

test('it raises an alarm for a phone that suddenly has nothing', async () => {
  const repository = await newRepository();
  await using full = await phoneWith(photos());
  await runBackup(repository, full.source);
  await using empty = await phoneWith(phoneFolder());
  await rejects(runBackup(repository, empty.source), (error) => isFailure(error, 'engine/source-empty'));
});

test('it reads no content of a phone in a dry run, and ends', async () => {
  await using phone = await phoneWith(photos());
  const { summary } = await runBackup(await newRepository(), phone.source, { isDryRun: true });
  deepEqual([summary.balance.found, summary.snapshot], [201, undefined]);
});

test('it leaves nothing behind when it is stopped within a file', async () => {
  const storage = phoneFolder({ 'video.mp4': phoneFile(generatedContent(3, 200_000_000)) });
  await using phone = await phoneWith(storage);
  const repository = await newRepository();
  const stopper = new AbortController();
  const reason = new Error('enough');
  const running = (async () => {
    for await (const event of backup(repository, phone.source, {
      clock: repository.clock,
      isProcessAlive: () => true,
      threads: 0,
      signal: stopper.signal,
    }))
      if (event.kind === 'saving') setImmediate(() => stopper.abort(reason));
  })();
  await rejects(running, reason);
  deepEqual(await findingsOf(repository), []);
});

const releases = [9, 10, 12, 14, 16] as const;
for (const [at, release] of releases.entries()) {
  const vendor = (['aosp', 'samsung', 'xiaomi'] as const)[at % 3] ?? 'aosp';
  test(`it backs up the files of an Android ${release} phone of ${vendor}`, async () => {
    await using phone = await filesOf(await startPhone(phoneOptions(samplePhone({ release, vendor }))));
    const { summary } = await runBackup(await newRepository(), phone.source);
    const { found, verified, failed } = summary.balance;
    ok(found > 20 && failed === 0, JSON.stringify(summary.balance));
    equal(verified, found);
  });
}
