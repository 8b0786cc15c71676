import type { CommandTable } from '#arguments/table.ts';
import { text } from '#arguments/values.ts';

const options = {
  code: {
    kind: 'value',
    metavar: 'CODE',
    help: 'The six digits that the phone shows; without it you are asked.',
    parse: text,
  },
} as const;

/** Options of `pair`. */
export type PairGiven = typeof options;

/** `holdfast pair`. */
export const pair: CommandTable<PairGiven> = {
  name: 'pair',
  group: 'Back up and restore',
  purpose: 'Make this computer known to a phone in the same Wi-Fi, so that no cable is needed.',
  details: [
    'For Android 11 and later. On the phone: Settings, Developer options, Wireless debugging (switch it on), "Pair device with pairing code". Keep that dialog open: it shows a code, and an address with a port.',
    'Without HOST:PORT the phone is looked for in the network. Pairing is needed once; wireless debugging itself may be off again after the phone restarts.',
  ],
  positionals: [
    {
      metavar: 'HOST:PORT',
      help: 'The address in the dialog; default: the phone whose dialog is open.',
      isOptional: true,
    },
  ],
  options,
  examples: [
    { line: 'holdfast pair', does: 'Look for the open dialog, ask for its code, and pair.' },
    { line: 'holdfast pair 192.168.1.7:37123 --code 482924', does: 'Pair with what the dialog shows.' },
  ],
  exits: { 0: undefined, 1: undefined, 2: undefined, 130: undefined },
  load: () => import('./run.ts'),
};
