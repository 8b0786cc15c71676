import { withLock } from '@holdfast/home';
import { addKey } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { chosenPassword } from '#passwords/chosen-password.ts';
import type { KeysAddGiven } from './table.ts';

/** Adds a password. */
export async function run(
  { newPasswordFile }: GivenOptions<KeysAddGiven>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const password = await chosenPassword(context, newPasswordFile);
  const id = await withLock(context.host, {}, ({ repository }, signal) =>
    addKey(repository, password, signal),
  );
  const text = `Added key ${shortId(id)}: the new password opens the repository, and the others still do.`;
  await context.screen.result({ type: 'key-changed', action: 'added', id }, text);
  return 0;
}
