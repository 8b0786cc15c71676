import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonLineOf } from '@holdfast/contract';
import { catalogOf } from '../../test-setup/ledger.ts';
import { type TestWorld, testWorld, worldWithBackup } from '../../test-setup/test-world.ts';

/** `stuff`: two photos and a text that are backed up, two files that a rule leaves out, a pipe; one text is gone. */
async function worldWithLedger(): Promise<TestWorld> {
  const world = await testWorld();
  const stuff = join(world.path, 'stuff');
  await mkdir(join(stuff, 'in'), { recursive: true });
  for (const name of ['a.jpg', 'b.jpg', 'c.txt', 'gone.txt', '1.tmp', '2.tmp'])
    await writeFile(join(stuff, 'in', name), name);
  execFileSync('mkfifo', [join(stuff, 'pi\npe')]);
  const words = ['backup', 'stuff', '--exclude', '*.tmp'];
  assert.equal((await world.run(words)).status, 0);
  await rm(join(stuff, 'in', 'gone.txt'));
  assert.equal((await world.run(words)).status, 0);
  return world;
}

test('it prints counts that balance, each with a command that lists it, then what is not verified and why', async () => {
  await using world = await worldWithLedger();
  const { status, stdout, stderr } = await world.run(['items']);
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^stuff \(folder-[0-9a-f]+\), last run \d{4}-\d\d-\d\d \d\d:\d\d$/m);
  assert.match(stdout, /^found 6 = verified 3 \+ waiting 0 \+ skipped 3 \+ failed 0$/m);
  assert.match(stdout, /\nskipped: It is a pipe, .*\n {2}since \S+ \S+ {2}file {6}pi\\npe {2}\(fifo\)\n/);
  assert.match(
    stdout,
    /\nskipped: A rule .*\n {2}since .* in\/1\.tmp {2}\(\*\.tmp\)\n {2}since .* in\/2\.tmp/,
  );
  assert.ok(!stdout.includes('a.jpg'));
  const commands = [...stdout.matchAll(/^ {2}.*?(\d+) .* {2}holdfast (items .*)$/gm)];
  assert.equal(commands.length, 4);
  for (const [, count, line = ''] of commands) {
    const { out } = await world.lines(line.split(' '));
    assert.equal(out.filter(({ type }) => type === 'item').length, Number(count), line);
    assert.equal(
      (await world.run(line.split(' '))).stdout.match(/^ {2}since/gm)?.length,
      Number(count),
      line,
    );
  }
});

test('it prints a line an item for programs, page after page', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'many'));
  for (let at = 0; at < 1100; at++) await writeFile(join(world.path, 'many', `${at}.bin`), '');
  await world.run(['backup', 'many']);
  const { status, out, err } = await world.lines(['items', 'man']);
  assert.deepEqual([status, err], [0, []]);
  const [ledger, ...items] = out;
  assert.ok(ledger?.type === 'ledger' && ledger.present.found === 1100);
  const paths = items.map((line) => (line as JsonLineOf<'item'>).path);
  assert.deepEqual([paths.length, new Set(paths).size], [1100, 1100]);
  const first = items[0] as JsonLineOf<'item'>;
  assert.deepEqual([first.state, first.reason, first.sizeBytes], ['verified', 'stored', 0]);
  assert.match(first.receipt?.snapshot ?? '', /^[0-9a-f]{64}$/);
  const few = await world.lines(['items', '--limit', '3']);
  assert.equal(few.out.length, 4);
});

test('it filters by state, reason, kind, path, text and presence', async () => {
  await using world = await worldWithLedger();
  const cases: [words: string[], paths: string[]][] = [
    [
      ['--state', 'verified'],
      ['in/a.jpg', 'in/b.jpg', 'in/c.txt'],
    ],
    [
      ['--state', 'skipped', '--path', 'in'],
      ['in/1.tmp', 'in/2.tmp'],
    ],
    [
      ['--reason', 'special-file,stored', '--kind', 'file,photo'],
      ['in/a.jpg', 'in/b.jpg', 'pi\npe'],
    ],
    [['--path', '/in/c.txt'], ['in/c.txt']],
    [['--text', 'B.J'], ['in/b.jpg']],
    [['--gone'], ['in/gone.txt']],
    [['--text', 'nothing'], []],
  ];
  for (const [words, paths] of cases) {
    const { out } = await world.lines(['items', ...words]);
    assert.deepEqual(
      out.flatMap((line) => (line.type === 'item' ? [line.path] : [])),
      paths,
      words.join(' '),
    );
  }
  assert.match((await world.run(['items', '--text', 'nothing'])).stdout, /\nNo item is like that\.\n$/);
  assert.match(
    (await world.run(['items', '--gone'])).stdout,
    /gone\.txt {2}\(gone since .*, backup [0-9a-f]{8}\)/,
  );
  assert.equal((await world.run(['items', '--state', 'lost'])).status, 2);
});

test('it lists fifty of many, and says how to see more', async () => {
  await using world = await testWorld();
  await mkdir(join(world.path, 'many'));
  for (let at = 0; at < 60; at++) await writeFile(join(world.path, 'many', `${at}.tmp`), '');
  await world.run(['backup', 'many', '--exclude', '*.tmp']);
  const few = (await world.run(['items'])).stdout;
  assert.equal(few.match(/^ {2}since/gm)?.length, 50);
  assert.match(few, /\nThere are more: --limit N/);
  const all = (await world.run(['items', '--limit', '0'])).stdout;
  assert.equal(all.match(/^ {2}since/gm)?.length, 60);
  assert.ok(!all.includes('There are more'));
});

test('it says which devices there are when it is not clear which is meant', async () => {
  await using world = await worldWithBackup();
  await mkdir(join(world.path, 'picnic'));
  await writeFile(join(world.path, 'picnic', 'a'), 'a');
  await world.run(['backup', 'picnic']);
  for (const words of [[], ['pic'], ['cat']]) {
    const told = await world.run(['items', ...words]);
    assert.equal(told.status, 1);
    assert.match(told.stderr, /pictures \(folder-[0-9a-f]+\)/);
  }
  for (const word of ['PICT', 'picnic']) assert.equal((await world.run(['items', word])).status, 0);
});

test('it says what to do where there is no ledger, or half of one', async () => {
  await using world = await testWorld();
  const none = await world.run(['items']);
  assert.equal(none.status, 1);
  assert.match(none.stderr, /\(cli\/unknown-device\)\n→ Run "holdfast backup"; or, .*"holdfast rebuild"/);
  await using other = await worldWithBackup();
  {
    using catalog = catalogOf(other);
    await catalog.set('rebuild-began', '2026-03-14T15:00:00Z');
  }
  assert.match((await other.run(['items'])).stderr, /run "holdfast rebuild" again/);
  assert.equal((await other.run(['rebuild'])).status, 0);
  assert.equal((await other.run(['items'])).stderr, '');
});
