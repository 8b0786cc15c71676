import { changingHome, withLock } from '@holdfast/home';
import { changePassword } from '@holdfast/repository';
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
  const [id, kept] = await withLock(context.host, { exclusive: true }, async (opened, signal) => {
    const home = await changingHome(context.host, opened, password);
    const changed = await changePassword(opened.repository, password, signal);
    return [changed.keyId, await home.settle()] as const;
  });
  await screen.result(
    { type: 'key-changed', action: 'replaced', id },
    `Changed the password: its key is ${shortId(id)}.`,
  );
  for (const sentence of kept) screen.note(sentence);
  screen.note('Make a new recovery kit: the password in an old one opens nothing any more.');
  return 0;
}
