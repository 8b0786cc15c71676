import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { isFailure, systemClock } from '@holdfast/kernel';
import {
  addKey,
  changePassword,
  listKeys,
  type OpenRepository,
  openRepository,
  removeKey,
} from '@holdfast/repository';
import { CHEAP_PASSWORD, onStore } from '@holdfast/repository/testing';
import { LocalStore, type Store } from '@holdfast/store';
import { failFrom, failOnce, faulty } from '@holdfast/store/testing';
import { restic, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { copyStore, replaceFile } from '@holdfast/testkit/repository';
import { fresh, withCode } from '../test-setup/fresh.ts';

const NEW_PASSWORD = 'neues Passwort';

async function opens(store: Store, password: string): Promise<boolean> {
  const identity = { hostname: 'testing', username: 'tester', pid: 1, uid: 0, gid: 0 };
  try {
    await openRepository(store, password, { clock: systemClock, random: seededRandom(9), identity });
    return true;
  } catch (error) {
    if (isFailure(error, 'repository/wrong-password')) return false;
    throw error;
  }
}

/** Each on a repository with one key, or of `remove` with `extra` as a second one. */
const changes: Readonly<Record<string, (repository: OpenRepository, extra: string) => Promise<unknown>>> = {
  add: (repository) => addKey(repository, NEW_PASSWORD),
  remove: (repository, extra) => removeKey(repository, extra),
  passwd: (repository) => changePassword(repository, NEW_PASSWORD),
};

/** A change asks nothing of the store after a failure, so one way to fail for good shows that it still does not. */
const waysToFail = [
  [failOnce, 'before'],
  [failOnce, 'after'],
  [failOnce, 'half'],
  [failFrom, 'half'],
] as const;

suite('keys', () => {
  test('it adds a password, lists both keys and removes one again', async () => {
    const repository = await fresh();
    const added = await addKey(repository, NEW_PASSWORD);
    assert.ok(await opens(repository.store, NEW_PASSWORD));
    const keys = await listKeys(repository);
    assert.deepEqual(
      new Map(keys.map(({ id, isCurrent }) => [id, isCurrent])),
      new Map([
        [repository.keyId, true],
        [added, false],
      ]),
    );
    assert.equal(await removeKey(repository, added.slice(0, 10)), added);
    assert.equal(await opens(repository.store, NEW_PASSWORD), false);
    assert.ok(await opens(repository.store, CHEAP_PASSWORD));
  });

  test('it changes the password and leaves only the new one', async () => {
    const repository = await fresh();
    const changed = await changePassword(repository, NEW_PASSWORD);
    assert.deepEqual(
      (await listKeys(changed)).map(({ id, isCurrent }) => [id, isCurrent]),
      [[changed.keyId, true]],
    );
    assert.ok(await opens(repository.store, NEW_PASSWORD));
    assert.equal(await opens(repository.store, CHEAP_PASSWORD), false);
  });

  test('it refuses to remove the last key, the one in use, and what is no key', async () => {
    const repository = await fresh();
    await assert.rejects(removeKey(repository, repository.keyId), withCode('repository/last-key'));
    const added = await addKey(repository, NEW_PASSWORD);
    await assert.rejects(removeKey(repository, repository.keyId), withCode('repository/current-key'));
    await assert.rejects(removeKey(repository, ''), withCode('repository/no-key'));
    await assert.rejects(removeKey(repository, 'xyz'), withCode('repository/no-key'));
    await replaceFile(repository.store, { kind: 'key', name: repository.keyId }, new Uint8Array(3));
    await assert.rejects(removeKey(repository, added), withCode('repository/last-key'));
  });

  test('it lists a damaged key with its problem, and removes it', async () => {
    const repository = await fresh();
    const added = await addKey(repository, NEW_PASSWORD);
    await replaceFile(repository.store, { kind: 'key', name: added }, new TextEncoder().encode('{}'));
    const [, broken] = await listKeys(repository);
    assert.equal(broken?.id, added);
    assert.match(broken?.problem ?? '', /./);
    assert.equal(await removeKey(repository, added), added);
  });

  test('it refuses a key that might never be tried', async () => {
    const repository = await fresh();
    const name = (n: number): string => n.toString(16).padStart(64, '0');
    for (let n = 0; n < 19; n++)
      await repository.store.put({ kind: 'key', name: name(n) }, [new Uint8Array(1)]);
    await assert.rejects(addKey(repository, NEW_PASSWORD), withCode('repository/too-many-keys'));
  });

  for (const [name, change] of Object.entries(changes)) {
    test(`it always opens with a password that it opened with, or the new one, whatever fails (${name})`, async () => {
      const opened = await fresh();
      const original = await copyStore(opened.store);
      const extra = name === 'remove' ? await addKey(onStore(opened, original), NEW_PASSWORD) : '';
      // With as many operations as there are nothing fails: one way shows that for all of them.
      let operations = Infinity;
      for (const [plan, mode] of waysToFail) {
        for (let n = 1; n <= operations; n++) {
          const bare = await copyStore(original);
          const store = faulty(bare, plan(n, mode));
          const failure = await change(onStore(opened, store), extra).then(
            () => undefined,
            (error: unknown) => error,
          );
          const where = `${store.faults.join()}: ${String(failure)}`;
          if (failure !== undefined) assert.ok(isFailure(failure, 'store/io'), where);
          assert.equal(failure === undefined, store.faults.length === 0, where);
          const keys = await listKeys(onStore(opened, bare));
          const torn = keys.filter(({ problem }) => problem !== undefined);
          assert.equal(torn.length, store.faults.some((fault) => fault.includes('half put')) ? 1 : 0, where);
          // A key file that is what it was opens as it did.
          const isOldWhole = keys.some(({ isCurrent, problem }) => isCurrent && problem === undefined);
          assert.ok(isOldWhole || (await opens(bare, NEW_PASSWORD)), where);
          for (const { id } of torn) await removeKey(onStore(opened, bare), id);
          if (store.faults.length === 0) operations = n - 1;
        }
      }
    });
  }

  test('it shares keys with restic, both ways', async () => {
    await using folder = await temporaryFolder();
    const repository = await fresh({ store: new LocalStore(folder.path) });
    await addKey(repository, NEW_PASSWORD);
    const list = await restic(['key', 'list', '--json'], { repository: folder.path, password: NEW_PASSWORD });
    assert.equal(list.status, 0, list.stderr);
    assert.equal(JSON.parse(list.stdout).length, 2);
    await using secret = await temporaryFolder();
    const file = `${secret.path}/password`;
    await writeFile(file, 'von restic');
    const added = await restic(['key', 'add', '--new-password-file', file], {
      repository: folder.path,
      password: NEW_PASSWORD,
    });
    assert.equal(added.status, 0, added.stderr);
    assert.ok(await opens(repository.store, 'von restic'));
    assert.equal((await listKeys(repository)).length, 3);
  });
});
