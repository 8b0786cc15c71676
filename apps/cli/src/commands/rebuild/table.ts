import { WITH_LOCK, YES } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = { yes: YES } as const;

/** Options of `rebuild`. */
export type RebuildGiven = typeof options;

/** `holdfast rebuild`. */
export const rebuild: CommandTable<RebuildGiven> = {
  name: 'rebuild',
  group: 'Look after the repository',
  purpose: 'Make the ledger on this computer again, from the repository.',
  details: [
    'The ledger ("holdfast items") is a copy of what the repository knows: it can be made again at any time, also when its file is damaged or lost. Settings are kept where the file can be read. Not in the repository, and so lost: runs that made no backup, and what only they saw.',
    'The repository is only read. No backup may run meanwhile.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast rebuild', does: 'Make the ledger again.' },
    {
      line: 'holdfast rebuild --repository /mnt/drive/backup --password-file ~/kit-password',
      does: 'Make it on a new computer, from a repository on a drive.',
    },
  ],
  exits: {
    ...WITH_LOCK,
    0: 'The ledger says what the repository knows.',
    3: 'The same, but part of the repository could not be read: the output names it.',
  },
  load: () => import('./run.ts'),
};
