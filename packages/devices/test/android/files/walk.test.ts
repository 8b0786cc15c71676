import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceFolder } from '@holdfast/devices';
import type { AndroidFilesOptions } from '@holdfast/devices/android';
import { decodeName } from '@holdfast/kernel';
import {
  ANDROID_14_FEATURES,
  type PhoneFolder,
  type PhoneNode,
  phoneFile,
  phoneFolder,
} from '@holdfast/testkit/phone';
import fc from 'fast-check';
import { coded } from '../../../test-setup/coded.ts';
import { openedPhone, type PhoneTraits, storageOf } from '../../../test-setup/phones.ts';

async function walked(
  root: PhoneFolder,
  traits: PhoneTraits = {},
  files: AndroidFilesOptions = {},
): Promise<readonly SourceFolder[]> {
  await using opened = await openedPhone(root, traits, files);
  return await Array.fromAsync(opened.source.walk());
}

/** Paths of folders with what is in them, a word each. */
const listed = (folders: readonly SourceFolder[]): unknown =>
  Object.fromEntries(
    folders.map(({ path, entries, problem }) => [
      path,
      [
        ...[...entries].map((entry) =>
          entry.kind === 'problem'
            ? `${entry.name}: ${entry.reason} ${entry.detail}`
            : `${entry.name} ${entry.kind}`,
        ),
        ...(problem === undefined ? [] : [`(${problem.reason} ${problem.detail})`]),
      ],
    ]),
  );

const RAW_NAME = decodeName(Uint8Array.of(0xff, 0xfe, 0x41));
const NAMES = [
  'a\nb',
  '"q" \'r\' $(x)',
  ' trailing ',
  '-rf',
  'e\u0301',
  RAW_NAME,
  'n'.repeat(255),
  '😀',
  '__proto__x',
];

for (const [version, features] of [
  ['2', ANDROID_14_FEATURES],
  ['1', ['shell_v2', 'cmd']],
] as const) {
  test(`it gives names of any bytes as they are, by version ${version} of the file service`, async () => {
    const entries = Object.fromEntries(
      NAMES.map((name) => [name, phoneFile(name, { mtime: 1_234_567_890 })]),
    );
    const folders = await walked(storageOf(phoneFolder({ odd: phoneFolder(entries) })), { features });
    const [odd] = folders.slice(-1);
    deepEqual(
      [...(odd?.entries ?? [])].map((entry) => entry.kind === 'file' && [entry.name, entry.mtimeNs]),
      NAMES.map((name) => [name, 1_234_567_890n * 1_000_000_000n]),
    );
  });
}

test('it gives all volumes, cards by their id, and says of one that cannot be looked at', async () => {
  const root = storageOf(phoneFolder({ DCIM: phoneFolder() }), {
    '1A2B-3C4D': phoneFolder({ 'a.jpg': phoneFile('a') }),
    '9999-0000': phoneFolder({}, { lstatError: 13 }),
  });
  deepEqual(listed(await walked(root)), {
    '': ['internal folder', '1A2B-3C4D folder', '9999-0000: access-denied EACCES'],
    internal: ['DCIM folder'],
    'internal/DCIM': [],
    '1A2B-3C4D': ['a.jpg file'],
  });
});

test('it says of every folder and file that could not be looked at, and drops none', async () => {
  const root = storageOf(
    phoneFolder({
      closed: phoneFolder({ secret: phoneFile('s') }, { listing: 'closed' }),
      silent: phoneFolder({ there: phoneFile('s') }, { listing: 'silent' }),
      broken: phoneFile('b', { lstatError: 5 }),
      pipe: phoneFile('', { mode: 0o660 }),
    }),
  );
  deepEqual(listed(await walked(root)), {
    '': ['internal folder'],
    internal: ['closed folder', 'silent folder', 'broken: read-error EIO', 'pipe file'],
    'internal/closed': ['(access-denied EACCES)'],
    'internal/silent': ['(read-error its listing came back empty, although it holds something)'],
  });
});

test('it never lets a name lead somewhere else', async () => {
  const root = storageOf(phoneFolder({ 'x/../../y': phoneFile('a'), 'ok.txt': phoneFile('b') }));
  deepEqual(listed(await walked(root)), {
    '': ['internal folder'],
    internal: ['unsafe name x\u2215..\u2215..\u2215y: unsafe-name ', 'ok.txt file'],
  });
});

