import { ITEM_TYPES } from '@holdfast/contract';
import { DRY_RUN, NAMING_BACKUPS, NAMING_PATHS, RECORD, WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { listOf, oneOf, text } from '#arguments/values.ts';

const options = {
  to: {
    kind: 'value',
    metavar: 'DEVICE|FOLDER',
    help: 'Where it is given back to: a phone in sight, by the name or id that "holdfast devices" lists, or a folder; made if it is not there.',
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
  types: {
    kind: 'value',
    metavar: 'LIST',
    help: `To a phone: only these, with commas: ${ITEM_TYPES.join(', ')}; default: everything.`,
    parse: listOf(ITEM_TYPES),
    completion: ITEM_TYPES,
  },
  dryRun: DRY_RUN,
  record: RECORD,
} as const;

/** Options of `restore`. */
export type RestoreGiven = typeof options;

/** `holdfast restore`. */
export const restore: CommandTable<RestoreGiven> = {
  name: 'restore',
  group: 'Back up and restore',
  purpose:
    'Give a backup, or parts of it, back into a folder or to a phone, read back what was written, and account for every item.',
  details: [
    NAMING_BACKUPS,
    NAMING_PATHS,
    'To a phone, files go where they were, and contacts, messages, calls, events and apps are entered; what is there already is recognised, and entered once. To a folder goes a file with just the records that are named. A record is named by its file, "#" and its key, as "holdfast items --json" has it. What was added is listed in a file of the home folder.',
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
      line: 'holdfast restore latest --to "Google Pixel 8" --types contacts,messages --dry-run',
      does: 'What entering contacts and messages into a phone would do.',
    },
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
