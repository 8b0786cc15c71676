import type { CommandTable, NoOptions } from '#arguments/table.ts';

/** `holdfast help`. */
export const help: CommandTable<NoOptions> = {
  name: 'help',
  group: 'Set up',
  purpose: 'Show everything about one command, or list them all.',
  positionals: [
    {
      metavar: 'COMMAND',
      help: 'The command, or the group of them: "restore", "keys add", "keys".',
      isOptional: true,
      isMany: true,
    },
  ],
  options: {},
  examples: [
    { line: 'holdfast help restore', does: 'What restore takes, with examples.' },
    { line: 'holdfast help', does: 'List every command.' },
  ],
  exits: { 0: undefined, 2: undefined },
  load: () => import('./run.ts'),
};
