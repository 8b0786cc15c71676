import { NAMING_BACKUPS, NAMING_PATHS, WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable, NoOptions } from '#arguments/table.ts';

/** `holdfast dump`. */
export const dump: CommandTable<NoOptions> = {
  name: 'dump',
  group: 'Back up and restore',
  purpose: 'Write one file of a backup to the standard output, byte for byte.',
  details: [NAMING_BACKUPS, NAMING_PATHS],
  positionals: [{ metavar: 'BACKUP:PATH', help: 'The backup, and the file in it.' }],
  options: {},
  examples: [
    {
      line: 'holdfast dump latest:/holdfast.json',
      does: 'What the newest backup says of itself, and all that was set aside.',
    },
    { line: 'holdfast dump 1a2b3c4d:/files/Pictures/cat.jpg > cat.jpg', does: 'One picture.' },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
