import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeAt, phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { envOf, phoneInSight } from '../../test-setup/phones.ts';
import { type TestWorld, testWorld } from '../../test-setup/test-world.ts';

const TYPES = ['--types', 'photos,other,messages,contacts'];

const old = () =>
  samplePhone({
    serial: 'OLD',
    storage: phoneFolder({ DCIM: phoneFolder({ 'a.jpg': phoneFile('one'), 'b#2.jpg': phoneFile('two') }) }),
    messages: 6,
    multimedia: 0,
    contacts: 3,
    apps: 0,
  });
const fresh = () =>
  samplePhone({
    serial: 'NEW',
    release: 16,
    storage: phoneFolder(),
    messages: 0,
    multimedia: 0,
    contacts: 0,
    apps: 0,
  });

/** A world with a backup of a phone, and another phone in sight. */
async function withBackup(world: TestWorld) {
  const android = old();
  {
    await using here = await phoneInSight(android);
    const told = await world.run(['backup', ...TYPES], here.other);
    assert.equal(told.status, 0, told.stderr);
  }
  const target = fresh();
  const there = await phoneInSight(target);
  return { ...there, target, address: `${there.phone.host}:${there.phone.port}` };
}

test('it gives files, messages and contacts to another phone once, and lists what it added', async () => {
  await using world = await testWorld();
  const there = await withBackup(world);
  await using _there = there;
  const restore = ['restore', 'latest', '--to', there.address, ...TYPES];
  const planned = await world.run([...restore, '--dry-run'], there.other);
  assert.match(planned.stdout, /nothing was written \(--dry-run\)/);
  assert.match(planned.stdout, /To write: 2 files \(6 B\), 3 contacts, 6 messages\./);
  assert.equal(there.target.database.prepare('SELECT count(*) AS n FROM sms').get()?.['n'], 0);

  const told = await world.run(restore, there.other);
  assert.equal(told.status, 0, told.stderr + told.stdout);
  assert.match(told.stdout, /found 11 = verified 11 /);
  const file = nodeAt(there.target.root, '/storage/emulated/0/DCIM/b#2.jpg');
  assert.equal(file?.kind === 'file' && file.content instanceof Uint8Array && file.content.length, 3);
  assert.equal(there.target.database.prepare('SELECT count(*) AS n FROM sms').get()?.['n'], 6);
  const [list = ''] = readdirSync(join(world.home, 'added'));
  assert.equal(
    readFileSync(join(world.home, 'added', list), 'utf8')
      .trim()
      .split('\n').length,
    11,
  );
  assert.equal(there.target.appOps.get('com.android.shell WRITE_SMS'), undefined);

  const again = await world.run(restore, there.other);
  assert.match(again.stdout, /0 items written and read back \(0 B\); 11 items there already/);
  assert.equal(readdirSync(join(world.home, 'added')).length, 1);
});

test('it gives one record back when it is named by its key', async () => {
  await using world = await testWorld();
  const there = await withBackup(world);
  await using _there = there;
  const { out } = await world.lines(['items', '--kind', 'contact']);
  const [path] = out.flatMap((line) => (line.type === 'item' ? [line.path] : []));
  const told = await world.run(['restore', `latest:/${path}`, '--to', there.address], there.other);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /found 1 = verified 1 /);
});

test('it gives a file back whose name has what stands before the key of a record', async () => {
  await using world = await testWorld();
  const there = await withBackup(world);
  await using _there = there;
  const path = 'latest:/files/internal/DCIM/b#2.jpg';
  const told = await world.run(['restore', path, '--to', there.address], there.other);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /found 1 = verified 1 /);
});

test('it takes the address of a phone that is not there for no folder', async () => {
  await using world = await testWorld();
  const other = { env: await envOf([]) };
  const told = await world.run(['restore', 'latest', '--to', '127.0.0.1:5999'], other);
  assert.equal(told.status, 1);
  assert.match(told.stderr, /The phone 127\.0\.0\.1:5999 is not in sight \(cli\/no-phone\)/);
  assert.ok(!existsSync(join(world.path, '127.0.0.1:5999')));
  const empty = await world.run(['restore', 'latest', '--to', ''], other);
  assert.equal(empty.status, 2);
  const typed = await world.run(['restore', 'latest', '--to', 'out', '--types', 'photos'], other);
  assert.equal(typed.status, 2);
  const recorded = await world.run(['restore', 'latest', '--to', 'out', '--record', 'out.jsonl'], other);
  assert.equal(recorded.status, 2);
  assert.match(recorded.stderr, /--record goes with a phone/);
});

test('it says so when a name that could be a phone’s is taken for a new folder', async () => {
  await using world = await testWorld();
  const there = await withBackup(world);
  await using _there = there;
  const told = await world.run(['restore', 'latest', '--to', 'Pixel', '--dry-run'], there.other);
  assert.match(
    told.stderr,
    /No phone in sight is called "Pixel": it is given back into a folder of that name\./,
  );
  const path = await world.run(['restore', 'latest', '--to', './Pixel', '--dry-run'], there.other);
  assert.doesNotMatch(path.stderr, /No phone/);
});
