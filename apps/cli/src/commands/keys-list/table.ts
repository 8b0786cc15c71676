import { WITHOUT_LOCK } from '#arguments/shared.ts';
import type { CommandTable, NoOptions } from '#arguments/table.ts';

/** `holdfast keys list`. */
export const keysList: CommandTable<NoOptions> = {
  name: 'keys list',
  group: 'Look after the repository',
  purpose: 'List the keys: each is one password that opens the repository.',
  positionals: [],
  options: {},
  examples: [
    { line: 'holdfast keys', does: 'List them; "list" may be left out.' },
    { line: 'holdfast keys list --json', does: 'The same, for a program.' },
  ],
  exits: WITHOUT_LOCK,
  load: () => import('./run.ts'),
};
