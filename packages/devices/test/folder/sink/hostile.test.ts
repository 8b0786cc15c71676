import { deepEqual, equal, throws } from 'node:assert/strict';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { errnoOf, isFailure } from '@holdfast/kernel';
import { createStage, finishStage, type Occupied } from '@holdfast/local-files';
import { temporaryFolder } from '@holdfast/testkit';
import fc from 'fast-check';
import { DEVICE_FAILURES } from '#failures.ts';
import { openFolderSink } from '#folder/sink/folder-sink.ts';
import type { FolderSink } from '#sink.ts';

const KEY = 'feedfacefeedface';
const TRAITS = { mode: 0o777, mtimeNs: 1n };

/** Every entry below a folder with all that may not change. */
function picture(folder: string): unknown[] {
  const entries = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].toSorted();
  return entries.map((entry) => {
    const path = join(folder, entry);
    const { mode, mtimeNs, nlink, size } = lstatSync(path, { bigint: true });
    const kind = lstatSync(path);
    const content = kind.isFile()
      ? readFileSync(path, 'utf8')
      : kind.isSymbolicLink()
        ? readlinkSync(path)
        : '';
    return [entry, mode, mtimeNs, nlink, size, content];
  });
}

/** A folder nothing may touch, and beside it a target in which links to it lie already. */
async function planted(): Promise<AsyncDisposable & { outside: string; root: string }> {
  const folder = await temporaryFolder();
  const outside = join(folder.path, 'outside');
  const root = join(folder.path, 'root');
  mkdirSync(join(outside, 'sub'), { recursive: true });
  writeFileSync(join(outside, 'file'), 'precious');
  mkdirSync(join(root, 'real'), { recursive: true });
  writeFileSync(join(root, 'plain'), 'plain');
  for (const at of [root, join(root, 'real')]) {
    symlinkSync(outside, join(at, 'a'));
    symlinkSync(join(outside, 'file'), join(at, 'b'));
    symlinkSync('..', join(at, 'up'));
    symlinkSync(join(outside, 'new'), join(at, 'dangling'));
    symlinkSync(join(outside, 'file'), join(at, `.holdfast-${KEY}.part`));
  }
  return { outside, root, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** Writes a file as a restore does it. */
function write(sink: FolderSink, path: readonly string[], occupied: Occupied): boolean {
  const paths = sink.staging(path, KEY);
  const fd = createStage(paths.stagePath);
  writeSync(fd, 'evil');
  return finishStage(fd, { ...paths, traits: TRAITS, occupied });
}

/** Does everything to a path that a sink can, as far as it lets one. */
const CALLS: readonly (readonly [string, (sink: FolderSink, path: readonly string[]) => void])[] = [
  ['makeFolder', (sink, path) => sink.makeFolder(path)],
  [
    'finish, keeping',
    (sink, path) => {
      write(sink, path, 'keep');
    },
  ],
  [
    'finish, replacing',
    (sink, path) => {
      write(sink, path, 'replace');
    },
  ],
  ['makeSymlink, keeping', (sink, path) => sink.makeSymlink(path, '..', 1n, 'keep')],
  ['makeSymlink, replacing', (sink, path) => sink.makeSymlink(path, '../outside', 1n, 'replace')],
  ['finishFolder', (sink, path) => sink.finishFolder(path, TRAITS)],
  ['freePath', (sink, path) => sink.freePath(path)],
  ['makeHardLink to it, keeping', (sink, path) => sink.makeHardLink(['new name'], path, 'keep')],
  ['makeHardLink at it, replacing', (sink, path) => sink.makeHardLink(path, ['plain'], 'replace')],
  ['hasStage', (sink, path) => sink.hasStage(path, KEY)],
  ['discard', (sink, path) => sink.discard(path, KEY)],
];

/** The writing itself fails with the system's errors, a folder in the way of a file for one. */
function tried(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (!isFailure(error) && errnoOf(error) === undefined) throw error;
    return error;
  }
}

test('it refuses names that lead elsewhere, in every call', async () => {
  await using ground = await planted();
  const before = picture(ground.outside);
  const sink = openFolderSink(ground.root);
  const paths = [
    [],
    [''],
    ['.'],
    ['..', 'outside', 'file'],
    ['/etc/x'],
    ['real', '../../outside/x'],
    ['a\0b'],
    ['\ud800'],
  ];
  for (const path of paths) {
    const unsafe = (error: unknown): boolean => isFailure(error, DEVICE_FAILURES.unsafeName);
    throws(() => sink.look(path), unsafe);
    for (const [name, call] of CALLS) throws(() => call(sink, path), unsafe, name);
  }
  deepEqual(picture(ground.outside), before);
});

test('it writes nothing through links that lie in the target', async () => {
  for (const [name, call] of CALLS) {
    for (const link of ['a', 'b', 'up', 'dangling']) {
      for (const above of [[], ['real']]) {
        for (const rest of [[], ['x'], ['file'], ['sub', 'x'], ['outside', 'file']]) {
          await using ground = await planted();
          const before = picture(ground.outside);
          const sink = openFolderSink(ground.root);
          const path = [...above, link, ...rest];
          tried(() => sink.makeFolder(path.slice(0, -1)));
          tried(() => call(sink, path));
          deepEqual(picture(ground.outside), before, `${name} ${path.join('/')}`);
        }
      }
    }
  }
});

test('it says that a link is in the way of what is below it', async () => {
  await using ground = await planted();
  const sink = openFolderSink(ground.root);
  deepEqual(sink.look(['a', 'file']), { kind: 'blocked' });
  deepEqual(sink.look(['b', 'x', 'y']), { kind: 'blocked' });
  throws(
    () => sink.makeFolder(['a']),
    (error) => isFailure(error, DEVICE_FAILURES.inTheWay),
  );
});

test('it stages no content in a file that has another name, nor behind a link', async () => {
  await using ground = await planted();
  mkdirSync(join(ground.root, 'hard'));
  linkSync(join(ground.outside, 'file'), join(ground.root, 'hard', `.holdfast-${KEY}.part`));
  const sink = openFolderSink(ground.root);
  for (const folder of ['hard', 'real']) {
    sink.makeFolder([folder]);
    equal(write(sink, [folder, 'x'], 'keep'), true);
  }
  equal(readFileSync(join(ground.outside, 'file'), 'utf8'), 'precious');
});

test('it keeps to the target, whatever is done in whatever order', async () => {
  const name = fc.constantFrom('a', 'b', 'up', 'dangling', 'real', 'x', 'file', '..', 'outside', 'sub', '');
  const step = fc.record({ call: fc.nat(CALLS.length - 1), path: fc.array(name, { maxLength: 4 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      await using ground = await planted();
      const before = picture(ground.outside);
      const sink = openFolderSink(ground.root);
      for (const { call, path } of steps) tried(() => CALLS[call]?.[1](sink, path));
      deepEqual(picture(ground.outside), before);
    }),
    { numRuns: 25 },
  );
});
