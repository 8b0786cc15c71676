import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { type FolderSink, openFolderSink } from '@holdfast/devices';
import { planRestore, restore } from '@holdfast/engine';
import { Failure } from '@holdfast/kernel';
import { findSnapshot, loadIndex, type OpenRepository } from '@holdfast/repository';
import { seededRandom, temporaryFolder } from '@holdfast/testkit';
import { newRepository, runBackup, runRestore, sourceOf } from '../test-setup/runs.ts';

const NAMES = ['a', 'b', 'd/c'];
const whole = { paths: ['files/from'] };

/** A repository with a backup of a folder in which one file of two chunks, and one of a few bytes, have three names each. */
async function backedUp(root: string): Promise<OpenRepository> {
  const from = `${root}/from`;
  mkdirSync(`${from}/d`, { recursive: true });
  for (const [prefix, content] of [
    ['large-', seededRandom(3)(9_000_000)],
    ['small-', Buffer.from('small')],
  ] as const) {
    const [first = '', ...others] = NAMES.map((name) => `${from}/${name.replace(/[^/]+$/, `${prefix}$&`)}`);
    writeFileSync(first, content);
    for (const other of others) linkSync(first, other);
  }
  const repository = await newRepository();
  await runBackup(repository, await sourceOf(from));
  return repository;
}

const inodesOf = (folder: string, prefix: string): number[] =>
  NAMES.map((name) => lstatSync(`${folder}/${name.replace(/[^/]+$/, `${prefix}$&`)}`).ino);

test('it gives a file with several names all of them, and writes it once', async () => {
  await using folder = await temporaryFolder();
  const repository = await backedUp(folder.path);
  const { summary } = await runRestore(repository, `${folder.path}/to`, whole);
  assert.deepEqual(summary.balance, { found: 6, verified: 6, waiting: 0, skipped: 0, failed: 0 });
  for (const prefix of ['large-', 'small-']) {
    const inodes = inodesOf(`${folder.path}/to/from`, prefix);
    assert.equal(new Set(inodes).size, 1, prefix);
  }
  assert.ok(
    readFileSync(`${folder.path}/to/from/d/large-c`).equals(readFileSync(`${folder.path}/from/large-a`)),
  );
});

test('it links to a name that is there already', async () => {
  await using folder = await temporaryFolder();
  const repository = await backedUp(folder.path);
  const to = `${folder.path}/to/from`;
  await runRestore(repository, `${folder.path}/to`, whole);
  for (const name of ['large-a', 'd/small-c']) unlinkSync(`${to}/${name}`);
  const { summary } = await runRestore(repository, `${folder.path}/to`, whole);
  assert.deepEqual([summary.restoredItems, summary.alreadyThere], [2, 4]);
  for (const prefix of ['large-', 'small-']) assert.equal(new Set(inodesOf(to, prefix)).size, 1);
});

test('it replaces with a link what is to be overwritten, and nothing else', async () => {
  await using folder = await temporaryFolder();
  const repository = await backedUp(folder.path);
  const to = `${folder.path}/to/from`;
  for (const conflict of ['skip', 'overwrite'] as const) {
    mkdirSync(`${to}/d`, { recursive: true });
    unlinkQuietly(`${to}/small-b`);
    writeFileSync(`${to}/small-b`, 'something else');
    const { items } = await runRestore(repository, `${folder.path}/to`, { ...whole, conflict });
    const { reason } = items.find(({ path }) => path.endsWith('small-b')) ?? {};
    assert.equal(reason, conflict === 'skip' ? 'conflict' : 'restored');
    const expected = conflict === 'skip' ? 'something else' : 'small';
    assert.equal(readFileSync(`${to}/small-b`, 'utf8'), expected);
  }
  assert.equal(new Set(inodesOf(to, 'small-')).size, 1);
});

test('it writes every name by itself where the target has no hard links', async () => {
  await using folder = await temporaryFolder();
  const repository = await backedUp(folder.path);
  await using indexed = await loadIndex(repository, { threads: 0 });
  const { tree } = (await findSnapshot(repository, 'latest')).snapshot;
  const plain = openFolderSink(`${folder.path}/to`);
  const withoutLinks: FolderSink = new Proxy(plain, {
    get: (target, key: keyof FolderSink) => {
      if (key === 'makeHardLink')
        return () => {
          throw new Failure('devices/no-hard-links', 'as on FAT');
        };
      const member = target[key];
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  const plan = await planRestore(indexed, { tree, paths: ['files/from'] }, withoutLinks);
  const events = await Array.fromAsync(restore(indexed, plan, withoutLinks));
  const reasons = events.flatMap((event) => (event.kind === 'item' ? [event.reason] : []));
  assert.deepEqual(
    reasons,
    Array.from({ length: 6 }, () => 'restored'),
  );
  for (const prefix of ['large-', 'small-'])
    assert.equal(new Set(inodesOf(`${folder.path}/to/from`, prefix)).size, 3);
});

/** Goes down one folder at a time, which no path in one call could, and does something there. */
const deep = (folder: string, script: string): string =>
  execFileSync(
    'sh',
    [
      '-c',
      `cd "$1" && i=0; while [ $i -lt 20 ]; do cd -P "./$2" || exit 1; i=$((i+1)); done; ${script}`,
      'sh',
      folder,
      'd'.repeat(250),
    ],
    { encoding: 'utf8' },
  );

test('it gives back files whose paths are longer than one call takes', async () => {
  await using folder = await temporaryFolder();
  try {
    const from = `${folder.path}/from`;
    openFolderSink(from).makeFolder(Array.from({ length: 20 }, () => 'd'.repeat(250)));
    deep(
      from,
      'echo deep > file; ln file twin; ln -s file link; head -c 9000000 /dev/zero | tr "\\0" x > large; : > empty',
    );
    const repository = await newRepository();
    await runBackup(repository, await sourceOf(from));
    const { summary } = await runRestore(repository, `${folder.path}/to`, whole);
    assert.deepEqual(summary.balance, { found: 5, verified: 5, waiting: 0, skipped: 0, failed: 0 });
    const look = 'ls -A; cat file; readlink link; [ file -ef twin ] && echo one; sha256sum large';
    assert.equal(deep(`${folder.path}/to/from`, look), deep(from, look));
    const again = await runRestore(repository, `${folder.path}/to`, whole);
    assert.equal(again.summary.alreadyThere, 5);
  } finally {
    // Node's own removal takes a path in one piece.
    execFileSync('rm', ['-rf', folder.path]);
  }
});

function unlinkQuietly(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) unlinkSync(path);
}
