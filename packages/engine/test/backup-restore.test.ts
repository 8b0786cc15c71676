import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { balances } from '@holdfast/contract';
import type { Source } from '@holdfast/devices';
import { type BackupEvent, MANIFEST_NAME, type Manifest } from '@holdfast/engine';
import { Failure } from '@holdfast/kernel';
import { findSnapshot, loadIndex, type OpenRepository } from '@holdfast/repository';
import { differences, lookAt, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { listFiles } from '@holdfast/testkit/repository';
import { findingsOf, newRepository, runBackup, runRestore, sourceOf } from '../test-setup/runs.ts';

/** A folder with everything that is awkward in one. */
function fillAwkward(root: string): void {
  const file = (name: string, content: string | Uint8Array): void =>
    writeFileSync(`${root}/${name}`, content);
  mkdirSync(`${root}/a/b/c/d`, { recursive: true });
  mkdirSync(`${root}/empty folder`);
  file('empty', '');
  file('a/b/c/d/deep', 'deep');
  file('line\nbreak', 'newline');
  file('"quotes" \\ \'single\'', 'quotes');
  file('📱 emoji é e\u0301', 'emoji');
  writeFileSync(Buffer.concat([Buffer.from(`${root}/latin-`), Buffer.from([0xe9, 0xff])]), 'not UTF-8');
  file('large', seededRandom(3)(9 * 1024 * 1024));
  file('zeros', new Uint8Array(3 * 1024 * 1024));
  file('sparse', '');
  truncateSync(`${root}/sparse`, 5_000_000);
  file('private', 'secret');
  chmodSync(`${root}/private`, 0o400);
  chmodSync(`${root}/a/b`, 0o750);
  symlinkSync('a/b/c/d/deep', `${root}/link`);
  symlinkSync('nowhere', `${root}/dangling`);
  symlinkSync('loop-b', `${root}/loop-a`);
  symlinkSync('loop-a', `${root}/loop-b`);
  symlinkSync('..', `${root}/a/up`);
  execFileSync('mkfifo', [`${root}/pipe`]);
  utimesSync(`${root}/empty`, 1_234_567_890.123456, 1_234_567_890.123456);
  utimesSync(`${root}/empty folder`, 1_000_000_000.5, 1_000_000_000.5);
}

async function manifestOf(repository: OpenRepository): Promise<Manifest> {
  const { snapshot } = await findSnapshot(repository, 'latest');
  await using indexed = await loadIndex(repository, { threads: 0 });
  const nodes = await indexed.blobs.loadTree(snapshot.tree);
  const [id = ''] = nodes.find(({ name }) => name === MANIFEST_NAME)?.content ?? [];
  return JSON.parse(new TextDecoder().decode(await indexed.blobs.loadBlob('data', id))) as Manifest;
}

const reasonsIn = (events: readonly BackupEvent[]): Record<string, string> =>
  Object.fromEntries(
    events.flatMap((event) => (event.kind === 'set-aside' ? [[event.path, event.reason]] : [])),
  );

/** The source, with something done to a file each time it is about to be read. */
const meddling = (source: Source, meddle: (path: string) => void): Source => ({
  device: source.device,
  walk: (signal) => source.walk(signal),
  read: (path, signal) => source.read(path, signal),
  localPath(path) {
    meddle(path);
    return source.localPath(path);
  },
});

test('it gives back a folder of awkward things as it was, and finds nothing new the second time', async () => {
  await using folder = await temporaryFolder();
  const from = `${folder.path}/from`;
  mkdirSync(from);
  fillAwkward(from);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${from}/socket`, resolve));
  try {
    const before = lookAt(from);
    const repository = await newRepository();
    const first = await runBackup(repository, await sourceOf(from));
    assert.ok(balances(first.summary.balance));
    assert.deepEqual(reasonsIn(first.events), { pipe: 'special-file', socket: 'special-file' });
    assert.deepEqual(first.summary.balance, { found: 17, verified: 15, waiting: 0, skipped: 2, failed: 0 });
    assert.equal(first.summary.verifiedBytes, first.summary.storedBytes);
    assert.deepEqual(await findingsOf(repository), []);

    const { summary } = await runRestore(repository, `${folder.path}/to`, { paths: ['files/from'] });
    assert.deepEqual(summary.balance, { found: 15, verified: 15, waiting: 0, skipped: 0, failed: 0 });
    assert.deepEqual(differences(before, lookAt(`${folder.path}/to/from`)), []);

    const second = await runBackup(repository, await sourceOf(from));
    assert.equal(second.summary.newBytes, 0);
    assert.ok(second.summary.storedBytes < 10_000, `stored ${second.summary.storedBytes} bytes again`);
    const read = second.events.filter(({ kind }) => kind === 'saving');
    assert.deepEqual(read, []);
    assert.deepEqual(second.summary.balance, first.summary.balance);
  } finally {
    server.close();
  }
});

test('it sets aside what is gone, changed, or no file any more when it is read', async () => {
  await using folder = await temporaryFolder();
  const from = folder.path;
  for (const name of ['gone', 'folder-now', 'link-now', 'pipe-now', 'good'])
    writeFileSync(`${from}/${name}`, name);
  const source = meddling(await sourceOf(from), (path) => {
    if (path === 'good') return;
    rmSync(`${from}/${path}`, { force: true, recursive: true });
    if (path === 'folder-now') mkdirSync(`${from}/${path}`);
    if (path === 'link-now') symlinkSync('/etc/passwd', `${from}/${path}`);
    if (path === 'pipe-now') execFileSync('mkfifo', [`${from}/${path}`]);
  });
  const repository = await newRepository();
  const { summary, events } = await runBackup(repository, source);
  assert.deepEqual(reasonsIn(events), {
    gone: 'vanished',
    'link-now': 'vanished',
    'folder-now': 'changed-while-reading',
    'pipe-now': 'changed-while-reading',
  });
  assert.deepEqual(summary.balance, { found: 5, verified: 1, waiting: 0, skipped: 0, failed: 4 });
  assert.deepEqual((await manifestOf(repository)).counts, summary.balance);
  assert.deepEqual(await findingsOf(repository), []);
});

test('it sets aside what the source may not read, with the reason the source gives', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(`${folder.path}/closed`, 'closed');
  writeFileSync(`${folder.path}/broken`, 'broken');
  const local = await sourceOf(folder.path);
  const source: Source = {
    device: local.device,
    walk: (signal) => local.walk(signal),
    localPath: () => undefined,
    async *read(path) {
      yield new Uint8Array(2);
      throw new Failure(path === 'closed' ? 'devices/access-denied' : 'devices/io', 'planned');
    },
  };
  const repository = await newRepository();
  const { summary, events } = await runBackup(repository, source);
  assert.deepEqual(reasonsIn(events), { closed: 'access-denied', broken: 'read-error' });
  assert.deepEqual(summary.balance, { found: 2, verified: 0, waiting: 0, skipped: 0, failed: 2 });
  assert.deepEqual(await findingsOf(repository), []);
});

test('it takes a file that was replaced before it was read as it is then', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(`${folder.path}/f`, 'old');
  const source = meddling(await sourceOf(folder.path), (path) => {
    writeFileSync(`${folder.path}/new`, 'new content');
    renameSync(`${folder.path}/new`, `${folder.path}/${path}`);
  });
  const repository = await newRepository();
  const { summary } = await runBackup(repository, source);
  assert.equal(summary.balance.verified, 1);
  await using to = await temporaryFolder();
  await runRestore(repository, to.path, { paths: [`files/${source.device.name}/f`] });
  assert.equal(lookAt(to.path).get('f')?.content, 'new content');
});

test('it fails a file that never stops growing, after reading it again a few times', async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/log`;
  writeFileSync(path, '');
  truncateSync(path, 48 * 1024 * 1024);
  const source = await sourceOf(folder.path);
  const repository = await newRepository();
  let isGrowing = true;
  const grow = (): void => {
    if (!isGrowing) return;
    appendFileSync(path, 'x');
    setImmediate(grow);
  };
  grow();
  try {
    const { summary, events } = await runBackup(repository, source, { threads: 1 });
    assert.deepEqual(reasonsIn(events), { log: 'changed-while-reading' });
    assert.deepEqual(summary.balance, { found: 1, verified: 0, waiting: 0, skipped: 0, failed: 1 });
  } finally {
    isGrowing = false;
  }
});

test('it carries over since when an item has been set aside for the same reason', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(`${folder.path}/f`, 'f');
  const vanishing = async (): Promise<Source> => {
    writeFileSync(`${folder.path}/f`, 'f');
    return meddling(await sourceOf(folder.path), (path) => unlinkSync(`${folder.path}/${path}`));
  };
  const repository = await newRepository();
  await runBackup(repository, await vanishing());
  const first = await manifestOf(repository);
  await runBackup(repository, await vanishing());
  const second = await manifestOf(repository);
  assert.equal(first.setAside[0]?.since, first.began);
  assert.equal(second.setAside[0]?.since, first.began);
  assert.notEqual(second.began, first.began);
  writeFileSync(`${folder.path}/f`, 'f');
  await runBackup(repository, await sourceOf(folder.path, ['f']));
  const third = await manifestOf(repository);
  assert.deepEqual([third.setAside[0]?.reason, third.setAside[0]?.since], ['excluded', third.began]);
});

