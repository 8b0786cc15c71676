import type { CommandTable, Flag, Value } from './table.ts';
import { text } from './values.ts';

/** Options that mean the same wherever they are. */
export const DRY_RUN: Flag = { kind: 'flag', help: 'Only show what would be done.' };

/** Options of commands that remove something. */
export const YES: Flag = {
  kind: 'flag',
  short: 'y',
  help: 'Do not ask. Without a terminal nothing is ever asked.',
};

/** The option of commands that set a password. */
export const NEW_PASSWORD_FILE: Value<string> = {
  kind: 'value',
  metavar: 'FILE',
  help: 'The file with the new password; without one you are asked.',
  parse: text,
  completion: 'file',
};

/** The option of commands that speak with phones. */
export const RECORD: Value<string> = {
  kind: 'value',
  metavar: 'FILE',
  help: 'Write what phones are asked and answer into this new file, masked: without names, numbers, texts or contents. Look through it before you send it to anyone.',
  parse: text,
  completion: 'file',
};

/** Statuses of commands that open the repository and take no lock. */
export const WITHOUT_LOCK: CommandTable['exits'] = {
  0: undefined,
  1: undefined,
  2: undefined,
  10: undefined,
  12: undefined,
  130: undefined,
};

/** Statuses of commands that open the repository and take a lock. */
export const WITH_LOCK: CommandTable['exits'] = { ...WITHOUT_LOCK, 11: undefined };

/** How a BACKUP can be named, for help. */
export const NAMING_BACKUPS =
  'BACKUP is "latest", "latest@DEVICE" (a name or an id that "holdfast backups" lists), or the first digits, at least four, of a backup\'s id.';

/** What a PATH is, for help. */
export const NAMING_PATHS =
  'PATH starts at the root of the backup with a leading "/", as "holdfast ls" prints it; without one, and by default, in the folder that was backed up.';
