import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { isFailure, systemClock } from '@holdfast/kernel';
import { addKey, changePassword, listKeys, openRepository, removeKey } from '@holdfast/repository';
import { CHEAP_PASSWORD, onStore } from '@holdfast/repository/testing';
import { LocalStore, type Store } from '@holdfast/store';
import { failOnce, faulty } from '@holdfast/store/testing';
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

  test('it never is without a valid key, whatever operation fails while the password changes', async () => {
    const original = await fresh();
    for (let failAt = 1; ; failAt++) {
      const bare = await copyStore(original.store);
      const store = faulty(bare, failOnce(failAt, failAt % 2 === 0 ? 'after' : 'before'));
      const isDone = await changePassword(onStore(original, store), NEW_PASSWORD).then(
        () => true,
        (error: unknown) => !isFailure(error, 'store/io'),
      );
      assert.equal(isDone, store.faults.length === 0);
      assert.ok((await opens(bare, CHEAP_PASSWORD)) || (await opens(bare, NEW_PASSWORD)));
      if (store.faults.length === 0) break;
    }
  });

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
