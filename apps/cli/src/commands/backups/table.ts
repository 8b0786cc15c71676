import { WITHOUT_LOCK } from '#arguments/shared.ts';
import type { CommandTable, NoOptions } from '#arguments/table.ts';

/** `holdfast backups`. */
export const backups: CommandTable<NoOptions> = {
  name: 'backups',
  group: 'Back up and restore',
  purpose: 'List the backups in the repository, those of each device together, the newest last.',
  positionals: [
    { metavar: 'DEVICE', help: 'Only those of this device: its name, or its id.', isOptional: true },
  ],
  options: {},
  examples: [
    { line: 'holdfast backups', does: 'List all backups.' },
    { line: 'holdfast backups Pictures --json', does: 'Those of one device, for a program.' },
  ],
  exits: { ...WITHOUT_LOCK, 3: 'Some backups are damaged and not listed: they are named on stderr.' },
  load: () => import('./run.ts'),
};
