import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { systemClock } from '@holdfast/kernel';
import { openRepository, repairConfig } from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { CONFIG, MemoryStore, type Store } from '@holdfast/store';
import { faulty } from '@holdfast/store/testing';
import { seededRandom } from '@holdfast/testkit';
import { replaceFile, saveSample } from '@holdfast/testkit/repository';
import { fresh, freshIndexed, withCode } from '../../test-setup/fresh.ts';

const surroundings = {
  clock: systemClock,
  random: seededRandom(5),
  identity: { hostname: 'testing', username: 'tester', pid: 1, uid: 0, gid: 0 },
};

const open = (store: Store) => openRepository(store, CHEAP_PASSWORD, surroundings);
const repair = (store: Store, password = CHEAP_PASSWORD) => repairConfig(store, password, surroundings);

/** A repository with a backup. */
async function withBackup(): Promise<Store> {
  await using repository = await freshIndexed({ store: new MemoryStore() });
  await saveSample(repository, { 'a.txt': 'one' });
  return repository.store;
}

suite('repairing the config', () => {
  for (const [what, damage] of [
    ['is lost', (store: Store) => store.remove(CONFIG)],
    ['is damaged', (store: Store) => replaceFile(store, CONFIG, new Uint8Array(100))],
  ] as const)
    test(`it makes one that ${what} anew, in whatever step the first attempt failed`, async () => {
      for (let failAt = 1; ; failAt++) {
        const store = await withBackup();
        await damage(store);
        let steps = 0;
        const failing = faulty(store, () => (++steps === failAt ? 'before' : undefined));
        const isWhole = await repair(failing).then(
          () => true,
          () => false,
        );
        if (!isWhole) assert.equal(await repair(store), true, `step ${failAt}`);
        assert.equal((await open(store)).config.version, 2);
        if (isWhole && steps < failAt) return;
      }
    });

  test('it leaves one that opens as it is', async () => {
    const store = await withBackup();
    const { id } = (await open(store)).config;
    assert.equal(await repair(store), false);
    assert.equal((await open(store)).config.id, id);
  });

  test('it makes none for a password or keys that open nothing there', async () => {
    const store = await withBackup();
    await store.remove(CONFIG);
    await assert.rejects(repair(store, 'another'), withCode('repository/wrong-password'));
    for await (const { name } of store.list('key')) await store.remove({ kind: 'key', name });
    const other = (await fresh({ random: seededRandom(9) })).store;
    for await (const { name } of other.list('key'))
      await store.put({ kind: 'key', name }, [await other.get({ kind: 'key', name })]);
    await assert.rejects(repair(store), {
      code: 'repository/damaged',
      message: /opens nothing that is stored/,
      hint: /keys/,
    });
    await assert.rejects(open(store), { message: /lost its config/, hint: /holdfast repair config/ });
  });

  test('it makes none where there is no repository', async () => {
    await assert.rejects(repair(new MemoryStore()), withCode('repository/missing'));
  });
});
