import { DRY_RUN, WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = { dryRun: DRY_RUN } as const;

/** Options of `repair index`. */
export type RepairIndexGiven = typeof options;

/** `holdfast repair index`. */
export const repairIndex: CommandTable<RepairIndexGiven> = {
  name: 'repair index',
  group: 'Look after the repository',
  purpose: 'Make the index right again, from the packs that are there.',
  details: ['No pack is removed: what cannot be used any more goes with the next prune.'],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast repair index --dry-run', does: 'Show what is wrong with the index.' },
    { line: 'holdfast repair index', does: 'Make it right.' },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
