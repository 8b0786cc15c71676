import { WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable, NoOptions } from '#arguments/table.ts';

/** `holdfast keys remove`. */
export const keysRemove: CommandTable<NoOptions> = {
  name: 'keys remove',
  group: 'Look after the repository',
  purpose: 'Take a password away, so that it opens the repository no more.',
  details: [
    'The key in use and the last one are never removed. Whoever knows the password and has kept a copy of its key file can still read the repository.',
  ],
  positionals: [
    { metavar: 'ID', help: 'The key, or the first digits of it, as "holdfast keys list" shows them.' },
  ],
  options: {},
  examples: [
    { line: 'holdfast keys remove 1a2b3c4d', does: 'Remove one key.' },
    {
      line: 'holdfast keys remove 1a2b3c4d --password-file ~/second-password',
      does: 'Remove the key of the first password, with a second one.',
    },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
