import type { CommandTable } from '#arguments/table.ts';

const options = {} as const;

/** Options of `repair config`. */
export type RepairConfigGiven = typeof options;

/** `holdfast repair config`. */
export const repairConfig: CommandTable<RepairConfigGiven> = {
  name: 'repair config',
  group: 'Look after the repository',
  purpose: 'Make the config file anew, when it is lost or damaged.',
  details: [
    'No backup needs what was in it. The password is tried on what is stored first, and a config that can be read stays as it is. The repository has a new id and format version 2 then, and restic, which cuts files by a number in it, stores a little twice in its next backup. Where there is a copy of the repository, its config is the better one.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast repair config', does: 'Make it anew, if need be.' },
    {
      line: 'holdfast repair config --repository /mnt/drive/backup --password-file ~/kit-password',
      does: 'The same for a repository on a drive, on a new computer.',
    },
  ],
  exits: { 0: 'The config is right.' },
  load: () => import('./run.ts'),
};
