import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { TABLES } from '#commands/tables.ts';
import { testWorld } from '../../test-setup/test-world.ts';

/** What bash offers for the last of these words. */
function offered(script: string, words: readonly string[]): string[] {
  const ask = `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _holdfast; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const printed = execFileSync('bash', ['--norc', '-c', ask, 'bash', 'holdfast', ...words], {
    encoding: 'utf8',
  });
  return printed.split('\n').filter((line) => line !== '');
}

test('it completes commands, options and their values in bash', async () => {
  await using world = await testWorld({ isNew: true });
  const { stdout } = await world.run(['completion', 'bash']);
  const cases: [words: string[], expected: string[]][] = [
    [['ke'], ['keys']],
    [
      ['keys', ''],
      ['list', 'add', 'remove', 'passwd'],
    ],
    [['keys', 'add', '--new'], ['--new-password-file']],
    [
      ['backup', '--verify', ''],
      ['cache', 'device', 'off'],
    ],
    [['-q', 'restore', 'latest', '--con'], ['--conflict']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['help', 'rest'], ['restore']],
    [['backup', '/et'], ['/etc']],
    [['version', ''], []],
  ];
  for (const [words, expected] of cases) assert.deepEqual(offered(stdout, words), expected, words.join(' '));
});

test('it names every command in each shell', async () => {
  await using world = await testWorld({ isNew: true });
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { status, stdout } = await world.run(['completion', shell]);
    assert.equal(status, 0);
    for (const word of TABLES.flatMap(({ name }) => name.split(' '))) {
      assert.ok(stdout.includes(word), `${shell} ${word}`);
    }
  }
});
