import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';
import { canBeNobody } from '../../test-setup/account.ts';
import { smallDrive } from '../../test-setup/mounts.ts';
import { holdfast } from '../../test-setup/process.ts';
import { testWorld, worldWithBackup } from '../../test-setup/test-world.ts';

/** An account that owns nothing. */
const NOBODY = 65_534;

const everything = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

test('it reads from a read-only drive, and says why a backup cannot be made there', async (t) => {
  await using drive = await smallDrive(t, 16_000_000);
  if (drive === undefined) return;
  await using elsewhere = await temporaryFolder();
  await using world = await testWorld({ parent: drive.path });
  const from = join(elsewhere.path, 'from');
  mkdirSync(from);
  writeFileSync(join(from, 'f'), 'content');
  assert.equal((await world.run(['backup', from])).status, 0);
  drive.remount('ro');
  try {
    const reading = [
      ['backups'],
      ['ls', 'latest'],
      ['check', '--read-data'],
      ['stats'],
      ['dump', 'latest:f'],
      ['restore', 'latest', '--to', join(elsewhere.path, 'to')],
      ['backup', from, '--dry-run'],
      ['prune', '--dry-run'],
      ['forget', '--keep-last', '1', '--dry-run'],
      ['keys'],
      ['recovery-kit'],
    ];
    for (const words of reading) {
      const told = await world.run(words);
      assert.equal(told.status, 0, `${words.join(' ')}: ${told.stderr}`);
    }
    // Only the ledger is written, and that is elsewhere.
    const home = join(elsewhere.path, 'home');
    const there = [
      '--repository',
      join(world.home, 'repository'),
      '--password-file',
      join(world.home, 'password'),
    ];
    const rebuilt = await world.run(['rebuild', ...there], { env: { HOLDFAST_HOME: home } });
    assert.equal(rebuilt.status, 0, rebuilt.stderr);
    assert.match(rebuilt.stdout, /The ledger is made of 1 backup/);
    assert.match(rebuilt.stderr, /Nothing can be written there, no lock either/);
    for (const words of [['backup', from], ['prune'], ['forget', 'latest'], ['repair', 'index']]) {
      const told = await world.run(words);
      assert.equal(told.status, 1, words.join(' '));
      assert.match(told.stderr, /The drive is read-only, .*\n→ Make the drive writable/);
    }
  } finally {
    drive.remount('rw');
  }
});

test('it reads for an account that may only read, without a lock, and says so', async (t) => {
  if (!canBeNobody(t)) return;
  await using world = await worldWithBackup();
  execFileSync('chmod', ['-R', 'a+rX', world.path]);
  await using own = await temporaryFolder();
  chmodSync(own.path, 0o777);
  const options = { home: world.home, cwd: own.path, uid: NOBODY };
  const before = everything(world.home);
  const restored = await holdfast(['restore', 'latest', '--to', 'to'], options);
  assert.equal(restored.status, 0, restored.stderr);
  assert.match(restored.stderr, /Nothing can be written there, no lock either/);
  assert.deepEqual(
    everything(join(own.path, 'to')),
    everything(join(world.path, 'pictures'))
      .map((name) => join('pictures', name))
      .concat('pictures')
      .toSorted(),
  );
  const refused = await holdfast(['backup', join(world.path, 'pictures')], options);
  assert.equal(refused.status, 1);
  assert.match(
    refused.stderr,
    /does not allow access to .*\n→ Give the account that runs this access to the repository folder/,
  );
  assert.deepEqual(everything(world.home), before);
});

test('it says which file or folder of the home folder the account may not read', async (t) => {
  if (!canBeNobody(t)) return;
  await using world = await worldWithBackup();
  execFileSync('chmod', ['-R', 'a+rX', world.path]);
  const options = { home: world.home, cwd: world.path, uid: NOBODY };
  chmodSync(join(world.home, 'password'), 0o600);
  const password = await holdfast(['ls', 'latest'], options);
  assert.equal(password.status, 12);
  assert.match(
    password.stderr,
    /The password file .*\/password cannot be read \(EACCES\).*\n→ Let the account that runs this read it/,
  );
  chmodSync(join(world.home, 'repository'), 0o700);
  for (const words of [
    ['ls', 'latest'],
    ['backup', 'pictures'],
  ]) {
    const closed = await holdfast(words, options);
    assert.equal(closed.status, 1);
    assert.match(
      closed.stderr,
      /does not allow access to .*repository.*\(store\/denied\)\n→ Give the account/,
    );
  }
  chmodSync(world.home, 0o700);
  const home = await holdfast(['backup', 'pictures'], options);
  assert.equal(home.status, 1);
  assert.match(home.stderr, /This account may not read .*settings\.json.*\n→ Give the account/);
});
