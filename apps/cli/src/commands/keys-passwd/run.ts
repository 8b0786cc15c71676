import { changePasswordHere } from '@holdfast/home';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { chosenPassword } from '#passwords/chosen-password.ts';
import type { KeysPasswdGiven } from './table.ts';

/** Changes the password in use. */
export async function run(
  { newPasswordFile }: GivenOptions<KeysPasswdGiven>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { screen } = context;
  const password = await chosenPassword(context, newPasswordFile);
  const { keyId: id, told } = await changePasswordHere(context.host, password);
  await screen.result(
    { type: 'key-changed', action: 'replaced', id },
    `Changed the password: its key is ${shortId(id)}.`,
  );
  for (const sentence of told) screen.note(sentence);
  screen.note('Make a new recovery kit: the password in an old one opens nothing any more.');
  return 0;
}
