import { NEW_PASSWORD_FILE, WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = { newPasswordFile: NEW_PASSWORD_FILE } as const;

/** Options of `keys passwd`. */
export type KeysPasswdGiven = typeof options;

/** `holdfast keys passwd`. */
export const keysPasswd: CommandTable<KeysPasswdGiven> = {
  name: 'keys passwd',
  group: 'Look after the repository',
  purpose: 'Change the password in use.',
  details: [
    'When the password in use is the one in the home folder, the new one takes its place there. Other keys stay as they are. Make a new recovery kit afterwards: the password in the old one opens nothing any more.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast keys passwd', does: 'Ask for the new password.' },
    { line: 'holdfast keys passwd --new-password-file ~/new-password', does: 'Take it from a file.' },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
