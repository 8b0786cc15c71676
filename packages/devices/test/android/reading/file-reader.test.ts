import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { collect } from '@holdfast/kernel';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import {
  ANDROID_14_FEATURES,
  generatedContent,
  type PhoneFolder,
  phoneFile,
  phoneFolder,
} from '@holdfast/testkit/phone';
import { coded } from '../../../test-setup/coded.ts';
import { openedPhone, type PhoneUnderTest, storageOf } from '../../../test-setup/phones.ts';

const MOST = 10_000_000;
const LARGE = 700_000;

const read = ({ source }: PhoneUnderTest, path: string, signal?: AbortSignal): Promise<Uint8Array> =>
  collect(source.read(`internal/${path}`, signal), MOST);

/** A file whose time moves on whenever it is read: a log that is being written. */
const moving = (content: Uint8Array): ReturnType<typeof phoneFile> => {
  let mtime = 1_700_000_000;
  return {
    kind: 'file',
    content: { sizeBytes: content.length, read: (at, length) => content.slice(at, at + length) },
    get mtime() {
      mtime += 1;
      return mtime;
    },
  };
};

const versions: [name: string, features: readonly string[]][] = [
  ['version 2', ANDROID_14_FEATURES],
  ['version 1', ['shell_v2', 'cmd']],
];
for (const [name, features] of versions) {
  test(`it reads small and large files for many readers at once, by ${name}`, async () => {
    const internal = phoneFolder();
    for (let at = 0; at < 200; at++)
      internal.entries.set(`f${at}`, phoneFile(seededRandom(at)(at % 20 === 0 ? LARGE + at : 100 + at)));
    await using opened = await openedPhone(storageOf(internal), { features });
    const before = opened.phone.services.length;
    const contents = await Promise.all([...internal.entries.keys()].map((each) => read(opened, each)));
    for (const [at, node] of [...internal.entries.values()].entries())
      deepEqual(contents[at], node.kind === 'file' && node.content);
    // One for all the small ones, up to three for the large ones.
    ok(opened.phone.services.length - before <= 4);
  });
}

const refused: [name: string, file: ReturnType<typeof phoneFile>, code: string, reason: string][] = [
  [
    'closed to us',
    phoneFile('x', { refusal: 'open failed: Permission denied' }),
    'devices/access-denied',
    'access-denied',
  ],
  [
    'gone',
    phoneFile('x', { refusal: 'open failed: No such file or directory' }),
    'devices/vanished',
    'vanished',
  ],
  ['broken', phoneFile('x'.repeat(100), { failAfterBytes: 50 }), 'devices/io', 'read-error'],
  [
    'large and broken',
    phoneFile(new Uint8Array(LARGE), { failAfterBytes: 500_000 }),
    'devices/io',
    'read-error',
  ],
  ['not to be looked at', phoneFile('x', { lstatError: 13 }), 'devices/access-denied', 'access-denied'],
  [
    'shorter than it says',
    phoneFile('x'.repeat(90), { saysBytes: 100n }),
    'devices/changed-while-reading',
    'changed-while-reading',
  ],
  [
    'longer than it says',
    phoneFile('x'.repeat(110), { saysBytes: 100n }),
    'devices/changed-while-reading',
    'changed-while-reading',
  ],
  [
    'large, and shorter than it says',
    phoneFile(new Uint8Array(LARGE), { saysBytes: BigInt(LARGE + 1) }),
    'devices/changed-while-reading',
    'changed-while-reading',
  ],
  [
    'small, and much longer than it says',
    phoneFile(new Uint8Array(LARGE), { saysBytes: 100n }),
    'devices/changed-while-reading',
    'changed-while-reading',
  ],
  [
    'written while it is read',
    moving(new Uint8Array(100)),
    'devices/changed-while-reading',
    'changed-while-reading',
  ],
  [
    'large and written while it is read',
    moving(new Uint8Array(LARGE)),
    'devices/changed-while-reading',
    'changed-while-reading',
  ],
];
for (const [name, file, code, reason] of refused) {
  test(`it fails for a file that is ${name}, and for that one only`, async () => {
    const internal = phoneFolder({
      a: phoneFile('a'),
      bad: file,
      b: phoneFile('b'),
      c: phoneFile(new Uint8Array(LARGE)),
    });
    await using opened = await openedPhone(storageOf(internal));
    const [a, bad, b, c] = await Promise.allSettled(['a', 'bad', 'b', 'c'].map((each) => read(opened, each)));
    ok(
      bad?.status === 'rejected' && coded(code, reason)(bad.reason),
      String(bad?.status === 'rejected' && bad.reason),
    );
    deepEqual(
      [a, b, c].map((each) => each?.status === 'fulfilled' && each.value.length),
      [1, 1, LARGE],
    );
    equal((await read(opened, 'a')).length, 1);
  });
}

