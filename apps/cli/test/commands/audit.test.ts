import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonLineOf } from '@holdfast/contract';
import { type Android, phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { phoneInSight } from '../../test-setup/phones.ts';
import { type TestWorld, testWorld, worldWithBackup } from '../../test-setup/test-world.ts';

const ODD = "it's $(odd)\n\\.jpg";

const phone = (): Android => {
  const camera = phoneFolder({
    '1.jpg': phoneFile('one'),
    '2.mp4': phoneFile(noise(2)),
    [ODD]: phoneFile('odd'),
    '4.jpg': phoneFile('four'),
  });
  return samplePhone({
    storage: phoneFolder({ DCIM: phoneFolder({ Camera: camera }) }),
    messages: 5,
    multimedia: 1,
    apps: 1,
  });
};

const noise = (seed: number): Uint8Array =>
  Uint8Array.from({ length: 1_500_000 }, (_, at) => (at * at * 31 + (at >> 7) * seed) % 251);

/** Moves two files, touches the third, changes the fourth, adds one, and brings a message. */
function change(android: Android): void {
  const { entries } = folderOf(android, 'DCIM', 'Camera');
  const moved = phoneFolder({
    'renamed.jpg': entries.get('1.jpg') ?? phoneFile(''),
    [`${ODD} too`]: phoneFile('odd'),
  });
  entries.delete('1.jpg');
  entries.delete(ODD);
  entries.set('2.mp4', phoneFile(noise(2), { mtime: 1_800_000_000 }));
  entries.set('4.jpg', phoneFile('FOUR', { mtime: 1_800_000_000 }));
  entries.set('5.jpg', phoneFile('brand new', { mtime: 1_800_000_000 }));
  folderOf(android).entries.set('Moved', moved);
  android.database.exec(
    `INSERT INTO sms (address, body, date, type, thread_id) VALUES ('+1', 'just came', 1800000000000, 1, 1)`,
  );
}

function folderOf({ root }: Android, ...names: readonly string[]) {
  let at = root;
  for (const name of ['storage', 'emulated', '0', ...names]) {
    const next = at.entries.get(name);
    if (next?.kind !== 'folder') throw new Error(`there is no ${name}`);
    at = next;
  }
  return at;
}

async function audited(
  world: TestWorld,
  other: Parameters<TestWorld['run']>[1],
  words: readonly string[] = [],
) {
  const { status, out } = await world.lines(['audit', ...words], other);
  const items = out.filter((line): line is JsonLineOf<'audited'> => line.type === 'audited');
  const last = out.at(-1);
  if (last?.type !== 'audit') throw new Error('the audit has no end');
  assert.equal(last.found, last.inBackup + last.notInAnyBackup + last.cannotTell);
  return { status, items, last };
}

test('it finds everything in the backup that was just made', async () => {
  await using world = await testWorld();
  await using here = await phoneInSight(phone());
  assert.equal((await world.run(['backup'], here.other)).status, 0);
  const { status, last } = await audited(world, here.other);
  assert.deepEqual([status, last.notInAnyBackup, last.cannotTell, last.hashed], [0, 0, 0, 0]);
  assert.ok(last.found > 40);
  const all = await audited(world, here.other, ['--all']);
  assert.deepEqual([all.status, all.last.notInAnyBackup, all.last.hashed], [0, 0, 4]);
});

for (const canHash of [true, false]) {
  test(`it tells what is new from what was moved, by content, ${canHash ? 'hashed on the phone' : 'read from it'}`, async () => {
    await using world = await testWorld();
    const android = phone();
    if (!canHash) android.faults.push({ on: 'sha256sum', kind: 'garbage' });
    await using here = await phoneInSight(android);
    assert.equal((await world.run(['backup'], here.other)).status, 0);
    change(android);
    const { status, items, last } = await audited(world, here.other);
    assert.equal(status, 3);
    const files = items.filter(({ path, by }) => path.startsWith('files/') && by !== 'time');
    assert.deepEqual(
      files
        .map(({ path, verdict, why, savedAs }) =>
          [path.replace('files/internal/', ''), verdict, why ?? savedAs?.replace('files/internal/', '')].join(
            ' | ',
          ),
        )
        .sort(),
      [
        'DCIM/Camera/2.mp4 | in-backup | ',
        'DCIM/Camera/4.jpg | not-in-any-backup | changed',
        'DCIM/Camera/5.jpg | not-in-any-backup | new',
        'Moved/renamed.jpg | in-backup | DCIM/Camera/1.jpg',
        `Moved/${ODD} too | in-backup | DCIM/Camera/${ODD}`,
      ].sort(),
    );
    const records = items.filter(({ title, verdict }) => title !== undefined && verdict !== 'in-backup');
    assert.deepEqual(
      records.map(({ title, kind, verdict }) => [title, kind, verdict]),
      [['+1: just came', 'message', 'not-in-any-backup']],
    );
    assert.equal(last.elsewhere, 2);
    assert.equal(
      android.ran.some((line) => line.startsWith('sha256sum --')),
      canHash,
    );
  });
}

test('it says what to do, and then there is no gap left', async () => {
  await using world = await testWorld();
  const android = phone();
  await using here = await phoneInSight(android);
  await world.run(['backup'], here.other);
  change(android);
  const told = await world.run(['audit', '--types', 'photos,videos,audio,documents,other'], here.other);
  assert.equal(told.status, 3, told.stderr);
  assert.match(told.stdout, /\nfound 5 = 3 in a backup \+ 2 in none \+ 0 of which it cannot be told\n/);
  assert.match(
    told.stdout,
    /\nIn no backup: it was changed since the last one\. \(1\)\n {2}photo {5}files\/.*4\.jpg {2}4 B\n/,
  );
  const [, command = ''] = /\nClose the gap: {3}holdfast (.*)\n$/.exec(told.stdout) ?? [];
  assert.match(command, /^backup android-[0-9a-f]{16}$/);
  assert.equal((await world.run(command.split(' '), here.other)).status, 0);
  assert.equal((await world.run(['audit'], here.other)).status, 0);
});

test('it audits a folder too, and does not look at what is left out', async () => {
  await using world = await worldWithBackup();
  const pictures = join(world.path, 'pictures');
  await mkdir(join(pictures, 'moved'));
  await rename(join(pictures, '2026', 'dog.jpg'), join(pictures, 'moved', 'hound.jpg'));
  await writeFile(join(pictures, 'new.tmp'), 'new');
  const told = await world.run(['audit', 'pictures']);
  assert.equal(told.status, 3);
  assert.match(told.stdout, /^found 3 = 2 in a backup \+ 1 in none \+ 0 /m);
  assert.match(told.stdout, /^1 in a backup under another name or path, 3 B in no backup, 1 file compared /m);
  assert.match(told.stdout, /\nClose the gap: {3}holdfast backup pictures\n$/);
  const without = await world.run(['audit', 'pictures', '--exclude', '*.tmp']);
  assert.equal(without.status, 0, without.stdout);
});

test('it says so of what cannot be read', async () => {
  await using world = await testWorld();
  const storage = phoneFolder({
    Closed: phoneFolder({ a: phoneFile('a') }, { listing: 'closed' }),
    'b.jpg': phoneFile('b'),
    'c.jpg': phoneFile('b', { refusal: 'EACCES' }),
  });
  await using here = await phoneInSight(samplePhone({ storage, messages: 0, apps: 0 }));
  await world.run(['backup'], here.other);
  const { status, items } = await audited(world, here.other, ['--types', 'photos,other']);
  assert.equal(status, 3);
  assert.deepEqual(
    items
      .map(({ path, verdict, reason }) => [path.replace('files/internal/', ''), verdict, reason])
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    [
      ['Closed', 'cannot-tell', 'access-denied'],
      ['b.jpg', 'in-backup', undefined],
      ['c.jpg', 'cannot-tell', 'access-denied'],
    ],
  );
});
