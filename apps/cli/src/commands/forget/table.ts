import { DRY_RUN, NAMING_BACKUPS, WITH_LOCK, YES } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { text } from '#arguments/values.ts';
import { parseKeepCount, parseKeepTags, parseKeepWithin } from './keep-values.ts';

const counted = <const Help extends string>(help: Help) =>
  ({ kind: 'value', metavar: 'N', help, parse: parseKeepCount }) as const;

const within = <const Help extends string>(help: Help) =>
  ({ kind: 'value', metavar: 'TIME', help, parse: parseKeepWithin }) as const;

const options = {
  keepLast: counted('Keep the newest N; -1 keeps all, here and below.'),
  keepHourly: counted('Keep the newest of each of the last N hours that have one.'),
  keepDaily: counted('The same for days.'),
  keepWeekly: counted('The same for weeks.'),
  keepMonthly: counted('The same for months.'),
  keepYearly: counted('The same for years.'),
  keepWithin: within('Keep all of so long before the newest: "2y5m7d3h" is years, months, days and hours.'),
  keepWithinHourly: within('Keep one an hour of so long before the newest.'),
  keepWithinDaily: within('Keep one a day.'),
  keepWithinWeekly: within('Keep one a week.'),
  keepWithinMonthly: within('Keep one a month.'),
  keepWithinYearly: within('Keep one a year.'),
  keepTag: {
    kind: 'values',
    metavar: 'TAGS',
    help: 'Keep those that have this tag, or all of several with commas between. May be given many times.',
    parse: parseKeepTags,
  },
  device: {
    kind: 'value',
    metavar: 'DEVICE',
    help: 'Only backups of this device: its name, or its id.',
    parse: text,
  },
  allowRemoveAll: { kind: 'flag', help: 'A device may lose its last backup.' },
  prune: { kind: 'flag', help: 'Then make room, as "holdfast prune" does.' },
  dryRun: DRY_RUN,
  yes: YES,
} as const;

/** Options of `forget`. */
export type ForgetGiven = typeof options;

/** `holdfast forget`. */
export const forget: CommandTable<ForgetGiven> = {
  name: 'forget',
  group: 'Look after the repository',
  purpose: 'Remove old backups: those you name, or all but those a rule keeps.',
  details: [
    'Rules look at the backups of each device by themselves; what any rule keeps stays. Room is made only by "holdfast prune", or with --prune.',
    NAMING_BACKUPS,
  ],
  positionals: [{ metavar: 'BACKUP', help: 'The backups to remove.', isOptional: true, isMany: true }],
  options,
  examples: [
    {
      line: 'holdfast forget --keep-daily 7 --keep-weekly 8 --keep-monthly 24 --dry-run',
      does: 'Show what a rule would remove and keep, and why.',
    },
    { line: 'holdfast forget 4f1c2d3e --prune', does: 'Remove one backup, and what only it needed.' },
  ],
  exits: WITH_LOCK,
  load: () => import('./run.ts'),
};
