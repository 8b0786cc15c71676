import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { onStore } from '@holdfast/repository/testing';
import type { FileKind } from '@holdfast/store';
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
