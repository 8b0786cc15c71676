import { WITHOUT_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { text } from '#arguments/values.ts';

const options = {
  out: {
    kind: 'value',
    metavar: 'FILE',
    help: 'Write it into a new file that only you may read, instead of showing it.',
    parse: text,
    completion: 'file',
  },
} as const;

/** Options of `recovery-kit`. */
export type RecoveryKitGiven = typeof options;

/** `holdfast recovery-kit`. */
export const recoveryKit: CommandTable<RecoveryKitGiven> = {
  name: 'recovery-kit',
  group: 'Set up',
  purpose: 'Show the password, and how to restore everything with restic alone, to be kept on paper.',
  details: [
    'It is secret: whoever has it and reaches the repository can read everything in it. Without the password nobody can, you included: print it, or write it down, and keep it away from this computer.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast recovery-kit', does: 'Show it.' },
    { line: 'holdfast recovery-kit --out /media/stick/recovery-kit.txt', does: 'Write it to a drive.' },
  ],
  exits: WITHOUT_LOCK,
  load: () => import('./run.ts'),
};
