import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  check,
  type EarlyPacks,
  type Finding,
  type IndexedRepository,
  loadIndex,
  readPacksEarly,
} from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { seededRandom } from '@holdfast/testkit';
import { replaceFile, saveSample } from '@holdfast/testkit/repository';
import { fresh } from '../../test-setup/fresh.ts';

/** Some ten packs, and with each reading of one its name. */
async function sample(): Promise<{ repository: IndexedRepository; read: Id[] }> {
  const opened = await fresh();
  const options = { packBytes: 4096, threads: 0 };
  await using writer = await loadIndex(opened, options);
  const random = seededRandom(2);
  await saveSample(
    writer,
    Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`${at}.bin`, random(3000)])),
  );
  const repository = await loadIndex(opened, options);
  const read: Id[] = [];
  const { store } = repository;
  const readBack = store.readBack.bind(store);
  store.readBack = (file, options) => {
    read.push(file.name ?? '');
    return readBack(file, options);
  };
  return { repository, read };
}

async function findings(repository: IndexedRepository, early?: EarlyPacks): Promise<Finding[]> {
  const found: Finding[] = [];
  const last = { done: 0, total: 0, bytes: 0, totalBytes: 0 };
  for await (const event of check(repository, { readData: 'all', ...(early && { early }) })) {
    if (event.kind === 'finding') found.push(event.finding);
    else if (event.phase === 'data') Object.assign(last, event);
  }
  assert.deepEqual([last.done, last.bytes], [last.total, last.totalBytes]);
  return found;
}

const { signal } = new AbortController();

suite('readPacksEarly', () => {
  test('it reads every pack once where all are right', async () => {
    const { repository, read } = await sample();
    const early = readPacksEarly(repository, signal);
    assert.ok((await early.right).size > 1);
    assert.deepEqual(await findings(repository, early), []);
    assert.deepEqual(read.toSorted(), repository.index.packs.toSorted());
  });

  for (const [how, harm] of [
    [
      'with a flipped bit',
      async ({ store }, name) => {
        const bytes = await store.get({ kind: 'pack', name });
        bytes[40] = (bytes[40] ?? 0) ^ 1;
        await replaceFile(store, { kind: 'pack', name }, bytes);
      },
    ],
    [
      'with more behind it',
      async ({ store }, name) => {
        const bytes = await store.get({ kind: 'pack', name });
        await replaceFile(store, { kind: 'pack', name }, Uint8Array.of(...bytes, 0));
      },
    ],
    ['that is not there', ({ store }, name) => store.remove({ kind: 'pack', name })],
  ] as readonly [string, (repository: IndexedRepository, pack: Id) => Promise<void>][]) {
    test(`it leaves a pack ${how} to the check, which finds the same`, async () => {
      const { repository } = await sample();
      const [pack = ''] = repository.index.packs;
      await harm(repository, pack);
      const expected = await findings(repository);
      assert.ok(expected.length > 0);
      const early = readPacksEarly(repository, signal);
      assert.equal((await early.right).has(pack), false);
      assert.deepEqual(await findings(repository, early), expected);
    });
  }

  test('it leaves all to the check where it was stopped', async () => {
    const { repository } = await sample();
    const early = readPacksEarly(repository, AbortSignal.abort());
    assert.equal((await early.right).size, 0);
    assert.deepEqual(await findings(repository, early), []);
  });
});
