import { NAMING_BACKUPS, NAMING_PATHS, WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = {
  long: { kind: 'flag', short: 'l', help: 'Also mode, size and time of each entry.' },
  recursive: { kind: 'flag', short: 'R', help: 'Also everything in the folders below.' },
} as const;

/** Options of `ls`. */
export type LsGiven = typeof options;

/** `holdfast ls`. */
export const ls: CommandTable<LsGiven> = {
  name: 'ls',
  group: 'Back up and restore',
  purpose: 'List what is in a backup.',
  details: [NAMING_BACKUPS, NAMING_PATHS],
  positionals: [{ metavar: 'BACKUP[:PATH]', help: 'The backup, and a folder or file in it.' }],
  options,
  examples: [
    { line: 'holdfast ls latest', does: 'What is in the newest backup.' },
    {
      line: 'holdfast ls latest@Pictures:/files/Pictures/2026 --long --recursive',
      does: 'Everything below one folder.',
    },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
