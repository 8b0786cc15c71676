import { resolve } from 'node:path';
import { Failure } from '@holdfast/kernel';
import type { Context } from '#context.ts';
import { CLI_FAILURES } from '#failures.ts';
import { readPasswordFile, typeNewPassword } from './password.ts';

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