test('it raises an alarm when a device that had items lists none, and saves nothing', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(`${folder.path}/f`, 'f');
  const repository = await newRepository();
  await runBackup(repository, await sourceOf(folder.path));
  const snapshots = async (): Promise<number> =>
    (await Array.fromAsync(repository.store.list('snapshot'))).length;
  unlinkSync(`${folder.path}/f`);
  await assert.rejects(runBackup(repository, await sourceOf(folder.path)), { code: 'engine/source-empty' });
  assert.equal(await snapshots(), 1);
  await runBackup(repository, await sourceOf(folder.path), { allowEmpty: true });
  assert.equal(await snapshots(), 2);
});

test('it backs up an empty folder that was never anything else', async () => {
  await using folder = await temporaryFolder();
  const repository = await newRepository();
  const { summary } = await runBackup(repository, await sourceOf(folder.path));
  assert.equal(summary.balance.found, 0);
  assert.deepEqual(await findingsOf(repository), []);
});

test('it writes nothing in a dry run, not even a lock', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(`${folder.path}/f`, 'content');
  const repository = await newRepository();
  const before = await listFiles(repository.store);
  const { summary } = await runBackup(repository, await sourceOf(folder.path), { isDryRun: true });
  assert.deepEqual(await listFiles(repository.store), before);
  assert.equal(summary.snapshot, undefined);
  assert.equal(summary.newBytes, 7);
});

test('it leaves out what is excluded, with a reason', async () => {
  await using folder = await temporaryFolder();
  mkdirSync(`${folder.path}/cache`);
  for (const name of ['keep', 'x.tmp', 'cache/inside']) writeFileSync(`${folder.path}/${name}`, name);
  const repository = await newRepository();
  const source = await sourceOf(folder.path, ['*.tmp', '/cache']);
  const { summary, events } = await runBackup(repository, source, { excludes: ['*.tmp', '/cache'] });
  assert.deepEqual(reasonsIn(events), { 'x.tmp': 'excluded', cache: 'excluded' });
  assert.deepEqual(summary.balance, { found: 3, verified: 1, waiting: 0, skipped: 2, failed: 0 });
  assert.deepEqual((await manifestOf(repository)).asked.excludes, ['*.tmp', '/cache']);
});
