import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { type Pulled, RemoteFiles } from '@holdfast/adb';
import { collect, decodeName, Failure } from '@holdfast/kernel';
import { fakeClock } from '@holdfast/testkit';
import { ANDROID_14_FEATURES, type PhoneOptions, phoneFile, phoneFolder } from '@holdfast/testkit/phone';
import { coded, letTimePass, linkedPhone } from '../../test-setup/phones.ts';

/** Names that have broken others. */
const NAMES = [
  'a\nb',
  '"q" \'r\' $(x) `y`',
  ' trailing ',
  '-rf',
  'e\u0301',
  decodeName(Uint8Array.of(0xff, 0xfe, 0x41)),
  'n'.repeat(255),
  '😀',
];

const text = async (pulled: Pulled): Promise<string> => {
  if (pulled.kind === 'problem') return pulled.failure.code;
  try {
    return Buffer.from(await collect(pulled.content, 1_000_000)).toString();
  } catch (error) {
    return error instanceof Failure ? `${error.code} ${String(error.details['errno'])}` : 'bug';
  }
};

const versions: [name: string, features: readonly string[]][] = [
  ['version 2', ANDROID_14_FEATURES],
  ['version 1', ['shell_v2', 'cmd']],
];
for (const [name, features] of versions) {
  test(`it lists, looks at and reads names of any bytes, by ${name}`, async () => {
    const entries = Object.fromEntries(NAMES.map((each, at) => [each, phoneFile(`content ${at}`)]));
    await using linked = await linkedPhone({ root: phoneFolder({ s: phoneFolder(entries) }), features });
    const files = new RemoteFiles(linked.transport);
    const { entries: listed } = await files.list('/s');
    deepEqual(listed.map((entry) => entry.name).toSorted(), NAMES.toSorted());
    const paths = NAMES.map((each) => `/s/${each}`);
    const contents: string[] = [];
    for await (const pulled of files.pullMany(paths)) contents.push(await text(pulled));
    deepEqual(
      contents,
      NAMES.map((_, at) => `content ${at}`),
    );
    for await (const looked of files.stat(paths)) equal(looked.kind, 'found');
    for await (const looked of files.stat(['/s/none'])) equal(looked.kind, 'problem');
  });
}

test('it keeps sizes above 4 GiB, and says where it cannot know them', async () => {
  const root = phoneFolder({ 'film.mp4': phoneFile('', { saysBytes: 5_368_709_243n }) });
  for (const [features, sizeBytes, isSizeSure] of [
    [ANDROID_14_FEATURES, 5_368_709_243, true],
    [[], 1_073_741_947, false],
  ] as const) {
    await using linked = await linkedPhone({ root, features });
    const { entries } = await new RemoteFiles(linked.transport).list('/');
    deepEqual(
      entries.map((entry) => entry.kind === 'found' && [entry.stat.sizeBytes, entry.stat.isSizeSure]),
      [[sizeBytes, isSizeSure]],
    );
  }
});

test('it lists an entry that cannot be looked at, with the reason', async () => {
  const root = phoneFolder({ shut: phoneFile('', { lstatError: 13 }), open: phoneFile('x') });
  await using linked = await linkedPhone({ root });
  const { entries } = await new RemoteFiles(linked.transport).list('/');
  deepEqual(
    entries.map((entry) => [entry.name, entry.kind === 'problem' ? entry.problem.errno : 'found']),
    [
      ['shut', 'EACCES'],
      ['open', 'found'],
    ],
  );
});

test('it tells an empty folder from one that is missing, closed or silent', async () => {
  const root = phoneFolder({
    empty: phoneFolder(),
    silent: phoneFolder({}, { listing: 'silent' }),
    closed: phoneFolder({ a: phoneFile('') }, { listing: 'closed' }),
    mute: phoneFolder({ a: phoneFile('') }, { listing: 'silent' }),
  });
  await using linked = await linkedPhone({ root });
  const files = new RemoteFiles(linked.transport);
  const rows: [path: string, isCertain: boolean, errno: string | undefined][] = [
    ['/empty', true, undefined],
    ['/silent', true, undefined],
    ['/closed', true, 'EACCES'],
    ['/missing', true, 'ENOENT'],
    ['/mute', false, 'unknown'],
    [`/${'n'.repeat(1024)}`, true, 'ENAMETOOLONG'],
  ];
  for (const [path, isCertain, errno] of rows) {
    const listed = await files.list(path);
    deepEqual([listed.isCertain, listed.problem?.errno, listed.entries], [isCertain, errno, []], path);
  }
});

test('it sets aside the one folder of which the phone does not say whether it is empty', async () => {
  const silent = phoneFolder({}, { listing: 'silent' });
  const root = phoneFolder({ silent, s: phoneFolder({ a: phoneFile('x') }) });
  const shells: [said: RegExp, shell: NonNullable<PhoneOptions['shell']>][] = [
    [
      /more than 1048576 bytes/,
      async (_, { out }) => {
        await out(new Uint8Array(2_000_000));
        return 0;
      },
    ],
    [/no sign of life for 20 seconds/, (_, { over }) => over.then(() => 0)],
  ];
  for (const [said, shell] of shells) {
    await using linked = await linkedPhone({ root, shell });
    const clock = fakeClock();
    const files = new RemoteFiles(linked.transport, { clock });
    const folders = await letTimePass(clock, Array.fromAsync(files.walk('/')));
    deepEqual(folders.map(({ path }) => path).toSorted(), ['/', '/s', '/silent']);
    const listed = folders.find(({ path }) => path === '/silent');
    deepEqual([listed?.isCertain, listed?.problem?.errno], [false, 'unknown']);
    match(listed?.problem?.said ?? '', said);
  }
});

