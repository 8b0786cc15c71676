import assert from 'node:assert/strict';
import { mkdir, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Catalog } from '@holdfast/catalog';
import type { JsonLineOf } from '@holdfast/contract';
import { phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { catalogOf, itemsOf } from '../../test-setup/ledger.ts';
import { phoneInSight } from '../../test-setup/phones.ts';
import { type TestWorld, testWorld, worldWithBackup } from '../../test-setup/test-world.ts';

/** All that the repository can know: of what is in no backup neither size, time nor title; and not how it was read back. */
async function known(catalog: Catalog): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const { id, name, kind } of await catalog.devices()) {
    all.push({ id, name, kind, balance: await catalog.balance(id) });
    for (const { sizeBytes, mtimeNs, title, receipt, ...item } of await itemsOf(catalog, id)) {
      const saved = item.state === 'verified' ? { sizeBytes, mtimeNs, title } : {};
      all.push({
        ...item,
        since: item.since.toString(),
        goneSince: item.goneSince?.toString(),
        ...saved,
        of: receipt?.snapshot,
      });
    }
  }
  return all;
}

/** What is in the ledger of a world, as it is and after it was lost and made again. */
async function beforeAndAfter(world: TestWorld): Promise<readonly [unknown[], unknown[]]> {
  using before = catalogOf(world);
  const was = await known(before);
  before.close();
  for (const suffix of ['', '-wal', '-shm'])
    await rm(join(world.home, `catalog.sqlite${suffix}`), { force: true });
  const told = await world.run(['rebuild']);
  assert.deepEqual([told.status, told.stderr], [0, '']);
  using after = catalogOf(world);
  return [was, await known(after)];
}

test('it makes the ledger of a folder again as it was', async () => {
  await using world = await testWorld();
  const stuff = join(world.path, 'stuff');
  await mkdir(join(stuff, 'in', 'deep'), { recursive: true });
  await writeFile(join(stuff, 'in', 'a.jpg'), 'a');
  await writeFile(join(stuff, 'in', 'b.tmp'), 'b');
  await writeFile(join(stuff, 'in', 'deep', 'c.pdf'), 'c');
  const exclude = ['--exclude', '*.tmp'];
  assert.equal((await world.run(['backup', 'stuff', ...exclude])).status, 0);
  await writeFile(join(stuff, 'in', 'a.jpg'), 'changed');
  await writeFile(join(stuff, 'new.mp3'), 'n');
  assert.equal((await world.run(['backup', 'stuff', ...exclude])).status, 0);
  await rm(join(stuff, 'in', 'deep'), { recursive: true });
  await utimes(join(stuff, 'new.mp3'), 1, 1);
  assert.equal((await world.run(['backup', 'stuff', ...exclude])).status, 0);
  const [was, is] = await beforeAndAfter(world);
  assert.equal(was.length, 5);
  assert.deepEqual(is, was);
});

test('it makes the ledger of a phone again as it was, with its messages', async () => {
  await using world = await testWorld();
  const camera = phoneFolder({ '1.jpg': phoneFile('one'), '2.mp4': phoneFile('two') });
  const closed = phoneFolder({ 'x.txt': phoneFile('x') }, { listing: 'closed' });
  const storage = phoneFolder({ DCIM: phoneFolder({ Camera: camera }), Secret: closed });
  const android = samplePhone({ storage, messages: 30, multimedia: 3, apps: 1 });
  await using here = await phoneInSight(android);
  await world.run(['backup'], here.other);
  android.database.exec('DELETE FROM sms WHERE _id IN (SELECT _id FROM sms LIMIT 5)');
  assert.equal((await world.run(['backup', '--types', 'photos'], here.other)).status, 3);
  await world.run(['backup'], here.other);
  const [was, is] = await beforeAndAfter(world);
  assert.ok(was.length > 30);
  assert.deepEqual(is, was);
});

test('it keeps the settings, and takes the place of a damaged file', async () => {
  await using world = await worldWithBackup();
  {
    using catalog = catalogOf(world);
    await catalog.set('colour', 'blue');
  }
  assert.equal((await world.run(['rebuild'])).status, 0);
  {
    using catalog = catalogOf(world);
    assert.equal(await catalog.setting('colour'), 'blue');
  }
  const path = join(world.home, 'catalog.sqlite');
  await writeFile(
    path,
    'no database, whatever its name says, and longer than a header of one is: 100 bytes at least ..',
  );
  const told = await world.run(['rebuild']);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stderr, /is damaged: a new one takes its place/);
  assert.match(told.stdout, /^pictures: found 2 = verified 2 \+ /);
});

test('it says what of the repository cannot be read, and goes on', async () => {
  await using world = await worldWithBackup();
  const packs = join(world.home, 'repository', 'data');
  const before = new Set(await filesIn(packs));
  await writeFile(join(world.path, 'pictures', 'new.jpg'), 'new');
  assert.equal((await world.run(['backup', 'pictures'])).status, 0);
  // Every pack of the second backup: its trees, among them.
  for (const pack of await filesIn(packs)) if (!before.has(pack)) await truncate(pack, 10);
  const { status, out } = await world.lines(['rebuild']);
  assert.equal(status, 3);
  const unread = out.filter((line): line is JsonLineOf<'unread'> => line.type === 'unread');
  assert.deepEqual(
    unread.map(({ what }) => what),
    ['manifest', 'folder'],
  );
  const last = out.at(-1);
  assert.ok(last?.type === 'rebuilt' && last.unread === 2 && last.snapshots === 2);
  assert.deepEqual(
    { ...last.devices[0]?.present },
    { found: 2, verified: 2, waiting: 0, skipped: 0, failed: 0 },
  );
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
