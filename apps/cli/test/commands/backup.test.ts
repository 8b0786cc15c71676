import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { balances, type JsonLineOf } from '@holdfast/contract';
import { testWorld, worldWithBackup } from '../../test-setup/test-world.ts';

test('it ends with the balance, what was set aside and why, and the next commands', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'stuff', 'cache'), { recursive: true });
  await writeFile(join(world.path, 'stuff', 'a.txt'), 'a');
  await writeFile(join(world.path, 'stuff', 'b.tmp'), 'b');
  execFileSync('mkfifo', [join(world.path, 'stuff', 'pi\npe')]);
  const { status, stdout, stderr } = await world.run(['backup', 'stuff', '--exclude', '*.tmp']);
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^found 3 = verified 1 \+ waiting 0 \+ skipped 2 \+ failed 0$/m);
  assert.match(stdout, /^ {2}skipped {2}pi\\npe {2}\(fifo\)\n {11}It is a pipe, a socket or a device/m);
  assert.match(
    stdout,
    /^ {2}skipped {2}b\.tmp {2}\(\*\.tmp\)\n {11}A rule for this backup leaves it out\.$/m,
  );
  const [, id] = /stuff: backup ([0-9a-f]{8})/.exec(stdout) ?? [];
  assert.ok(stdout.includes(`holdfast ls ${id}`) && stdout.includes(`holdfast restore ${id} --to FOLDER`));
});

test('it lists twenty of many and says where all are', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'many'));
  for (let i = 0; i < 25; i++) await writeFile(join(world.path, 'many', `${i}.tmp`), '');
  const { stdout } = await world.run(['backup', 'many', '--exclude', '*.tmp']);
  assert.equal(stdout.match(/^ {2}skipped /gm)?.length, 20);
  assert.equal(stdout.match(/A rule for this backup/g)?.length, 1);
  assert.match(stdout, /… and 5 more: holdfast dump [0-9a-f]{8}:\/holdfast\.json$/m);
  const { out } = await world.lines(['backup', 'many', '--exclude', '*.tmp']);
  assert.equal(out.filter(({ type }) => type === 'item').length, 25);
});

test('it ends with 3 when something failed, and says what and why', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'stuff'));
  await writeFile(join(world.path, 'stuff', 'flush'), 'a');
  await chmod(join(world.path, 'stuff', 'flush'), 0);
  // Nothing keeps root from reading a file but the kernel itself.
  const folder = process.getuid?.() === 0 ? '/proc/sys/net/ipv4/route' : 'stuff';
  const { status, stdout } = await world.run(['backup', folder]);
  assert.equal(status, 3);
  assert.match(stdout, / \+ failed 1$/m);
  assert.match(
    stdout,
    /^ {2}failed {3}flush {2}\(EACCES, open\)\n {11}This account may not read it\.\n {11}→ /m,
  );
});

test('it prints a line for programs that balances, and no text', async () => {
  await using world = await worldWithBackup();
  const { status, out, err } = await world.lines(['backup', 'pictures']);
  assert.deepEqual([status, err], [0, []]);
  const [line] = out.filter((each): each is JsonLineOf<'backup'> => each.type === 'backup');
  assert.ok(line !== undefined && balances(line.balance));
  assert.deepEqual([line.balance.verified, line.newBytes, line.isDryRun], [2, 0, false]);
});

test('it writes nothing in a dry run, also where there is no repository yet', async () => {
  for (const isNew of [true, false]) {
    await using world = await testWorld({ isNew });
    await mkdir(join(world.path, 'stuff'));
    await writeFile(join(world.path, 'stuff', 'a.txt'), 'a');
    const { status, stdout, stderr } = await world.run(['backup', 'stuff', '--dry-run']);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^stuff: nothing was written \(--dry-run\)\nfound 1 = verified 0 \+ waiting 1 /);
    const { status: listed, stdout: list } = await world.run(['backups']);
    assert.deepEqual([listed, list], isNew ? [10, ''] : [0, 'There are no backups yet.\n']);
  }
});

test('it refuses folders that are not there before it backs any up', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'stuff'));
  const { status, stderr } = await world.run(['backup', 'stuff', 'stuf']);
  assert.equal(status, 1);
  assert.match(stderr, /\(devices\/missing-folder\)\n→ /);
  assert.match((await world.run(['backups'])).stdout, /There are no backups yet/);
});

test('it takes a folder that lists nothing for an alarm, unless told otherwise', async () => {
  await using world = await worldWithBackup();
  await rm(join(world.path, 'pictures'), { recursive: true });
  await mkdir(join(world.path, 'pictures'));
  const { status, stderr } = await world.run(['backup', 'pictures']);
  assert.equal(status, 1);
  assert.match(stderr, /\(engine\/source-empty\)/);
  assert.equal((await world.run(['backup', 'pictures', '--allow-empty'])).status, 0);
});

test('it leaves the repository out of a folder that holds it', async () => {
  await using world = await testWorld();
  await writeFile(join(world.path, 'a.txt'), 'a');
  const { status, stdout } = await world.run(['backup', '.']);
  assert.equal(status, 0);
  assert.match(stdout, /skipped {2}home\/repository\n/);
  assert.match(stdout, /It is the repository that backups are written to/);
  assert.equal(await readFile(join(world.path, 'a.txt'), 'utf8'), 'a');
});

test('it keeps the hour of the place it was made at, which says what day it is of', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'stuff'));
  for (const [timeZone, offset] of [
    ['Asia/Kolkata', '+05:30'],
    ['America/Phoenix', '-07:00'],
    ['UTC', 'Z'],
  ] as const) {
    assert.equal((await world.run(['backup', 'stuff'], { timeZone })).status, 0);
    const last = (await world.lines(['backups'])).out.at(-1);
    assert.ok(last?.type === 'snapshot' && last.time.endsWith(offset), JSON.stringify(last));
    assert.ok(Math.abs(Date.parse(last.time) - Date.now()) < 60_000);
  }
});

test('it suggests commands that mean the repository that was named', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'stuff'));
  const named = ['--repository', "ada's drive"];
  assert.equal((await world.run(['init', ...named])).status, 0);
  const { status, stdout } = await world.run(['backup', 'stuff', ...named]);
  assert.equal(status, 0);
  const suggested = stdout.split('\n').filter((line) => line.includes(': ') && line.includes(' holdfast '));
  assert.equal(suggested.length, 3);
  for (const line of suggested) assert.ok(line.endsWith(` --repository 'ada'\\''s drive'`), line);
});
