import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { seededRandom, temporaryFolder } from '@holdfast/testkit';
import { smallDrive, unfinishedIn } from '../../test-setup/mounts.ts';
import { testWorld } from '../../test-setup/test-world.ts';

const MB = 1_000_000;

/** Files of chance, `count` of `sizeBytes`. */
function writeFiles(folder: string, count: number, sizeBytes: number, seed = 1): void {
  mkdirSync(folder, { recursive: true });
  const random = seededRandom(seed);
  for (let at = 0; at < count; at++) writeFileSync(join(folder, `f${at}`), random(sizeBytes));
}

const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]),
  );

test('it stops at a full drive, keeps what it had, and goes on once there is room', async (t) => {
  await using drive = await smallDrive(t, 64 * MB);
  if (drive === undefined) return;
  await using elsewhere = await temporaryFolder();
  await using world = await testWorld({ parent: drive.path });
  const from = join(elsewhere.path, 'from');
  writeFiles(from, 2, MB);
  assert.equal((await world.run(['backup', from])).status, 0);
  const before = contentsOf(from);

  for (const name of ['more', 'most']) writeFileSync(join(from, name), seededRandom(5)(26 * MB));
  drive.fill(26 * MB);
  const full = await world.run(['backup', from]);
  assert.equal(full.status, 1);
  assert.match(
    full.stderr,
    /The drive of .*\/home\/repository is full: at least [\d.]+ MB more are needed to go on/,
  );
  assert.match(full.stderr, /→ Free some space on that drive, or make room with "holdfast forget"/);
  assert.match(full.stderr, /found 4 = verified 2 \+ waiting 2/);
  assert.deepEqual(unfinishedIn(world.home), []);
  const checked = await world.run(['check', '--read-data']);
  assert.equal(checked.status, 0, checked.stdout);
  assert.doesNotMatch(checked.stdout, /note/);
  const to = join(elsewhere.path, 'to');
  assert.equal((await world.run(['restore', 'latest', '--to', to])).status, 0);
  assert.deepEqual(contentsOf(join(to, 'from')), before);

  drive.empty();
  const { status, out } = await world.lines(['backup', from]);
  assert.equal(status, 0);
  const [line] = out;
  assert.ok(line?.type === 'backup' && line.newBytes < 26 * MB, 'what was stored is stored again');
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
});

test('it gives everything back from a drive without room for a lock, and says what needs room', async (t) => {
  await using drive = await smallDrive(t, 16 * MB);
  if (drive === undefined) return;
  await using elsewhere = await temporaryFolder();
  await using world = await testWorld({ parent: drive.path });
  const from = join(elsewhere.path, 'from');
  writeFiles(from, 3, MB);
  assert.equal((await world.run(['backup', from])).status, 0);
  drive.fill(0);
  const to = join(elsewhere.path, 'to');
  const reading = [
    ['backups'],
    ['ls', 'latest'],
    ['check'],
    ['stats'],
    ['dump', 'latest:f1'],
    ['restore', 'latest', '--to', to],
    ['prune', '--dry-run'],
    ['forget', '--keep-last', '1', '--dry-run'],
    ['backup', from, '--dry-run'],
  ];
  for (const words of reading) {
    const told = await world.run(words);
    assert.equal(told.status, 0, `${words.join(' ')}: ${told.stderr}`);
  }
  assert.match((await world.run(['ls', 'latest'])).stderr, /no lock/);
  assert.deepEqual(contentsOf(join(to, 'from')), contentsOf(from));
  for (const words of [['backup', from], ['prune'], ['forget', 'latest']]) {
    const told = await world.run(words);
    assert.equal(told.status, 1, words.join(' '));
    assert.match(told.stderr, /There is no room left for .*\n→ Free some space/);
  }
  assert.deepEqual(unfinishedIn(world.home), []);
});

test('it leaves so much room that a drive it filled can be pruned', async (t) => {
  await using drive = await smallDrive(t, 64 * MB);
  if (drive === undefined) return;
  await using elsewhere = await temporaryFolder();
  await using world = await testWorld({ parent: drive.path });
  const from = join(elsewhere.path, 'from');
  writeFiles(from, 20, MB);
  assert.equal((await world.run(['backup', from])).status, 0);
  rmSync(from, { recursive: true });
  writeFiles(from, 50, MB, 2);
  assert.equal((await world.run(['backup', from])).status, 1);
  assert.equal((await world.run(['forget', 'latest', '--allow-remove-all'])).status, 0);
  const pruned = await world.run(['prune', '--max-unused', 'unlimited']);
  assert.equal(pruned.status, 0, pruned.stderr);
  const again = await world.run(['backup', from]);
  assert.equal(again.status, 0, again.stderr);
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
});

