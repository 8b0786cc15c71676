import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadIndex, type OpenRepository } from '@holdfast/repository';
import { onStore } from '@holdfast/repository/testing';
import { type FileKind, LocalStore, MemoryStore } from '@holdfast/store';
import { failOnce, faulty } from '@holdfast/store/testing';
import { differences, lookAt, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { copyStore, listFiles, replaceFile } from '@holdfast/testkit/repository';
import { newRepository, runBackup, runRestore, sourceOf } from '../test-setup/runs.ts';

for (const [kind, damagedFiles] of [
  ['index', 1],
  ['snapshot', 1],
  ['lock', 1],
  // Only a check reads those.
  ['pack', 0],
] as const satisfies readonly (readonly [FileKind, number])[]) {
  test(`it backs up although any ${kind} is damaged, and says so where it saw it`, async () => {
    await using folder = await temporaryFolder();
    const from = `${folder.path}/from`;
    mkdirSync(from);
    writeFileSync(`${from}/old`, seededRandom(1)(20_000));
    const repository = await newRepository();
    await runBackup(repository, await sourceOf(from));
    if (kind === 'lock') await repository.store.put({ kind, name: 'ab'.repeat(32) }, [new Uint8Array(60)]);
    // Unchanged content is not looked at again: here everything is new.
    for (const name of ['old', 'new']) writeFileSync(`${from}/${name}`, seededRandom(2)(30_000));
    for (const file of await listFiles(repository.store)) {
      if (file.kind !== kind) continue;
      const store = await copyStore(repository.store);
      const bytes = await store.get(file);
      await replaceFile(store, file, bytes.subarray(0, bytes.length / 2));
      const broken = onStore(repository, store);
      const { summary, events } = await runBackup(broken, await sourceOf(from));
      assert.equal(summary.balance.verified, 2);
      const began = events.find((event) => event.kind === 'began');
      assert.equal(began?.damagedFiles, damagedFiles);
      await using to = await temporaryFolder();
      await runRestore(broken, to.path, { snapshot: summary.snapshot ?? '', paths: ['files/from'] });
      assert.deepEqual(differences(lookAt(from), lookAt(`${to.path}/from`)), []);
    }
  });
}

for (const [what, isRemoved] of [
  ['all packs', () => true],
  ['the packs of content', (isTree) => !isTree],
  ['the packs of trees', (isTree) => isTree],
] as const satisfies readonly (readonly [string, (isTree: boolean) => boolean])[]) {
  test(`it saves again what lay in ${what}, once they are gone, and counts them`, async () => {
    await using folder = await temporaryFolder();
    const from = `${folder.path}/from`;
    mkdirSync(`${from}/a`, { recursive: true });
    for (const [n, name] of ['one', 'two', 'a/three'].entries())
      writeFileSync(`${from}/${name}`, seededRandom(n)(20_000));
    for (const store of [new MemoryStore(), new LocalStore(`${folder.path}/repository`)]) {
      const repository = await newRepository(store);
      await runBackup(repository, await sourceOf(from));
      const removed = await packsWith(repository, isRemoved);
      for (const name of removed) await store.remove({ kind: 'pack', name });
      // A lock of somebody who died has packs adopted: index files are read once more then.
      await store.put({ kind: 'lock', name: 'ab'.repeat(32) }, [new Uint8Array(60)]);
      const { summary, events } = await runBackup(repository, await sourceOf(from));
      assert.equal(events.find((event) => event.kind === 'began')?.damagedFiles, removed.size + 1);
      assert.equal(summary.balance.verified, 3);
      assert.ok(summary.newBytes >= (isRemoved(false) ? 60_000 : 0));
      await using to = await temporaryFolder();
      await runRestore(repository, to.path, { snapshot: summary.snapshot ?? '', paths: ['files/from'] });
      assert.deepEqual(differences(lookAt(from), lookAt(`${to.path}/from`)), []);
    }
  });
}

/** Names of the packs that hold blobs of the kinds asked for. */
async function packsWith(
  repository: OpenRepository,
  isWanted: (isTree: boolean) => boolean,
): Promise<Set<string>> {
  await using indexed = await loadIndex(repository, { threads: 0 });
  const wanted = new Set<string>();
  for (const { pack, entry } of indexed.index.blobs()) if (isWanted(entry.type === 'tree')) wanted.add(pack);
  return wanted;
}

test('it stops at trouble with the store that passes, and does not call the backup damaged', async () => {
  await using folder = await temporaryFolder();
  mkdirSync(`${folder.path}/from/a/b`, { recursive: true });
  writeFileSync(`${folder.path}/from/a/b/c`, 'one');
  const repository = await newRepository();
  await runBackup(repository, await sourceOf(`${folder.path}/from`));
  for (let n = 1; ; n++) {
    const store = faulty(repository.store, failOnce(n));
    const restoring = runRestore(onStore(repository, store), `${folder.path}/to${n}`);
    const ended = await restoring.then(
      ({ summary }) => summary.balance.failed,
      (error: { code: string }) => error.code,
    );
    if (store.faults.length === 0) break;
    assert.equal(ended, 'store/io', store.faults.join());
  }
});
