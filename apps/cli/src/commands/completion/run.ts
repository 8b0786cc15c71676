import { plainText } from '@holdfast/kernel';
import type { GivenOptions, NoOptions } from '#arguments/table.ts';
import { TABLES } from '#commands/tables.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { usage } from '#failures.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { linesOf } from './lines.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** Prints a completion script. */
export async function run(
  _given: GivenOptions<NoOptions>,
  [shell = '']: readonly string[],
  { screen }: Context,
): Promise<ExitCode> {
  if (!isShell(shell)) {
    throw usage(`"completion" knows bash, zsh and fish, not "${plainText(shell, 60)}".`, 'completion');
  }
  await screen.raw(SCRIPTS[shell](linesOf(TABLES)));
  return 0;
}

function isShell(word: string): word is keyof typeof SCRIPTS {
  return Object.hasOwn(SCRIPTS, word);
}