test('it prunes nothing half where there is no room to save again, and says how to begin', async (t) => {
  await using drive = await smallDrive(t, 64 * MB);
  if (drive === undefined) return;
  await using elsewhere = await temporaryFolder();
  await using world = await testWorld({ parent: drive.path });
  const from = join(elsewhere.path, 'from');
  writeFiles(from, 160, MB / 10);
  assert.equal((await world.run(['backup', from])).status, 0);
  for (let at = 0; at < 160; at += 2) rmSync(join(from, `f${at}`));
  assert.equal((await world.run(['backup', from])).status, 0);
  assert.equal((await world.run(['forget', '--keep-last', '1'])).status, 0);
  drive.fill(MB);
  const short = await world.run(['prune']);
  assert.equal(short.status, 1);
  assert.match(short.stderr, /no room left .*\n→ Run "holdfast prune --max-unused unlimited" first/);
  assert.deepEqual(unfinishedIn(world.home), []);
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
  const removed = await world.run(['prune', '--max-unused', 'unlimited']);
  assert.equal(removed.status, 0, removed.stderr);
  drive.empty();
  const whole = await world.run(['prune', '--max-unused', '0%']);
  assert.equal(whole.status, 0, whole.stderr);
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
  const to = join(elsewhere.path, 'to');
  assert.equal((await world.run(['restore', 'latest', '--to', to])).status, 0);
  assert.deepEqual(contentsOf(join(to, 'from')), contentsOf(from));
});

test('it restores nothing where all of it cannot fit, and names the place', async (t) => {
  await using drive = await smallDrive(t, 8 * MB);
  if (drive === undefined) return;
  await using world = await testWorld();
  writeFiles(join(world.path, 'from'), 3, MB);
  assert.equal((await world.run(['backup', 'from'])).status, 0);
  drive.fill(2 * MB);
  const told = await world.run(['restore', 'latest', '--to', join(drive.path, 'to')]);
  assert.equal(told.status, 1);
  assert.match(told.stderr, /found 3 = verified 0 \+ waiting 3/);
  assert.match(
    told.stderr,
    /not enough room at .*\/to: 1\.\d MB more are needed, to write 3\.0 MB with 2\.0 MB free \(engine\/no-room\)\n→ Free 1\.\d MB there/,
  );
  assert.deepEqual(readdirSync(join(drive.path, 'to')), []);
});

test('it restores what fits where room runs out on the way, leaves nothing half, and goes on later', async (t) => {
  await using drive = await smallDrive(t, 8 * MB);
  if (drive === undefined) return;
  await using world = await testWorld();
  // Each takes a page there, forty times its size.
  writeFiles(join(world.path, 'from'), 300, 100);
  assert.equal((await world.run(['backup', 'from'])).status, 0);
  drive.fill(MB);
  const to = join(drive.path, 'to');
  const { status, out } = await world.lines(['restore', 'latest', '--to', to]);
  assert.equal(status, 3);
  const refused = out.filter((line) => line.type === 'item');
  const [first] = refused;
  assert.ok(first?.type === 'item' && first.reason === 'target-refused' && first.detail?.includes('ENOSPC'));
  assert.match(first.remedy ?? '', /free space/);
  const done = out.at(-1);
  assert.ok(done?.type === 'restore' && done.balance.failed === refused.length);
  assert.equal(done.balance.verified + done.balance.failed, 300);
  assert.deepEqual(unfinishedIn(to), []);
  assert.equal(readdirSync(join(to, 'from')).length, done.balance.verified);
  drive.empty();
  const again = await world.lines(['restore', 'latest', '--to', to]);
  const last = again.out.at(-1);
  assert.ok(last?.type === 'restore' && last.restoredItems === refused.length);
  assert.deepEqual(contentsOf(join(to, 'from')), contentsOf(join(world.path, 'from')));
});

test('it creates no half of a home folder on a full drive, and all of it once there is room', async (t) => {
  await using drive = await smallDrive(t, MB);
  if (drive === undefined) return;
  await using elsewhere = await temporaryFolder();
  await using world = await testWorld({ isNew: true, parent: drive.path });
  const from = join(elsewhere.path, 'from');
  writeFiles(from, 1, 1000);
  // Room for nothing; for the password; for that and a file of the repository.
  for (const pages of [0, 2, 5]) {
    drive.fill(pages * 4096);
    const told = await world.run(['backup', from]);
    assert.equal(told.status, 1, `${pages} pages: ${told.stdout}`);
    assert.match(told.stderr, /is full|no room left/);
    assert.match(told.stderr, /→ Free some space/);
    assert.doesNotMatch(told.stderr, /\(bug\)/);
    assert.deepEqual(unfinishedIn(world.home), []);
  }
  drive.empty();
  const told = await world.run(['backup', from]);
  assert.equal(told.status, 0, told.stderr);
  assert.equal((await world.run(['check', '--read-data'])).status, 0);
});
