import type { CommandTable, Options } from '#arguments/table.ts';
import { oneOf, text } from '#arguments/values.ts';

/** Options of `holdfast restore`. */
export const options = {
  to: {
    kind: 'value',
    short: 't',
    metavar: 'FOLDER',
    help: 'Where it is given back to; made if it is not there. Nothing is ever written outside it.',
    parse: text,
    completion: 'folder',
  },
  conflict: {
    kind: 'value-with-default',
    metavar: 'HOW',
    help: 'Where something else has the name: skip (leave it), rename (have both), overwrite (replace it). Default: skip.',
    parse: oneOf(['skip', 'rename', 'overwrite']),
    default: 'skip' as const,
    completion: ['skip', 'rename', 'overwrite'],
  },
  dryRun: { kind: 'flag', short: 'n', help: 'Show the plan and write nothing.' },
} as const satisfies Options;

/** `holdfast restore`. */
export const restoreTable: CommandTable<typeof options> = {
  name: 'restore',
  group: 'Back up and restore',
  purpose: 'Give back a backup, or what you name of it, and prove it.',
  details: [
    'BACKUP is "latest", "latest@DEVICE", or the first digits of a backup\'s id; a path behind a colon gives just that file or folder, under its own name. Without a path everything is given back, laid out as in the backup.',
    'Every file is read back and compared before it gets its name. What is there already with the same content is left as it is, so a restore that was interrupted goes on where it stopped.',
  ],
  positionals: [
    {
      metavar: 'BACKUP[:PATH]',
      help: 'What to give back; more paths of the same backup may follow.',
      isMany: true,
    },
  ],
  options,
  examples: [
    { line: 'holdfast restore latest --to ~/restored', does: 'gives everything back' },
    {
      line: 'holdfast restore latest:/files/phone/DCIM --to /media/card --dry-run',
      does: 'shows what giving one folder back would do',
    },
  ],
  exits: {
    0: undefined,
    1: undefined,
    3: 'Done, but some items were skipped or failed: the output names them.',
    10: undefined,
    12: undefined,
    130: undefined,
  },
  load: () => import('./run.ts'),
};
