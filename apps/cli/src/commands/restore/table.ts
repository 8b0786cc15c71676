import { DRY_RUN, NAMING_BACKUPS, NAMING_PATHS, WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { oneOf, text } from '#arguments/values.ts';

const options = {
  to: {
    kind: 'value',
    metavar: 'FOLDER',
    help: 'Where it is given back to; made if it is not there.',
    parse: text,
    completion: 'folder',
  },
  conflict: {
    kind: 'value-with-default',
    metavar: 'WHAT',
    help: 'Where something else has the name: "skip" (default: it stays), "rename" (both stay), or "overwrite".',
    parse: oneOf(['skip', 'rename', 'overwrite']),
    default: 'skip',
    completion: ['skip', 'rename', 'overwrite'],
  },
  dryRun: DRY_RUN,
} as const;

/** Options of `restore`. */
export type RestoreGiven = typeof options;

/** `holdfast restore`. */
export const restore: CommandTable<RestoreGiven> = {
  name: 'restore',
  group: 'Back up and restore',
  purpose:
    'Give a backup, or parts of it, back into a folder, read back what was written, and account for every item.',
  details: [
    NAMING_BACKUPS,
    NAMING_PATHS,
    'Nothing that is there is changed, unless --conflict says so. A restore that was interrupted goes on when it is run again.',
  ],
  positionals: [
    { metavar: 'BACKUP[:PATH]', help: 'The backup, and what of it; without a PATH, what was backed up.' },
    { metavar: 'PATH', help: 'More of the same backup.', isOptional: true, isMany: true },
  ],
  options,
  examples: [
    { line: 'holdfast restore latest --to ~/back', does: 'The newest backup, into ~/back.' },
    {
      line: 'holdfast restore 1a2b3c4d:/files/Pictures/2026 --to ~/Pictures --conflict rename',
      does: 'One folder; where a file of that name is there and differs, both are kept.',
    },
  ],
  exits: {
    ...WITH_LOCK,
    0: 'Everything asked for is there, read back and equal.',
    3: 'Done, but some items were skipped or failed: they are listed.',
  },
  load: () => import('./run.ts'),
};
