import { DRY_RUN, WITH_LOCK, YES } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = { dryRun: DRY_RUN, yes: YES } as const;

/** Options of `repair packs`. */
export type RepairPacksGiven = typeof options;

/** `holdfast repair packs`. */
export const repairPacks: CommandTable<RepairPacksGiven> = {
  name: 'repair packs',
  group: 'Look after the repository',
  purpose: 'Take damaged packs out, and save again what is whole of them.',
  details: [
    '"holdfast check --read-data" names the packs. What is lost comes back with the next backup of a folder that still has it; for what does not, run "holdfast repair snapshots" afterwards.',
  ],
  positionals: [{ metavar: 'PACK', help: "The first digits of a damaged pack's id.", isMany: true }],
  options,
  examples: [
    {
      line: 'holdfast repair packs 4f1c2d3e --dry-run',
      does: 'Show what is whole of a pack, and what is lost.',
    },
    { line: 'holdfast repair packs 4f1c2d3e 77aa01bc', does: 'Take two packs out.' },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