test('it leaves out what a rule names, and does not look inside', async () => {
  const root = storageOf(
    phoneFolder({
      Download: phoneFolder({ 'a.tmp': phoneFile('a'), b: phoneFile('b') }),
      cache: phoneFolder({ c: phoneFile('c') }),
    }),
  );
  for (const [at, prefix] of [
    ['', ''],
    ['files', 'files/'],
  ] as const) {
    deepEqual(listed(await walked(root, {}, { at, excludes: ['/internal/cache', '*.tmp'] })), {
      [at]: ['internal folder'],
      [`${prefix}internal`]: ['Download folder', 'cache: excluded /internal/cache'],
      [`${prefix}internal/Download`]: ['a.tmp: excluded *.tmp', 'b file'],
    });
  }
});

test('it gives links with where they lead, and follows none', async () => {
  const root = storageOf(phoneFolder({ up: { kind: 'link', target: '../a b' }, file: phoneFile('f') }));
  const folders = await walked(root);
  const [internal] = folders.slice(-1);
  const [up] = [...(internal?.entries ?? [])];
  deepEqual([folders.length, up?.kind, up?.kind === 'symlink' && up.target], [2, 'symlink', '../a b']);
});

const FIVE_GIB = 5n * 2n ** 30n + 123n;
const sizes: [name: string, features: readonly string[]][] = [
  ['version 2 of everything', ANDROID_14_FEATURES],
  ['whole sizes only where it looks (Android 8 to 10)', ['shell_v2', 'cmd', 'stat_v2']],
  ['no whole sizes in its file service (Android 7)', ['shell_v2', 'cmd']],
];
for (const [name, features] of sizes) {
  test(`it knows how long large files are, on a phone with ${name}`, async () => {
    const root = storageOf(
      phoneFolder({
        small: phoneFile('s'),
        'VID 1.mp4': phoneFile('x', { saysBytes: FIVE_GIB }),
        sub: phoneFolder(),
      }),
    );
    const folders = await walked(root, { features });
    const [internal] = folders.filter(({ path }) => path === 'internal');
    deepEqual(
      [...(internal?.entries ?? [])].map((entry) => entry.kind === 'file' && entry.sizeBytes),
      [1, Number(FIVE_GIB), false],
    );
    equal(internal?.totals.bytes, Number(FIVE_GIB) + 1);
  });
}

test('it walks storage that holds nothing, and storage that is not there', async () => {
  deepEqual(listed(await walked(storageOf(phoneFolder()))), { '': ['internal folder'], internal: [] });
  deepEqual(listed(await walked(phoneFolder())), { '': ['internal: vanished ENOENT'] });
});

/** A tree of folders, each by its depth and width, with a file in some. */
const tree: fc.Arbitrary<PhoneFolder> = fc.letrec<{ node: PhoneNode; folder: PhoneFolder }>((tie) => ({
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.constant(phoneFile('f')), tie('folder')),
  folder: fc
    .array(tie('node'), { maxLength: 5 })
    .map((nodes) => phoneFolder(Object.fromEntries(nodes.map((node, at) => [`n${at}`, node])))),
})).folder;

test('it walks any tree depth first, each folder once, siblings in the order of entries', async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (internal) => {
      const expected: string[] = [];
      const visit = (folder: PhoneFolder, path: string): void => {
        expected.push(path);
        for (const [name, node] of folder.entries) if (node.kind === 'folder') visit(node, `${path}/${name}`);
      };
      visit(internal, 'internal');
      const folders = await walked(storageOf(internal));
      deepEqual(
        folders.slice(1).map(({ path }) => path),
        expected,
      );
    }),
    { numRuns: 30 },
  );
});

test('it keeps few folders waiting, however wide the tree', async () => {
  const leaf = (): PhoneFolder => phoneFolder({ a: phoneFolder(), b: phoneFolder() });
  const wide = phoneFolder(Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`d${at}`, leaf()])));
  await using opened = await openedPhone(storageOf(wide));
  let given = 0;
  for await (const _ of opened.source.walk()) given += 1;
  equal(given, 2 + 400 * 3);
});

test('it ends with the phone, and at once when told to', async () => {
  const internal = phoneFolder({ a: phoneFolder({ b: phoneFolder() }), c: phoneFolder() });
  await using opened = await openedPhone(storageOf(internal));
  const walk = opened.source.walk();
  const lost = (async () => {
    for await (const { path } of walk) if (path === '') opened.phone.unplug();
  })();
  await rejects(lost, coded('adb/gone'));
  const reason = new Error('enough');
  const aborted = (async () => {
    for await (const _ of opened.source.walk(AbortSignal.abort(reason))) ok(false);
  })();
  await rejects(aborted, reason);
});
