import { DRY_RUN, WITH_LOCK, YES } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = {
  forget: {
    kind: 'flag',
    help: 'Remove the damaged backups once they are replaced, and those of which nothing is left.',
  },
  dryRun: DRY_RUN,
  yes: YES,
} as const;

/** Options of `repair snapshots`. */
export type RepairSnapshotsGiven = typeof options;

/** `holdfast repair snapshots`. */
export const repairSnapshots: CommandTable<RepairSnapshotsGiven> = {
  name: 'repair snapshots',
  group: 'Look after the repository',
  purpose: 'Save damaged backups again without what they have lost, and say what that is.',
  details: [
    'Run "holdfast repair index" before, and "holdfast repair packs" where check names packs: what they find again is not lost.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast repair snapshots --dry-run', does: 'Show what the backups have lost.' },
    { line: 'holdfast repair snapshots --forget', does: 'Replace damaged backups.' },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
