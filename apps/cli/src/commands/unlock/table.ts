import type { CommandTable } from '#arguments/table.ts';

const options = {
  all: {
    kind: 'flag',
    help: 'Every lock, also those of programs that may still be at work, and damaged ones. Only when you know that nothing uses the repository.',
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
  exits: { 0: undefined, 1: undefined, 2: undefined, 10: undefined, 12: undefined, 130: undefined },
  load: () => import('./run.ts'),
};
