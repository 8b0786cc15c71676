import type { CommandTable } from '#arguments/table.ts';
import { oneOf } from '#arguments/values.ts';

const options = {
  formatVersion: {
    kind: 'value-with-default',
    metavar: 'VERSION',
    help: 'The format of the repository: 2 (default) compresses; restic older than 0.14 knows only 1.',
    parse: oneOf(['1', '2']),
    default: '2',
    completion: ['1', '2'],
  },
} as const;

/** Options of `init`. */
export type InitGiven = typeof options;

/** `holdfast init`. */
export const init: CommandTable<InitGiven> = {
  name: 'init',
  group: 'Set up',
  purpose: 'Create an encrypted repository.',
  details: [
    'It is not needed for the one in the home folder: the first backup creates that. One somewhere else, on a drive of your own, is created only by this.',
    'Its password is the one that --password-file or a variable gives, else the one in the home folder; where there is none, a random one is made and kept there.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast init --repository /media/drive/holdfast', does: 'Create one on a drive.' },
    {
      line: 'holdfast init --repository ~/old --format-version 1 --password-file ~/password',
      does: 'Create one that an old restic can read, with a password of your own.',
    },
  ],
  exits: {
    0: undefined,
    1: 'Failed: there is a repository already, or the place cannot be written.',
    2: undefined,
    130: undefined,
  },
  load: () => import('./run.ts'),
};
