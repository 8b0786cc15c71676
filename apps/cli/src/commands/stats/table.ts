import { WITH_LOCK } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { oneOf } from '#arguments/values.ts';

const options = {
  mode: {
    kind: 'value-with-default',
    metavar: 'MODE',
    help: 'What is counted: "restore-size" (default: what giving it back writes), "files-by-contents" (equal files once), "blobs-per-file" (in each of those, each part once), or "raw-data" (what is stored for it).',
    parse: oneOf(['restore-size', 'files-by-contents', 'blobs-per-file', 'raw-data']),
    default: 'restore-size',
    completion: ['restore-size', 'files-by-contents', 'blobs-per-file', 'raw-data'],
  },
} as const;

/** Options of `stats`. */
export type StatsGiven = typeof options;

/** `holdfast stats`. */
export const stats: CommandTable<StatsGiven> = {
  name: 'stats',
  group: 'Look after the repository',
  purpose: 'Count what backups hold, and what they take.',
  positionals: [
    { metavar: 'BACKUP', help: 'Only these; without any, all backups.', isOptional: true, isMany: true },
  ],
  options,
  examples: [
    { line: 'holdfast stats latest', does: 'How much giving back the newest backup would write.' },
    {
      line: 'holdfast stats --mode raw-data',
      does: 'What all backups together take, and what compression saves.',
    },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
