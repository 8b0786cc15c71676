import { ITEM_TYPES } from '@holdfast/contract';
import { WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { listOf, text } from '#arguments/values.ts';

const options = {
  all: {
    kind: 'flag',
    help: 'Compare the content of every file, also of those whose size and times are as they were when they were proved. Takes as long as reading all of it.',
  },
  types: {
    kind: 'value',
    metavar: 'LIST',
    help: `Of a phone only these, with commas: ${ITEM_TYPES.join(', ')}; default: everything.`,
    parse: listOf(ITEM_TYPES),
    completion: ITEM_TYPES,
  },
  exclude: {
    kind: 'values',
    metavar: 'PATTERN',
    help: 'Leave out what matches, as "holdfast backup" does. May be given many times.',
    parse: text,
  },
} as const;

/** Options of `audit`. */
export type AuditGiven = typeof options;

/** `holdfast audit`. */
export const audit: CommandTable<AuditGiven> = {
  name: 'audit',
  group: 'Back up and restore',
  purpose: 'Say what is on a phone or in a folder and in no backup.',
  details: [
    'Files are looked for by content, in the backups of every device: one that was renamed or moved is in a backup still. What is as it was in the last backup need not be read; of the rest a phone hashes what could be in a backup, by itself where it can. Contacts, messages and other records are compared by what they say.',
    'Nothing is changed, on the device or in the repository.',
  ],
  positionals: [
    {
      metavar: 'DEVICE|FOLDER',
      help: 'A phone in sight, by the name or id that "holdfast devices" lists, or a folder; default: the phone in sight.',
      isOptional: true,
      completion: 'folder',
    },
  ],
  options,
  examples: [
    { line: 'holdfast audit', does: 'Say what of the phone in sight is in no backup.' },
    {
      line: 'holdfast audit "Google Pixel 8" --types photos,videos --all',
      does: 'Compare every photo and video, byte for byte.',
    },
  ],
  exits: {
    ...WITH_LOCK,
    0: 'Everything is in a backup.',
    3: 'Something is in no backup, or it cannot be told: the output names it.',
  },
  load: () => import('./run.ts'),
};
