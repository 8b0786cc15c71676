import type { CommandTable, NoOptions } from '#arguments/table.ts';

/** `holdfast version`. */
export const version: CommandTable<NoOptions> = {
  name: 'version',
  group: 'Set up',
  purpose: 'Show which version this is, and what it runs on.',
  positionals: [],
  options: {},
  examples: [
    { line: 'holdfast version', does: 'For a bug report.' },
    { line: 'holdfast version --json', does: 'The same, for a program.' },
  ],
  exits: { 0: undefined, 2: undefined },
  load: () => import('./run.ts'),
};
