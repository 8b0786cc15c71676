import type { CommandTable } from '#arguments/table.ts';
import { bad, text } from '#arguments/values.ts';

/** The port when nobody names one. */
const PORT = 4747;

function port(given: string, option: string): number {
  const number = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (!(number <= 65_535)) throw bad(option, given, 'a port from 0 to 65535; 0 is any that is free');
  return number;
}

const options = {
  port: {
    kind: 'value-with-default',
    metavar: 'PORT',
    help: `The port to listen at; default: ${PORT}.`,
    parse: port,
    default: PORT,
  },
  host: {
    kind: 'value',
    metavar: 'ADDRESS',
    help: 'Listen at this address, so that other computers can come in: 0.0.0.0 for all networks. Needs an access password; what goes over the network is not encrypted.',
    parse: text,
  },
  noOpen: { kind: 'flag', help: 'Do not open the browser.' },
  setPassword: {
    kind: 'flag',
    help: 'Set the access password that other computers need, and end. It is not the one of the repository.',
  },
  newPasswordFile: {
    kind: 'value',
    metavar: 'FILE',
    help: 'With --set-password: the file with the new password; without one you are asked.',
    parse: text,
    completion: 'file',
  },
} as const;

/** Options of `serve`. */
export type ServeGiven = typeof options;

/** `holdfast serve`, and `holdfast` alone. */
export const serve: CommandTable<ServeGiven> = {
  name: 'serve',
  group: 'Back up and restore',
  purpose: 'Start the app: everything Holdfast does, in the browser. "holdfast" alone does the same.',
  details: [
    'It is for this computer alone unless --host says otherwise. A browser comes in by the link that is printed: it is good once, for a quarter of an hour.',
    'While it runs, devices are backed up by themselves as their rules say. Ctrl-C ends it; what was under way goes on when it is started again.',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast serve', does: 'Start the app, and open it in the browser.' },
    {
      line: 'holdfast serve --set-password',
      does: 'Set the password for coming in from other computers.',
    },
    {
      line: 'holdfast serve --host 0.0.0.0 --no-open',
      does: 'On a computer without a screen: let others of the network come in, with that password.',
    },
  ],
  exits: {
    0: 'Ended, as asked; or the password is set.',
    1: undefined,
    2: undefined,
    12: 'Nothing says what the password should be.',
    130: 'Interrupted before it had started.',
  },
  load: () => import('./run.ts'),
};
