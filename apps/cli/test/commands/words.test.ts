import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TABLES } from '#commands/tables.ts';
import { testWorld } from '../../test-setup/test-world.ts';

test('it prints every command when help is asked for', async () => {
  await using world = await testWorld({ isNew: true });
  for (const words of [['help'], ['--help'], ['-h']]) {
    const { status, stdout, stderr } = await world.run(words);
    assert.deepEqual([status, stderr], [0, '']);
    for (const { name } of TABLES) assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
  }
});

test('it gives the same page for help and --help', async () => {
  await using world = await testWorld({ isNew: true });
  for (const words of [...TABLES.map(({ name }) => name.split(' ')), ['keys']]) {
    const [asked, flagged] = [await world.run(['help', ...words]), await world.run([...words, '--help'])];
    assert.equal(asked.status, 0, asked.stderr);
    assert.match(asked.stdout, /^Usage: holdfast /m);
    assert.deepEqual(flagged, asked);
  }
});

test('it refuses what it does not know, with the nearest thing that it does', async () => {
  await using world = await testWorld();
  const cases: [words: string[], message: RegExp][] = [
    [['bakup', 'x'], /Unknown command "bakup"\. Did you mean "backup"\?/],
    [['keys', 'ad'], /Unknown command "keys ad"\. Did you mean "keys add"\?/],
    [['help', 'restor'], /Did you mean "restore"\?/],
    [['ls', 'latest', '--recursiv'], /Unknown option --recursiv\. Did you mean --recursive\?/],
    [['ls'], /"ls" needs BACKUP\[:PATH\]/],
    [['ls', 'latest', 'more'], /"more" is one too many/],
    [['version', '--long'], /"version" does not take --long/],
    [['init', '--format-version', '3'], /--format-version takes one of 1, 2, not "3"/],
    [['backups', '--repository'], /--repository needs a value/],
    [['completion', 'csh'], /knows bash, zsh and fish, not "csh"/],
    [['backups', '-r', 'sftp:host:/x'], /can only be a folder so far/],
  ];
  for (const [words, message] of cases) {
    const { status, stdout, stderr } = await world.run(words);
    assert.deepEqual([status, stdout], [2, ''], words.join(' '));
    assert.match(stderr, message);
    assert.match(stderr, /^→ /m);
  }
});

test('it refuses with a JSON line when JSON was asked for', async () => {
  await using world = await testWorld({ isNew: true });
  const { status, out, err } = await world.lines(['bakup']);
  assert.deepEqual([status, out, err.length], [2, [], 1]);
  assert.equal(err[0]?.type === 'error' && err[0].code, 'cli/usage');
});

test('it says which version it is', async () => {
  await using world = await testWorld({ isNew: true });
  const { stdout } = await world.run(['version']);
  assert.match(stdout, /^holdfast \d+\.\d+\.\d+ \(Node /);
  assert.equal((await world.run(['--version'])).stdout, stdout);
  assert.equal((await world.lines(['version'])).out[0]?.type, 'version');
});
