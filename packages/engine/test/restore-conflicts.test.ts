import assert from 'node:assert/strict';
import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { openFolderSink } from '@holdfast/devices';
import { type Conflict, planRestore } from '@holdfast/engine';
import { BlobSaver, findSnapshot, loadIndex, type OpenRepository } from '@holdfast/repository';
import { onStore } from '@holdfast/repository/testing';
import type { Id } from '@holdfast/restic-format';
import type { Store } from '@holdfast/store';
import { differences, lookAt, type Seen, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { copyStore, replaceFile } from '@holdfast/testkit/repository';
import { stageKey } from '../src/restore/planned-files.ts';
import { newRepository, restoreTree, runBackup, runRestore, sourceOf } from '../test-setup/runs.ts';

const contents = (seen: ReadonlyMap<string, Seen>): Record<string, string> =>
  Object.fromEntries(
    [...seen].flatMap(([path, { kind, content }]) => (kind === 'folder' ? [] : [[path, content]])),
  );

/** A repository with one backup of a folder `from`, made in `root`. */
async function backedUp(
  root: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<OpenRepository> {
  const from = `${root}/from`;
  mkdirSync(from);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(`${from}/${path}/..`.replace(/\/[^/]*\/\.\.$/, ''), { recursive: true });
    writeFileSync(`${from}/${path}`, content);
  }
  symlinkSync('a.txt', `${from}/link`);
  const repository = await newRepository();
  await runBackup(repository, await sourceOf(from));
  return repository;
}

const whole = { paths: ['files/from'] };

for (const { conflict, expected, reason } of [
  { conflict: 'skip', reason: 'conflict', expected: { 'a.txt': 'other', link: 'elsewhere' } },
  {
    conflict: 'rename',
    reason: 'restored',
    expected: { 'a.txt': 'other', 'a (restored).txt': 'one', link: 'elsewhere', 'link (restored)': 'a.txt' },
  },
  { conflict: 'overwrite', reason: 'restored', expected: { 'a.txt': 'one', link: 'a.txt' } },
] satisfies { conflict: Conflict; reason: string; expected: Record<string, string> }[]) {
  test(`it does with a name that is taken what was asked: ${conflict}`, async () => {
    await using folder = await temporaryFolder();
    const repository = await backedUp(folder.path, { 'a.txt': 'one', same: 'same' });
    const to = `${folder.path}/to`;
    mkdirSync(`${to}/from`, { recursive: true });
    writeFileSync(`${to}/from/a.txt`, 'other');
    writeFileSync(`${to}/from/same`, 'same');
    symlinkSync('elsewhere', `${to}/from/link`);
    const { items, summary } = await runRestore(repository, to, { ...whole, conflict });
    assert.deepEqual(contents(lookAt(`${to}/from`)), { ...expected, same: 'same' });
    assert.equal(items.find(({ path }) => path.endsWith('same'))?.reason, 'already-there');
    assert.equal(items.find(({ path }) => path.endsWith('a.txt'))?.reason, reason);
    assert.equal(items.find(({ path }) => path.endsWith('link'))?.reason, reason);
    assert.equal(summary.balance.found, 3);
    assert.equal(summary.balance.waiting, 0);
  });
}

test('it finds everything there already the second time', async () => {
  await using folder = await temporaryFolder();
  const repository = await backedUp(folder.path, { 'a.txt': 'one', 'd/b': seededRandom(1)(100_000) });
  await runRestore(repository, `${folder.path}/to`, whole);
  const before = lookAt(`${folder.path}/to`);
  const { summary } = await runRestore(repository, `${folder.path}/to`, whole);
  assert.equal(summary.alreadyThere, 3);
  assert.equal(summary.restoredItems, 0);
  assert.deepEqual(differences(before, lookAt(`${folder.path}/to`)), []);
});

for (const conflict of ['skip', 'rename', 'overwrite'] satisfies Conflict[]) {
  test(`it never writes through a link planted in the target (${conflict})`, async () => {
    await using folder = await temporaryFolder();
    const repository = await backedUp(folder.path, { 'a.txt': 'one', 'd/b': 'two', 'd/e/c': 'three' });
    const outside = `${folder.path}/outside`;
    mkdirSync(outside);
    writeFileSync(`${outside}/victim`, 'untouched');
    const to = `${folder.path}/to`;
    mkdirSync(`${to}/from`, { recursive: true });
    symlinkSync(outside, `${to}/from/d`);
    symlinkSync(`${outside}/victim`, `${to}/from/a.txt`);
    const { items } = await runRestore(repository, to, { ...whole, conflict });
    assert.deepEqual(contents(lookAt(outside)), { victim: 'untouched' });
    for (const name of ['d/b', 'd/e/c']) {
      assert.equal(items.find(({ path }) => path.endsWith(name))?.reason, 'conflict', name);
    }
  });
}

/** Saves raw bytes as a tree, whatever they are. */
async function rawTree(repository: OpenRepository, trees: readonly ((inner: Id) => unknown)[]): Promise<Id> {
  await using indexed = await loadIndex(repository, { threads: 0 });
  const saver = new BlobSaver(indexed);
  let id: Id = await saver.saveBlob('data', new TextEncoder().encode('evil'));
  for (const tree of trees)
    id = await saver.saveBlob('tree', new TextEncoder().encode(`${JSON.stringify(tree(id))}\n`));
  await saver.finish();
  return id;
}

const times = {
  mtime: '2020-01-01T00:00:00Z',
  atime: '2020-01-01T00:00:00Z',
  ctime: '2020-01-01T00:00:00Z',
  uid: 0,
  gid: 0,
};
const evilFile = (name: string) => (content: Id) => ({
  nodes: [{ name, type: 'file', mode: 0o644, size: 4, content: [content], ...times }],
});
const inFolder = (name: string) => (subtree: Id) => ({
  nodes: [{ name, type: 'dir', mode: 0x800001ed, subtree, ...times }],
});

for (const name of ['..', '.', '', '../../x', 'a/b', '/etc/x', 'x\u0000y', '../outside/victim']) {
  for (const as of ['file', 'folder'] as const) {
    test(`it writes nothing outside the target for a ${as} named ${JSON.stringify(name)}`, async () => {
      await using folder = await temporaryFolder();
      const outside = `${folder.path}/outside`;
      mkdirSync(outside);
      writeFileSync(`${outside}/victim`, 'untouched');
      const repository = await newRepository();
      const trees = as === 'file' ? [evilFile(name)] : [evilFile('victim'), inFolder(name)];
      const tree = await rawTree(repository, [...trees, inFolder('folder')]);
      const before = lookAt(folder.path);
      const { summary } = await restoreTree(repository, tree, `${folder.path}/target/deep`);
      assert.equal(summary.restoredItems, 0);
      assert.equal(summary.balance.failed, summary.balance.found);
      assert.ok(summary.balance.failed > 0);
      const after = lookAt(folder.path);
      for (const path of after.keys()) {
        if (path === 'target' || path.startsWith('target/')) after.delete(path);
      }
      assert.deepEqual(differences(before, after), []);
      const made = [...lookAt(`${folder.path}/target`)].filter(([, { kind }]) => kind !== 'folder');
      assert.deepEqual(made, []);
    });
  }
}

test('it gives links back last, so that a backup cannot lead itself out of the target', async () => {
  await using folder = await temporaryFolder();
  const outside = `${folder.path}/outside`;
  mkdirSync(outside);
  const repository = await newRepository();
  const tree = await rawTree(repository, [
    evilFile('pwned'),
    (subtree) => ({
      nodes: [
        { name: 'x', type: 'symlink', mode: 0x800001ff, linktarget: outside, ...times },
        { name: 'x', type: 'dir', mode: 0x800001ed, subtree, ...times },
      ],
    }),
    inFolder('folder'),
  ]);
  await restoreTree(repository, tree, `${folder.path}/to`).catch(() => {});
  assert.equal(lookAt(outside).size, 0);
});

for (const what of ['damaged', 'missing'] as const) {
  test(`it gives no file its name that needs a ${what} pack`, async () => {
    await using folder = await temporaryFolder();
    const files = { 'a.txt': 'one', large: seededRandom(5)(3_000_000), 'd/b': 'two' };
    const whole1 = await backedUp(folder.path, files);
    const store = await copyStore(whole1.store);
    const repository = onStore(whole1, store);
    // A second backup has its own pack: what only it needs stays whole.
    writeFileSync(`${folder.path}/from/later`, 'later');
    const firstPacks = await Array.fromAsync(store.list('pack'));
    await runBackup(repository, await sourceOf(`${folder.path}/from`));
    const largest = firstPacks.toSorted((a, b) => b.sizeBytes - a.sizeBytes)[0];
    assert.ok(largest);
    const file = { kind: 'pack', name: largest.name } as const;
    const bytes = Buffer.from(await store.get(file));
    for (let at = 0; at < bytes.length - 2000; at += 10) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    if (what === 'missing') await store.remove(file);
    else await replaceFile(store, file, bytes);

    const { summary, items } = await runRestore(repository, `${folder.path}/to`, whole);
    const failed = items.filter(({ state }) => state === 'failed');
    assert.ok(failed.length > 0);
    for (const { reason } of failed) assert.equal(reason, 'damaged-in-backup');
    assert.equal(summary.balance.verified + summary.balance.failed, summary.balance.found);
    const original = lookAt(`${folder.path}/from`);
    for (const [path, seen] of lookAt(`${folder.path}/to/from`)) {
      assert.equal(seen.content, original.get(path)?.content, path);
    }
    assert.equal(readFileSync(`${folder.path}/to/from/later`, 'utf8'), 'later');
  });
}

/** The same store, noting how many bytes of packs are read. */
function counting(store: Store): { readonly store: Store; readonly bytes: () => number } {
  let bytes = 0;
  const counted: Store = {
    location: store.location,
    create: () => store.create(),
    put: (file, parts, signal) => store.put(file, parts, signal),
    get: async (file, options) => {
      if (file.kind === 'pack') bytes += options?.length ?? 0;
      return store.get(file, options);
    },
    readBack: (file, options) => store.readBack(file, options),
    size: (file, signal) => store.size(file, signal),
    list: (kind, signal) => store.list(kind, signal),
    remove: (file, signal) => store.remove(file, signal),
    freeSpace: (signal) => store.freeSpace(signal),
  };
  return { store: counted, bytes: () => bytes };
}

test('it goes on where an aborted restore stopped, reading nothing again that is proved', async () => {
  await using folder = await temporaryFolder();
  const random = seededRandom(9);
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`f${at}`, random(20_000)]));
  const repository = await backedUp(folder.path, { ...files, large: random(40_000_000) });
  const to = `${folder.path}/to`;
  const stopper = new AbortController();
  const onItem = (): void => stopper.abort(new Error('enough'));
  await assert.rejects(runRestore(repository, to, { ...whole, signal: stopper.signal, onItem }), /enough/);
  const half = lookAt(`${to}/from`);
  const [part, ...others] = [...half.keys()].filter((path) => path.endsWith('.part'));
  assert.deepEqual(others, []);
  const original = lookAt(`${folder.path}/from`);
  for (const [path, seen] of half) {
    if (path !== part) assert.equal(seen.content, original.get(path)?.content, path);
  }
  const largeText = original.get('large')?.content ?? '';
  const partText = half.get(part ?? '')?.content ?? '';
  assert.equal(partText.length, largeText.length);
  // What was written lies in order, and the rest is still zeros.
  const provedBytes = partText.replace(/\0{1000}\0*$/, '').length;
  assert.ok(provedBytes > 1_000_000 && provedBytes < 39_000_000, `${provedBytes} bytes of the large file`);
  assert.ok(largeText.startsWith(partText.slice(0, provedBytes)));

  const { store, bytes } = counting(repository.store);
  const { summary } = await runRestore(onStore(repository, store), to, whole);
  assert.equal(summary.balance.verified, 302);
  assert.deepEqual(differences(original, lookAt(`${to}/from`)), []);
  const filesThere = half.size - 1;
  const missing = 40_000_000 - provedBytes + (300 - filesThere) * 20_000;
  assert.ok(bytes() < missing + 1_000_000, `${bytes()} bytes read where ${missing} were missing`);
});

