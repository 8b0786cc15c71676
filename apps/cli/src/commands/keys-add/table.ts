import { NEW_PASSWORD_FILE, WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = { newPasswordFile: NEW_PASSWORD_FILE } as const;

/** Options of `keys add`. */
export type KeysAddGiven = typeof options;

/** `holdfast keys add`. */
export const keysAdd: CommandTable<KeysAddGiven> = {
  name: 'keys add',
  group: 'Look after the repository',
  purpose: 'Add a further password that opens the repository.',
  positionals: [],
  options,
  examples: [
    { line: 'holdfast keys add', does: 'Ask for the new password.' },
    { line: 'holdfast keys add --new-password-file ~/second-password', does: 'Take it from a file.' },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
