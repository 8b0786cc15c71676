import { WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { parseSubset } from './read-data.ts';

const options = {
  readData: {
    kind: 'flag',
    help: 'Read and open everything that is stored, too: it proves the whole repository.',
  },
  readDataSubset: {
    kind: 'value',
    metavar: 'PART',
    help: 'Read only a part of it: "1/7" is the first of seven parts (all seven together are everything), "5%" is picked at random.',
    parse: parseSubset,
  },
} as const;

/** Options of `check`. */
export type CheckGiven = typeof options;

/** `holdfast check`. */
export const check: CommandTable<CheckGiven> = {
  name: 'check',
  group: 'Look after the repository',
  purpose: 'Look for damage, and say what repairs it.',
  details: [
    'Without options it looks at the structure: keys, index, sizes of packs, backups, every folder, and whether each part of each file is there. Nothing is changed.',
    'Each thing found is a sentence with the command that undoes it. Notes are about what was left behind and does no harm.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast check', does: 'Look at the structure: quick, worth doing every week.' },
    {
      line: 'holdfast check --read-data-subset 1/7',
      does: 'Read a seventh of all data; 2/7 the next day, and so on.',
    },
  ],
  exits: {
    ...WITH_LOCK,
    0: 'There is no damage; there may be notes.',
    1: 'Damage was found, or it could not be looked for: the output says which.',
  },
  load: () => import('./run.ts'),
};