test('it takes no name that leads out of its folder', async () => {
  for (const name of ['..\u2044', 'a/b', '../b', '/', 'a\0b', '']) {
    await using linked = await linkedPhone({ root: phoneFolder({ [name]: phoneFile('x') }) });
    const { entries } = await new RemoteFiles(linked.transport).list('/');
    const kinds = entries.map((entry) => [entry.name, entry.kind]);
    deepEqual(kinds, [[name, name === '..\u2044' ? 'found' : 'problem']]);
  }
});

test('it does not follow links, and says what they are', async () => {
  const root = phoneFolder({ s: phoneFolder({ up: { kind: 'link', target: '..' } }) });
  await using linked = await linkedPhone({ root });
  const folders = await Array.fromAsync(new RemoteFiles(linked.transport).walk('/s'));
  deepEqual(
    folders.map(({ path, entries }) => [
      path,
      entries.map((entry) => entry.kind === 'found' && entry.stat.mode),
    ]),
    [['/s', [0o120777]]],
  );
});

test('it walks every folder once, level by level', async () => {
  const wide = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [`d${at}`, phoneFolder({ f: phoneFile('x'), g: phoneFolder() })]),
  );
  await using linked = await linkedPhone({ root: phoneFolder({ top: phoneFolder(wide) }) });
  const seen: string[] = [];
  for await (const { path } of new RemoteFiles(linked.transport).walk('/top')) seen.push(path);
  equal(seen[0], '/top');
  equal(seen.length, 401);
  equal(new Set(seen).size, 401);
  equal(linked.phone.services.length, 1);
});

test('it goes on after the one file that a phone refuses, wherever that is', async () => {
  for (let bad = 0; bad < 40; bad += 3) {
    const entries = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `f${at}`,
        at === bad
          ? phoneFile('xxxxxx', { failAfterBytes: bad % 2 === 0 ? 3 : 0 })
          : phoneFile(`content ${at}`),
      ]),
    );
    await using linked = await linkedPhone({ root: phoneFolder(entries) });
    const paths = Object.keys(entries).map((each) => `/${each}`);
    const contents: string[] = [];
    for await (const pulled of new RemoteFiles(linked.transport).pullMany(paths))
      contents.push(await text(pulled));
    const expected = paths.map((_, at) => `content ${at}`);
    expected[bad] = bad % 2 === 0 ? 'adb/refused-file EIO' : 'adb/refused-file';
    deepEqual(contents, expected);
    equal(linked.phone.services.length, bad === paths.length - 1 ? 1 : 2);
  }
});

test('it sets aside paths that are missing or too long', async () => {
  await using linked = await linkedPhone({ root: phoneFolder({ a: phoneFile('one'), b: phoneFile('two') }) });
  const contents: string[] = [];
  const paths = ['/a', '/none', `/${'n'.repeat(1024)}`, '/b'];
  for await (const pulled of new RemoteFiles(linked.transport).pullMany(paths)) {
    contents.push(`${pulled.path.slice(0, 5)} ${await text(pulled)}`);
  }
  deepEqual(contents.toSorted(), ['/a one', '/b two', '/nnnn adb/path-too-long', '/none adb/refused-file']);
});

test('it does not wait for the rest of a file that is not wanted', async () => {
  const root = phoneFolder({ big: phoneFile(new Uint8Array(20_000_000)), a: phoneFile('one') });
  await using linked = await linkedPhone({ root });
  const contents: string[] = [];
  for await (const pulled of new RemoteFiles(linked.transport).pullMany(['/big', '/a', '/big', '/a'])) {
    if (pulled.path === '/big' && contents.length === 0) {
      for await (const _first of pulled.kind === 'content' ? pulled.content : []) break;
    } else if (pulled.path === '/a') contents.push(await text(pulled));
  }
  deepEqual(contents, ['one', 'one']);
  equal(linked.phone.services.length, 3);
});

test('it ends at once on an abort', async () => {
  const root = phoneFolder({ big: phoneFile(new Uint8Array(20_000_000)) });
  await using linked = await linkedPhone({ root });
  const stopper = new AbortController();
  const reason = new Error('enough');
  const reading = (async () => {
    for await (const _chunk of new RemoteFiles(linked.transport).pull('/big', stopper.signal))
      stopper.abort(reason);
  })();
  await rejects(reading, reason);
});

test('it gives up on a phone that stops answering, and says so', async () => {
  const root = phoneFolder({ big: phoneFile(new Uint8Array(1_000_000)) });
  await using linked = await linkedPhone({ root, faults: [{ stallAfterBytes: 200_000 }] });
  const clock = fakeClock();
  const reading = collect(new RemoteFiles(linked.transport, { clock }).pull('/big'), 2_000_000);
  const isRight = (error: unknown): boolean =>
    coded('adb/stalled')(error) && /reading a file/.test(String(error));
  await letTimePass(clock, rejects(reading, isRight));
});
