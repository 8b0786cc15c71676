import type { GivenOptions } from './table.ts';
import { text } from './values.ts';

/** Options that every command takes. */
export const GLOBAL_OPTIONS = {
  repository: {
    kind: 'value',
    short: 'r',
    metavar: 'FOLDER',
    help: 'The repository; default: HOLDFAST_REPOSITORY, or the one in the home folder.',
    parse: text,
    completion: 'folder',
  },
  passwordFile: {
    kind: 'value',
    short: 'p',
    metavar: 'FILE',
    help: 'The file with its password; default: HOLDFAST_PASSWORD_FILE, HOLDFAST_PASSWORD, or the one in the home folder.',
    parse: text,
    completion: 'file',
  },
  json: {
    kind: 'flag',
    help: 'One JSON object a line, each with a "type": results on stdout, the rest on stderr.',
  },
  quiet: { kind: 'flag', short: 'q', help: 'Results and failures only: no progress, no notes.' },
  verbose: { kind: 'flag', short: 'v', help: 'With a failure, also where it came from.' },
  noColor: { kind: 'flag', help: 'No colours; the variable NO_COLOR does the same.' },
  help: { kind: 'flag', short: 'h', help: 'Show this help.' },
} as const;

/** What was given for {@link GLOBAL_OPTIONS}. */
export type GlobalOptions = GivenOptions<typeof GLOBAL_OPTIONS>;
