import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { collect, decodeName, isFailure } from '@holdfast/kernel';
import { temporaryFolder } from '@holdfast/testkit';
import { DEVICE_FAILURES } from '#failures.ts';
import { openFolderSource } from '#folder/folder-source.ts';
import type { SourceEntry, SourceFolder } from '#source.ts';

const MACHINE = { machine: 'test' };

const names = (entries: Iterable<SourceEntry>): string[] => [...entries].map(({ name }) => name).toSorted();
const entryOf = (folder: SourceFolder | undefined, name: string): SourceEntry | undefined =>
  [...(folder?.entries ?? [])].find((entry) => entry.name === name);

test('it walks depth first, siblings in the order of entries, into no link', async () => {
  await using folder = await temporaryFolder();
  for (const path of ['a/b/c', 'a/d', 'e/f']) mkdirSync(join(folder.path, path), { recursive: true });
  symlinkSync('..', join(folder.path, 'a', 'loop'));
  const source = await openFolderSource(folder.path, MACHINE);
  const folders = await Array.fromAsync(source.walk());
  const byPath = new Map(folders.map((each) => [each.path, each]));
  const inOrder = (path: string): string[] => [
    path,
    ...[...(byPath.get(path)?.entries ?? [])]
      .filter(({ kind }) => kind === 'folder')
      .flatMap(({ name }) => inOrder(path === '' ? name : `${path}/${name}`)),
  ];
  deepEqual(
    folders.map(({ path }) => path),
    inOrder(''),
  );
  equal(folders.length, 7);
  equal(entryOf(byPath.get('a'), 'loop')?.kind, 'symlink');
  match(source.device.id, /^folder-[0-9a-f]{16}$/);
});

test('it may begin to look before it is asked to walk, once, and lets go of what nobody read', async () => {
  await using folder = await temporaryFolder();
  mkdirSync(join(folder.path, 'a/b'), { recursive: true });
  const options = { ...MACHINE, useThread: true, beginsAtOnce: true };
  await using source = await openFolderSource(folder.path, options);
  const first = await Array.fromAsync(source.walk());
  mkdirSync(join(folder.path, 'a/c'));
  const second = await Array.fromAsync(source.walk());
  deepEqual([first.length, second.length], [3, 4]);
  await using _unread = await openFolderSource(folder.path, options);
  await using stopped = await openFolderSource(folder.path, options);
  await rejects(Array.fromAsync(stopped.walk(AbortSignal.abort(new Error('enough')))), /enough/);
});

test('it gives every name a file can have, and reads it', async () => {
  await using folder = await temporaryFolder();
  const odd = decodeName(Uint8Array.of(0x66, 0xff, 0x6f));
  const wanted = ['a\nb', '"', '😀', '\ufffd', 'x'.repeat(255), odd];
  for (const name of wanted.slice(0, -1)) writeFileSync(join(folder.path, name), name);
  writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.of(0x66, 0xff, 0x6f)]), odd);
  const source = await openFolderSource(folder.path, MACHINE);
  const [root] = await Array.fromAsync(source.walk());
  deepEqual(names(root?.entries ?? []), wanted.toSorted());
  equal((await collect(source.read(odd), 100)).length, Buffer.byteLength(odd));
});

test('it reaches paths longer than one call takes', async () => {
  await using folder = await temporaryFolder();
  const name = 'd'.repeat(250);
  // A shell steps down one folder at a time, which no path in one call could.
  execFileSync(
    'sh',
    [
      '-c',
      'cd "$1" || exit 1; i=0; while [ $i -lt 20 ]; do mkdir "$2" && cd -P "./$2" || exit 1; i=$((i+1)); done; echo deep > file',
      'sh',
      folder.path,
      name,
    ],
    { stdio: 'pipe' },
  );
  const source = await openFolderSource(folder.path, MACHINE);
  const folders = await Array.fromAsync(source.walk());
  equal(folders.length, 21);
  const path = `${folders.at(-1)?.path}/file`;
  equal(source.localPath(path), undefined);
  equal(new TextDecoder().decode(await collect(source.read(path), 100)), 'deep\n');
  execFileSync('rm', ['-rf', folder.path]);
});

test('it names pipes, what was excluded and its own repository, each with its reason', async () => {
  await using folder = await temporaryFolder();
  execFileSync('mkfifo', [join(folder.path, 'pipe')]);
  mkdirSync(join(folder.path, 'repository', 'data'), { recursive: true });
  mkdirSync(join(folder.path, 'cache', 'x'), { recursive: true });
  const source = await openFolderSource(folder.path, {
    ...MACHINE,
    excludes: ['cache'],
    skipPaths: [join(folder.path, 'repository')],
  });
  const folders = await Array.fromAsync(source.walk());
  equal(folders.length, 1);
  const pipe = entryOf(folders[0], 'pipe');
  equal(pipe?.kind === 'special' && pipe.what, 'fifo');
  const reasonOf = (name: string): unknown => {
    const entry = entryOf(folders[0], name);
    return entry?.kind === 'problem' ? entry.reason : undefined;
  };
  deepEqual([reasonOf('cache'), reasonOf('repository')], ['excluded', 'own-repository']);
});

test('it follows no link that took the place of a folder, and names what vanished', async () => {
  await using folder = await temporaryFolder();
  for (const name of ['a', 'b']) mkdirSync(join(folder.path, name));
  const source = await openFolderSource(folder.path, MACHINE);
  const problems: unknown[] = [];
  for await (const { path, problem, entries } of source.walk()) {
    if (path !== '') problems.push([problem?.reason, [...entries].length]);
    else for (const name of ['a', 'b']) rmSync(join(folder.path, name), { recursive: true });
    if (path === '') symlinkSync('/etc', join(folder.path, 'a'));
  }
  deepEqual(problems, [
    ['vanished', 0],
    ['vanished', 0],
  ]);
});

test('it stops when told to', async () => {
  await using folder = await temporaryFolder();
  mkdirSync(join(folder.path, 'a'));
  const source = await openFolderSource(folder.path, MACHINE);
  const stop = new AbortController();
  const walking = (async () => {
    for await (const _ of source.walk(stop.signal)) stop.abort(new Error('stopped'));
  })();
  await rejects(walking, (error) => error === stop.signal.reason);
});

test('it says what is wrong with the folder it was given', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(join(folder.path, 'file'), '');
  const rows = [
    [join(folder.path, 'absent'), DEVICE_FAILURES.missingFolder, {}],
    [join(folder.path, 'file'), DEVICE_FAILURES.notAFolder, {}],
    [folder.path, DEVICE_FAILURES.ownRepository, { skipPaths: [folder.path] }],
    [folder.path, DEVICE_FAILURES.badPattern, { excludes: ['[a'] }],
  ] as const;
  for (const [path, code, options] of rows)
    await rejects(
      openFolderSource(path, { ...MACHINE, ...options }),
      (error) => isFailure(error, code),
      code,
    );
});