test('it removes the stage of a file that was whole when the restore was killed', async () => {
  await using folder = await temporaryFolder();
  const repository = await backedUp(folder.path, { 'a.txt': 'one' });
  const to = `${folder.path}/to`;
  await runRestore(repository, to, whole);
  await using indexed = await loadIndex(repository, { threads: 0 });
  const { tree } = (await findSnapshot(repository, 'latest')).snapshot;
  // As a kill between link and unlink leaves it: the same file under both names.
  const empty = openFolderSink(`${folder.path}/elsewhere`, { create: false });
  const { files } = await planRestore(indexed, { tree, ...whole }, empty);
  const key = stageKey(files.at(0).to, files.contents, 0);
  linkSync(`${to}/from/a.txt`, `${to}/from/.holdfast-${key}.part`);
  await runRestore(repository, to, whole);
  assert.deepEqual([...lookAt(`${to}/from`).keys()].toSorted(), ['a.txt', 'link']);
});

test('it counts no folder as an item where a link blocks the way to it', async () => {
  await using folder = await temporaryFolder();
  const repository = await backedUp(folder.path, { 'a.txt': 'a', 'x/y/z/b.txt': 'b' });
  const to = `${folder.path}/to`;
  const free = await runRestore(repository, `${folder.path}/free`);
  mkdirSync(`${to}/files/from`, { recursive: true });
  symlinkSync(folder.path, `${to}/files/from/x`);
  const { summary, items } = await runRestore(repository, to);
  assert.equal(summary.balance.found, free.summary.balance.found);
  assert.deepEqual(
    items.flatMap(({ state, path }) => (state === 'skipped' ? [path] : [])),
    ['files/from/x/y/z/b.txt'],
  );
});
