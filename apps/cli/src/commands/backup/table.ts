import type { CommandTable, Options } from '#arguments/table.ts';
import { oneOf, text } from '#arguments/values.ts';

/** Options of `holdfast backup`. */
export const options = {
  exclude: {
    kind: 'values',
    short: 'x',
    metavar: 'PATTERN',
    help: 'Leave out what matches: a name (*.tmp), a path (Downloads/old), or a folder (cache/). May be given again.',
    parse: text,
  },
  verify: {
    kind: 'value-with-default',
    metavar: 'HOW',
    help: 'How what was written is read back: device (past the cache, for drives you do not trust), cache, off. Default: cache.',
    parse: oneOf(['device', 'cache', 'off']),
    default: 'cache' as const,
    completion: ['device', 'cache', 'off'],
  },
  dryRun: { kind: 'flag', short: 'n', help: 'Only look: say what would be saved, and write nothing.' },
  allowEmpty: { kind: 'flag', help: 'Record an empty folder even though its last backup was not empty.' },
} as const satisfies Options;

/** `holdfast backup`. */
export const backupTable: CommandTable<typeof options> = {
  name: 'backup',
  group: 'Back up and restore',
  purpose: 'Back folders up now, and say the state of every item.',
  details: [
    'With nothing configured, the first backup creates an encrypted repository and a random password in the home folder.',
    'An item is verified when its bytes were read back from the repository and are equal. One that cannot be read is set aside with the reason, and the others go on.',
  ],
  positionals: [{ metavar: 'FOLDER', help: 'A folder to back up.', isMany: true, completion: 'folder' }],
  options,
  examples: [
    { line: 'holdfast backup ~/Pictures', does: 'backs your pictures up' },
    {
      line: 'holdfast backup /media/phone --exclude "*.tmp" --dry-run',
      does: 'shows what a backup would save',
    },
  ],
  exits: {
    0: undefined,
    1: undefined,
    3: 'Done, but some items failed: the output names them. Skipped ones alone are no failure.',
    11: undefined,
    12: undefined,
    130: undefined,
  },
  load: () => import('./run.ts'),
};
