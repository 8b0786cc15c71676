import { WITHOUT_LOCK, YES } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = {
  all: {
    kind: 'flag',
    help: 'Every lock, also those of programs that may still be at work, and damaged ones. Only when you know that nothing uses the repository.',
  },
  yes: {
    ...YES,
    help: 'Do not ask. Without a terminal, locks of programs that may be at work stay unless this is given.',
  },
} as const;

/** Options of `unlock`. */
export type UnlockGiven = typeof options;

/** `holdfast unlock`. */
export const unlock: CommandTable<UnlockGiven> = {
  name: 'unlock',
  group: 'Look after the repository',
  purpose: 'Take away locks that programs which are gone have left behind.',
  details: [
    'It is hardly ever needed: every command takes away the locks of programs that it knows to be gone. A lock that another machine left behind counts as old after half an hour.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast unlock', does: 'Take away locks that nobody holds any more.' },
    { line: 'holdfast unlock --all', does: 'Take away every lock, after a crash on another machine.' },
  ],
  exits: WITHOUT_LOCK,
  load: () => import('./run.ts'),
};
