import { DRY_RUN, WITH_LOCK, YES } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { parseMaxUnused } from './max-unused.ts';

const options = {
  maxUnused: {
    kind: 'value',
    metavar: 'LIMIT',
    help: 'How much that nothing needs may stay, so that less is rewritten: a share of the repository ("5%", the default), a size ("500MB"), or "unlimited" to rewrite nothing for it.',
    parse: parseMaxUnused,
    completion: ['5%', '0%', 'unlimited'],
  },
  dryRun: DRY_RUN,
  yes: YES,
} as const;

/** Options of `prune`. */
export type PruneGiven = typeof options;

/** `holdfast prune`. */
export const prune: CommandTable<PruneGiven> = {
  name: 'prune',
  group: 'Look after the repository',
  purpose: 'Make room: remove what no backup needs any more.',
  details: [
    'What backups need is saved again where it shares a file with what goes, and proved, before anything is removed. Interrupting is safe: the next prune finishes the job.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast prune --dry-run', does: 'Show how much room it would make.' },
    { line: 'holdfast prune --max-unused 0% --yes', does: 'Make all the room there is, without a question.' },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