test('it fails for what is no file, and for a volume that is not there', async () => {
  await using opened = await openedPhone(
    storageOf(phoneFolder({ folder: phoneFolder(), up: { kind: 'link', target: '..' } })),
  );
  for (const path of ['folder', 'up']) await rejects(read(opened, path), coded('devices/not-a-file'));
  await rejects(collect(opened.source.read('1A2B-3C4D/a'), MOST), coded('devices/vanished', 'vanished'));
});

test('it takes a large file for large that seems small to a phone of 32 bits', async () => {
  // Version 1 of the file service says 5 bytes.
  const file = phoneFile(generatedContent(1, LARGE), { saysBytes: 2n ** 32n + 5n });
  await using opened = await openedPhone(storageOf(phoneFolder({ file })), { features: ['shell_v2', 'cmd'] });
  let length = 0;
  const reading = (async () => {
    for await (const chunk of opened.source.read('internal/file')) length += chunk.length;
  })();
  // Here it has fewer bytes than it says, which is noticed at its end.
  await rejects(reading, coded('devices/changed-while-reading'));
  equal(length, LARGE);
});

/** A folder deep enough that the path of a file in it is too long for the file service. */
function deepFolder(file: ReturnType<typeof phoneFile>): { internal: PhoneFolder; path: string } {
  const names = Array.from({ length: 5 }, (_, at) => `${at}${'n'.repeat(195)}`);
  const long = 'f'.repeat(100);
  let folder = phoneFolder({ [long]: file });
  for (const name of names.toReversed()) folder = phoneFolder({ [name]: folder });
  return { internal: folder, path: [...names, long].join('/') };
}

test('it reads a file whose path is too long for the file service', async () => {
  const content = seededRandom(3)(300_000);
  const { internal, path } = deepFolder(phoneFile(content));
  await using opened = await openedPhone(storageOf(internal));
  const folders = await Array.fromAsync(opened.source.walk());
  equal(`${folders.at(-1)?.path}/${[...(folders.at(-1)?.entries ?? [])][0]?.name}`, `internal/${path}`);
  deepEqual(await read(opened, path), content);
  await rejects(read(opened, `${path}x`), coded('devices/vanished', 'vanished'));
});

test('it fails for a file of a long path that changes while it is read', async () => {
  const { internal, path } = deepFolder(phoneFile('short', { saysBytes: 6n }));
  await using opened = await openedPhone(storageOf(internal));
  await rejects(read(opened, path), coded('devices/changed-while-reading'));
});

test('it fails every reader when the phone is lost', async () => {
  const internal = phoneFolder({ big: phoneFile(generatedContent(1, 50_000_000)) });
  for (let at = 0; at < 50; at++) internal.entries.set(`f${at}`, phoneFile('x'.repeat(20_000)));
  for (const cutAfterBytes of [3000, 100_000, 400_000]) {
    await using opened = await openedPhone(storageOf(internal), { faults: [{ cutAfterBytes }] });
    const settled = await Promise.allSettled([...internal.entries.keys()].map((each) => read(opened, each)));
    const lost = settled.filter((each) => each.status === 'rejected' && coded('adb/gone')(each.reason));
    const given = settled.filter((each) => each.status === 'fulfilled');
    ok(lost.length > 0 && lost.length + given.length === settled.length);
  }
});

test('it says that a phone is silent, to every reader', async () => {
  const internal = phoneFolder({
    big: phoneFile(generatedContent(1, 5_000_000)),
    small: phoneFile('x'.repeat(100_000)),
  });
  const clock = fakeClock();
  await using opened = await openedPhone(
    storageOf(internal),
    { faults: [{ stallAfterBytes: 30_000 }] },
    { clock },
  );
  const failed = Promise.all(
    ['big', 'small'].map((each) => rejects(read(opened, each), coded('adb/stalled'))),
  );
  let isOver = false;
  const over = failed.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await Promise.race([clock.whenSleeping(1), over]);
    clock.advance(Temporal.Duration.from({ seconds: 5 }));
    await new Promise((resolve) => setImmediate(resolve));
  }
});

test('it ends at once on an abort, whether it reads, waits or has not begun', async () => {
  const internal = phoneFolder({ small: phoneFile('x') });
  for (let at = 0; at < 5; at++)
    internal.entries.set(`big${at}`, phoneFile(generatedContent(at, 50_000_000)));
  await using opened = await openedPhone(storageOf(internal));
  const stopper = new AbortController();
  const reason = new Error('enough');
  const reading = [...internal.entries.keys()].map(async (each) => {
    for await (const chunk of opened.source.read(`internal/${each}`, stopper.signal))
      if (chunk.length > 1) stopper.abort(reason);
  });
  const outcomes = await Promise.allSettled(reading);
  // The small one may have come before.
  for (const each of outcomes.slice(1)) equal(each.status === 'rejected' && each.reason, reason);
  await rejects(read(opened, 'small', stopper.signal), reason);
  equal((await read(opened, 'small')).length, 1);
});
