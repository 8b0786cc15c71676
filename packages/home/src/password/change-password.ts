import { isThere } from '@holdfast/repository';
import { LocalStore } from '@holdfast/store';
import type { Host } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { removeFile, taken, writePrivateFile } from '#place/private-file.ts';
import type { Opened } from '#repository/open.ts';
import { homePasswords, settleNewPassword } from './password.ts';

/** A change of the home folder's password that has begun. */
export interface HomeChange {
  /** To be called once the repository opens with the new password alone; gives what the person should know of it. */
  settle(): Promise<readonly string[]>;
}

/**
 * Prepares the home folder for a change of the password that opened a repository.
 *
 * When that is the one in the home folder, the new one is durable beside it before the repository changes, and takes its
 * place after: at every moment a file there opens the repository. Any other password is the person's own affair.
 */
export async function changingHome(host: Host, opened: Opened, password: string): Promise<HomeChange> {
  const home = homeOf(host);
  const old = (await homePasswords(host)).find(({ from }) => from.kind === 'home');
  if (old?.text !== opened.password.text) return elsewhere(opened);
  const isShared = !opened.place.isDefault && (await isThere(new LocalStore(home.repository), host.signal));
  if (isShared) {
    const sentence = `The password in ${home.password} stays: the repository in the home folder needs it. Keep the new one somewhere else.`;
    return { settle: async () => [sentence] };
  }
  // What is left of a change that was cut off: the password that just worked is the older one.
  await removeFile(home.newPassword);
  if (!(await writePrivateFile(home.newPassword, `${password}\n`, host.random)))
    throw taken(home.newPassword);
  const kept = await keepOld(host, old.text);
  return {
    settle: async () => {
      await settleNewPassword(host);
      return [
        `The new password is in ${home.password}.`,
        `The old one is kept in ${kept}: remove it once no other repository needs it.`,
      ];
    },
  };
}

/** Other repositories may have been created with the home folder's password, and it may be written down nowhere else. */
async function keepOld(host: Host, text: string): Promise<string> {
  const moment = host.clock.now().toString({ smallestUnit: 'millisecond' }).replaceAll(/[-:.]/g, '');
  const path = `${homeOf(host).password}.until-${moment}`;
  if (!(await writePrivateFile(path, `${text}\n`, host.random))) throw taken(path);
  return path;
}

function elsewhere({ password: { from } }: Opened): HomeChange {
  const sentences =
    from.kind === 'file'
      ? [`${from.path} still holds the old password: put the new one into it.`]
      : from.kind === 'environment'
        ? ['HOLDFAST_PASSWORD still holds the old password: set it to the new one.']
        : [];
  return { settle: async () => sentences };
}
