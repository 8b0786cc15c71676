import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  findSnapshot,
  listSnapshots,
  type OpenRepository,
  removeSnapshot,
  saveSnapshot,
} from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import type { Id, Snapshot } from '@holdfast/restic-format';
import { LocalStore } from '@holdfast/store';
import { restic, temporaryFolder } from '@holdfast/testkit';
import { replaceFile } from '@holdfast/testkit/repository';
import { fresh, withCode } from '../test-setup/fresh.ts';

function save(repository: OpenRepository, day: number, fields: Partial<Snapshot> = {}): Promise<Id> {
  const time = `2026-01-${`${day}`.padStart(2, '0')}T00:00:00Z`;
  return saveSnapshot(repository, { time, tree: '0'.repeat(64), paths: ['/'], hostname: 'Pixel', ...fields });
}

suite('snapshots', () => {
  test('it lists them oldest first, and without those removed', async () => {
    const repository = await fresh();
    const ids = [await save(repository, 3), await save(repository, 1), await save(repository, 2)];
    await removeSnapshot(repository, ids[0] ?? '');
    const { entries, unreadable } = await listSnapshots(repository);
    assert.deepEqual(
      entries.map(({ id }) => id),
      [ids[1], ids[2]],
    );
    assert.deepEqual(unreadable, []);
  });

  test('it fails over a damaged one, or lists it apart where that is tolerated', async () => {
    const repository = await fresh();
    const whole = await save(repository, 1);
    const broken = await save(repository, 2);
    const bytes = await repository.store.get({ kind: 'snapshot', name: broken });
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await replaceFile(repository.store, { kind: 'snapshot', name: broken }, bytes);
    await repository.files.save('snapshot', new TextEncoder().encode('{"no":"snapshot"}'));
    await assert.rejects(listSnapshots(repository), withCode('repository/damaged'));
    await assert.rejects(findSnapshot(repository, 'latest'), withCode('repository/damaged'));
    const { entries, unreadable } = await listSnapshots(repository, { tolerate: true });
    assert.deepEqual(
      entries.map(({ id }) => id),
      [whole],
    );
    assert.equal(unreadable.length, 2);
  });

  test('it is found by id, by its first digits, as the latest, and as a device’s latest', async () => {
    const repository = await fresh();
    const a = await save(repository, 1, { tags: ['holdfast', 'device:aaa'] });
    const b = await save(repository, 2, { tags: ['holdfast', 'device:bbb'], hostname: 'Galaxy' });
    const c = await save(repository, 3, { hostname: 'laptop' });
    const rows: readonly (readonly [string, Id])[] = [
      [a, a],
      [b.slice(0, 12).toUpperCase(), b],
      ['latest', c],
      ['latest@aaa', a],
      ['latest@Galaxy', b],
      ['latest@galaxy', b],
      ['latest@laptop', c],
    ];
    for (const [text, id] of rows) assert.equal((await findSnapshot(repository, text)).id, id, text);
  });

  test('it finds the latest of a device that had the name once, not the last of that name', async () => {
    const repository = await fresh();
    await save(repository, 1, { tags: ['device:aaa'], hostname: 'Pixel 8' });
    const renamed = await save(repository, 2, { tags: ['device:aaa'], hostname: 'Ana’s phone' });
    for (const text of ['latest@Pixel 8', 'latest@Ana’s phone'])
      assert.equal((await findSnapshot(repository, text)).id, renamed, text);
  });

  test('it says what there is when none is meant, or more than one', async () => {
    const repository = await fresh();
    await save(repository, 1, { tags: ['device:aaa'] });
    await save(repository, 2, { tags: ['device:bbb'] });
    await assert.rejects(findSnapshot(repository, 'latest@Nokia'), {
      code: 'repository/no-snapshot',
      hint: 'Choose one of these devices: Pixel (aaa), Pixel (bbb).',
    });
    await assert.rejects(findSnapshot(repository, 'latest@Pixel'), {
      code: 'repository/ambiguous',
      hint: 'Name one by its id: Pixel (aaa), Pixel (bbb).',
    });
    for (const text of ['', 'abc', 'zzzz', '0'.repeat(64), '../latest'])
      await assert.rejects(findSnapshot(repository, text), withCode('repository/no-snapshot'));
  });

  test('it asks for more digits where the first are those of several', async () => {
    const repository = await fresh();
    for (const end of ['1', '2']) {
      await repository.store.put({ kind: 'snapshot', name: 'abcd'.padEnd(63, '0') + end }, [
        new Uint8Array(1),
      ]);
    }
    await assert.rejects(findSnapshot(repository, 'abcd'), withCode('repository/ambiguous'));
  });

  test('it is listed by restic', async () => {
    await using folder = await temporaryFolder();
    const repository = await fresh({ store: new LocalStore(folder.path) });
    const id = await save(repository, 1, { tags: ['device:aaa'] });
    const options = { repository: folder.path, password: CHEAP_PASSWORD };
    const { stdout, stderr } = await restic(['snapshots', '--json'], options);
    const [listed] = JSON.parse(stdout || assert.fail(stderr));
    assert.deepEqual([listed.id, listed.hostname, listed.tags], [id, 'Pixel', ['device:aaa']]);
  });
});
