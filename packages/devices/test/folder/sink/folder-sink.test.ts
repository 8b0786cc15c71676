import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
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
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { createStage, finishStage } from '@holdfast/local-files';
import { temporaryFolder } from '@holdfast/testkit';
import { type FolderSink, openFolderSink } from '../../../src/index.ts';

const KEY = '0123456789abcdef';
const TRAITS = { mode: 0o640, mtimeNs: 1_700_000_000_123_456_789n };

function write(
  sink: FolderSink,
  path: string[],
  text: string,
  occupied: 'keep' | 'replace' = 'keep',
): boolean {
  if (path.length > 1) sink.makeFolder(path.slice(0, -1));
  const paths = sink.staging(path, KEY);
  const fd = createStage(paths.stagePath);
  writeSync(fd, text);
  return finishStage(fd, { ...paths, traits: TRAITS, occupied });
}

suite('folder sink', () => {
  test('it refuses every name that could lead out of the root, in every call', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(join(folder.path, 'target'));
    for (const name of ['', '.', '..', 'a/b', '/etc', 'a\0b']) {
      for (const path of [[name], ['a', name], [name, 'a']]) {
        const calls = [
          () => sink.look(path),
          () => sink.makeFolder(path),
          () => sink.staging(path, KEY),
          () => sink.hasStage(path, KEY),
          () => sink.discard(path, KEY),
          () => sink.makeHardLink(path, ['x'], 'replace'),
          () => sink.makeHardLink(['x'], path, 'replace'),
          () => sink.makeSymlink(path, 'x', 0n, 'replace'),
          () => sink.finishFolder(path, TRAITS),
          () => sink.freePath(path),
        ];
        for (const call of calls) assert.throws(call, (error) => isFailure(error, 'devices/unsafe-name'));
      }
    }
    assert.deepEqual(readdirSync(folder.path), ['target']);
  });

  test('it gives a file its content, mode and time, to the microsecond', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(folder.path);
    assert.equal(write(sink, ['a', 'b', 'c.txt'], 'hello'), true);
    const stat = lstatSync(join(folder.path, 'a/b/c.txt'), { bigint: true });
    assert.equal(readFileSync(join(folder.path, 'a/b/c.txt'), 'utf8'), 'hello');
    assert.equal(stat.mode & 0o777n, 0o640n);
    const differenceNs = stat.mtimeNs - TRAITS.mtimeNs;
    assert.ok(differenceNs > -1000n && differenceNs < 1000n, `${differenceNs} ns`);
    assert.deepEqual(readdirSync(join(folder.path, 'a/b')), ['c.txt']);
  });

  test('it keeps what has the name, and replaces it only when told to', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(folder.path);
    write(sink, ['a'], 'old');
    assert.equal(write(sink, ['a'], 'new'), false);
    assert.equal(readFileSync(join(folder.path, 'a'), 'utf8'), 'old');
    assert.equal(write(sink, ['a'], 'new', 'replace'), true);
    assert.equal(readFileSync(join(folder.path, 'a'), 'utf8'), 'new');
  });

  test('it never writes through links that lie in the target', async () => {
    await using folder = await temporaryFolder();
    const outside = join(folder.path, 'outside');
    const root = join(folder.path, 'target');
    mkdirSync(outside);
    mkdirSync(root);
    symlinkSync(outside, join(root, 'link'));
    symlinkSync(join(outside, 'victim'), join(root, 'file'));
    const sink = openFolderSink(root);
    assert.deepEqual(sink.look(['link', 'a']), { kind: 'blocked' });
    assert.throws(
      () => sink.makeFolder(['link']),
      (error) => isFailure(error, 'devices/in-the-way'),
    );
    assert.throws(
      () => sink.makeFolder(['link', 'a']),
      (error) => isFailure(error, 'devices/in-the-way'),
    );
    assert.throws(
      () => sink.staging(['link', 'a'], KEY),
      (error) => isFailure(error, 'devices/in-the-way'),
    );
    assert.throws(
      () => sink.finishFolder(['link'], TRAITS),
      (error) => isFailure(error, 'devices/in-the-way'),
    );
    assert.equal(write(sink, ['file'], 'x'), false);
    assert.equal(write(sink, ['file'], 'x', 'replace'), true);
    assert.equal(lstatSync(join(root, 'file')).isFile(), true);
    assert.deepEqual(readdirSync(outside), []);
  });

  test('it follows a link given as the root, this once', async () => {
    await using folder = await temporaryFolder();
    mkdirSync(join(folder.path, 'real'));
    symlinkSync(join(folder.path, 'real'), join(folder.path, 'link'));
    const sink = openFolderSink(join(folder.path, 'link'));
    write(sink, ['a'], 'x');
    assert.deepEqual(readdirSync(join(folder.path, 'real')), ['a']);
  });

  test('it makes links that point anywhere, and says what is there', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(folder.path);
    assert.equal(sink.makeSymlink(['l'], '/nowhere/at/all', 0n, 'keep'), true);
    assert.equal(sink.makeSymlink(['l'], 'other', 0n, 'keep'), false);
    assert.deepEqual(sink.look(['l']), { kind: 'symlink', target: '/nowhere/at/all' });
    assert.equal(sink.makeSymlink(['l'], 'other', 0n, 'replace'), true);
    assert.equal(readlinkSync(join(folder.path, 'l')), 'other');
    assert.deepEqual(sink.look(['none']), { kind: 'absent' });
    assert.deepEqual(sink.look(['l', 'below']), { kind: 'blocked' });
  });

  const NAMES: readonly (readonly [taken: string[], free: string])[] = [
    [['photo.jpg'], 'photo (restored).jpg'],
    [['photo.jpg', 'photo (restored).jpg'], 'photo (restored 2).jpg'],
    [['.hidden'], '.hidden (restored)'],
    [['archive'], 'archive (restored)'],
    [[`${'ä'.repeat(125)}.jpg`], `${'ä'.repeat(120)} (restored).jpg`],
    [['😀'.repeat(63)], `${'😀'.repeat(61)} (restored)`],
  ];
  for (const [taken, free] of NAMES) {
    test(`it finds the free name ${free.slice(0, 30)}`, async () => {
      await using folder = await temporaryFolder();
      const sink = openFolderSink(folder.path);
      for (const name of taken) write(sink, [name], 'x');
      assert.deepEqual(sink.freePath([taken[0] ?? '']), [free]);
      assert.ok(Buffer.byteLength(free) <= 255);
      assert.equal(write(sink, [free], 'x'), true);
    });
  }

  test('it makes nothing when it is opened only for looking', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(join(folder.path, 'none'), { create: false });
    assert.deepEqual(sink.look(['a', 'b']), { kind: 'absent' });
    assert.deepEqual(readdirSync(folder.path), []);
  });

  test('it takes names whose bytes are not UTF-8', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(folder.path);
    write(sink, ['a\udcffb'], 'x');
    const [name] = readdirSync(folder.path, { encoding: 'buffer' });
    assert.deepEqual([...(name ?? [])], [0x61, 0xff, 0x62]);
    assert.equal(sink.look(['a\udcffb']).kind, 'file');
  });

  test('it discards a stage once and again', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(folder.path);
    assert.equal(sink.hasStage(['a'], KEY), false);
    writeFileSync(sink.staging(['a'], KEY).stagePath, 'x');
    assert.equal(sink.hasStage(['a'], KEY), true);
    sink.discard(['a'], KEY);
    sink.discard(['a'], KEY);
    assert.deepEqual(readdirSync(folder.path), []);
  });

  test('it gives a file more names, replacing only what it is told to', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(folder.path);
    write(sink, ['a'], 'one');
    write(sink, ['b'], 'other');
    sink.makeFolder(['d']);
    assert.equal(sink.makeHardLink(['d', 'c'], ['a'], 'keep'), true);
    assert.equal(sink.makeHardLink(['b'], ['a'], 'keep'), false);
    assert.equal(readFileSync(join(folder.path, 'b'), 'utf8'), 'other');
    assert.equal(sink.makeHardLink(['b'], ['a'], 'replace'), true);
    // Once more, where it is the same file already.
    assert.equal(sink.makeHardLink(['b'], ['a'], 'replace'), true);
    const inodes = ['a', 'b', 'd/c'].map((name) => lstatSync(join(folder.path, name)).ino);
    assert.equal(new Set(inodes).size, 1);
    assert.equal(lstatSync(join(folder.path, 'a')).nlink, 3);
    assert.deepEqual(readdirSync(folder.path), ['a', 'b', 'd']);
  });

  test('it gives no second name to a link or to what is not there', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(folder.path);
    symlinkSync('/etc/passwd', join(folder.path, 'link'));
    for (const from of ['link', 'none']) {
      assert.throws(
        () => sink.makeHardLink(['new'], [from], 'keep'),
        (error) => isFailure(error, 'devices/in-the-way'),
      );
    }
    assert.deepEqual(readdirSync(folder.path), ['link']);
  });

  test('it does everything below a path that is longer than one call takes', async () => {
    await using folder = await temporaryFolder();
    const sink = openFolderSink(folder.path);
    const deep = Array.from({ length: 25 }, (_, at) => `${at}`.padEnd(200, 'x'));
    const [file, link, twin] = ['file', 'link', 'twin'].map((name) => [...deep, name]) as [
      string[],
      string[],
      string[],
    ];
    assert.equal(write(sink, file, 'deep'), true);
    assert.equal(write(sink, file, 'again', 'keep'), false);
    assert.equal(write(sink, file, 'again', 'replace'), true);
    assert.deepEqual(sink.look(file), { ...sink.look(file), kind: 'file', sizeBytes: 5 });
    assert.equal(sink.makeSymlink(link, '../x', 1n, 'keep'), true);
    assert.deepEqual(sink.look(link), { kind: 'symlink', target: '../x' });
    assert.equal(sink.makeSymlink(link, '../y', 1n, 'replace'), true);
    assert.equal(sink.makeHardLink(twin, file, 'keep'), true);
    assert.deepEqual(sink.freePath(file).at(-1), 'file (restored)');
    assert.equal(sink.hasStage(file, KEY), false);
    sink.finishFolder(deep, { mode: 0o755, mtimeNs: 1_000_000_000n });
    assert.equal(openFolderSink(folder.path).look(twin).kind, 'file');
    // Node's own removal takes a path in one piece.
    execFileSync('rm', ['-rf', folder.path]);
  });
});
