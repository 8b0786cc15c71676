import { resolve } from 'node:path';
import { HOME_FAILURES, readPasswordFile } from '@holdfast/home';
import { Failure } from '@holdfast/kernel';
import type { Context } from '#context.ts';
import { CLI_FAILURES } from '#failures.ts';
import type { World } from '#world.ts';

/** The longest one that a password file holds. */
const LONGEST = 4096;

/**
 * The new password that a file holds, or that is typed twice.
 *
 * Refuses one that a password file could not hold, since it may have to be put into one later.
 */
export async function chosenPassword({ world }: Context, file: string | undefined): Promise<string> {
  if (file !== undefined) return await readPasswordFile(resolve(world.cwd, file));
  const typed = await typeNewPassword(world, 'new password');
  if (typed === typed.trim() && typed.length <= LONGEST) return typed;
  throw new Failure(
    CLI_FAILURES.declined,
    typed.length > LONGEST
      ? 'That is too long for a password'
      : 'A password may not begin or end with a space',
    { hint: 'Choose another one: a password file could not hold it.' },
  );
}

/** A new password, typed twice. Throws `home/no-password` when nobody is there to type. */
async function typeNewPassword({ stdin, signal }: World, what: string): Promise<string> {
  if (!stdin.isTTY) {
    throw new Failure(HOME_FAILURES.noPassword, `Nothing says what the ${what} should be`, {
      hint: 'Give it in a file, with --new-password-file.',
    });
  }
  const first = await stdin.ask(`Type the ${what}: `, { isSecret: true, signal });
  const second = await stdin.ask('Type it again: ', { isSecret: true, signal });
  if (first === '' || first !== second) {
    throw new Failure(
      CLI_FAILURES.declined,
      first === '' ? 'An empty password protects nothing' : 'The two differ',
      {
        hint: 'Run it again.',
      },
    );
  }
  return first;
}
