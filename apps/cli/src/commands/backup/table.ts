import { ITEM_TYPES } from '@holdfast/contract';
import { DRY_RUN, RECORD, WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { listOf, oneOf, text } from '#arguments/values.ts';

const options = {
  exclude: {
    kind: 'values',
    metavar: 'PATTERN',
    help: 'Leave out what matches, for example "*.tmp", "node_modules" or "/Cache"; a leading "/" is the folder itself. May be given many times.',
    parse: text,
  },
  types: {
    kind: 'value',
    metavar: 'LIST',
    help: `Of a phone only these, with commas: ${ITEM_TYPES.join(', ')}; default: everything.`,
    parse: listOf(ITEM_TYPES),
    completion: ITEM_TYPES,
  },
  verify: {
    kind: 'value-with-default',
    metavar: 'HOW',
    help: 'How what was written is read back: "cache" (default), "device" (past the system\'s cache, for drives you do not trust), or "off".',
    parse: oneOf(['cache', 'device', 'off']),
    default: 'cache',
    completion: ['cache', 'device', 'off'],
  },
  allowEmpty: {
    kind: 'flag',
    help: 'Record that the folder is empty now, although the last backup had items.',
  },
  dryRun: DRY_RUN,
  record: RECORD,
} as const;

/** Options of `backup`. */
export type BackupGiven = typeof options;

/** `holdfast backup`. */
export const backup: CommandTable<BackupGiven> = {
  name: 'backup',
  group: 'Back up and restore',
  purpose: 'Back phones and folders up, prove what was stored, and say the state of every item.',
  details: [
    'Nothing needs to be set up: the first backup creates an encrypted repository, with a random password, in the home folder. What is stored already is never stored again. Interrupting is safe: the next run goes on from there.',
    'Every item ends in one state: verified (stored, read back and equal), waiting (not proved yet), skipped (left out by a rule, or without content), or failed.',
  ],
  positionals: [
    {
      metavar: 'DEVICE|FOLDER',
      help: 'Phones, by the name or id that "holdfast devices" lists, and folders; default: the phone in sight.',
      isOptional: true,
      isMany: true,
      completion: 'folder',
    },
  ],
  options,
  examples: [
    { line: 'holdfast backup', does: 'Back up the phone in sight.' },
    {
      line: 'holdfast backup "Google Pixel 8" --types photos,videos',
      does: 'Back up only photos and videos of the phone of that name.',
    },
    { line: 'holdfast backup ~/Pictures', does: 'Back up one folder.' },
    {
      line: 'holdfast backup ~/Pictures ~/Documents --exclude "*.tmp" --verify device',
      does: 'Back up two, without temporary files, and read everything written back from the drive itself.',
    },
  ],
  exits: {
    ...WITH_LOCK,
    0: 'Everything is backed up; what was skipped was left out by a rule or holds no content.',
    3: 'Done, but some items failed, or could not be proved: they are listed.',
  },
  load: () => import('./run.ts'),
};
