import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  assert.match(again.stderr, /Nothing is to be written: all of it is there\./);
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

const LENT = 'com.android.shell WRITE_SMS';

/** A restore whose phone goes just when it has let messages be written, which it then still does. */
async function cutOff(world: TestWorld) {
  const there = await withBackup(world);
  const { appOps } = there.target;
  appOps.set = (op, mode) => {
    if (mode === 'allow') there.phone.unplug();
    return Map.prototype.set.call(appOps, op, mode) as typeof appOps;
  };
  const told = await world.run(['restore', 'latest', '--to', there.address, ...TYPES], there.other);
  assert.equal(told.status, 1);
  assert.match(told.stderr, /adb\/gone/);
  assert.equal(appOps.get(LENT), 'allow');
  return there;
}

for (const words of [['devices'], ['backup', '--types', 'contacts'], ['restore', 'latest', '--dry-run']]) {
  test(`it takes back with the next "${words[0]}" what a restore that was cut off had lent itself`, async () => {
    await using world = await testWorld();
    const there = await cutOff(world);
    await using _there = there;
    const told = await world.run(
      words[0] === 'restore' ? [...words, '--to', there.address] : words,
      there.other,
    );
    assert.match(told.stderr, /what it had changed there for a while is put back/);
    assert.notEqual(there.target.appOps.get(LENT), 'allow');
    assert.deepEqual(readdirSync(join(world.home, 'undo')), []);
    const again = await world.run(['devices'], there.other);
    assert.equal(again.stderr, '');
  });
}

test('it gives to a phone in one run at a time, and takes nothing from the one under way', async () => {
  await using world = await testWorld();
  const there = await cutOff(world);
  await using _there = there;
  const [note = ''] = readdirSync(join(world.home, 'undo'));
  const { deviceId } = JSON.parse(readFileSync(join(world.home, 'undo', note), 'utf8')) as {
    deviceId: string;
  };
  const claim = join(world.home, 'giving', `${deviceId}.other.json`);
  const held = { hostname: 'desk', pid: 1, since: '2026-03-14T09:00:00Z' };
  writeFileSync(claim, JSON.stringify(held));
  const seen = await world.run(['devices'], there.other);
  assert.equal(seen.stderr, '');
  assert.equal(there.target.appOps.get(LENT), 'allow');
  const told = await world.run(['restore', 'latest', '--to', there.address], there.other);
  assert.equal(told.status, 1);
  assert.match(told.stderr, /Process 1 is giving a backup back to Google Pixel 8 \(home\/phone-busy\)/);
  writeFileSync(claim, JSON.stringify({ ...held, work: 'fixing' }));
  const other = await world.run(['restore', 'latest', '--to', there.address], there.other);
  assert.match(other.stderr, /Process 1 is carrying a fix out on Google Pixel 8 \(home\/phone-busy\)/);

  // A process of another computer cannot be asked.
  writeFileSync(claim, JSON.stringify({ ...held, hostname: 'gone' }));
  await world.run(['devices'], there.other);
  assert.notEqual(there.target.appOps.get(LENT), 'allow');
  assert.deepEqual(readdirSync(join(world.home, 'giving')), []);
});

test('it does not call there what cannot be given', async () => {
  await using world = await testWorld();
  const android = old();
  await using here = await phoneInSight(android);
  const address = `${here.phone.host}:${here.phone.port}`;
  assert.equal((await world.run(['backup', '--types', 'settings'], here.other)).status, 0);
  const told = await world.run(['restore', 'latest', '--to', address], here.other);
  assert.equal(told.status, 3);
  assert.match(told.stderr, /Nothing is to be written\.\n/);
});
