import { ITEM_KINDS, ITEM_STATES, REASONS, type ReasonCode } from '@holdfast/contract';
import type { CommandTable } from '#arguments/table.ts';
import { listOf, text, wholeNumber } from '#arguments/values.ts';

/** All reasons, by their codes. */
const REASON_CODES = Object.keys(REASONS) as ReasonCode[];

const options = {
  state: {
    kind: 'value',
    metavar: 'LIST',
    help: `Only items in these states, with commas: ${ITEM_STATES.join(', ')}.`,
    parse: listOf(ITEM_STATES),
    completion: ITEM_STATES,
  },
  reason: {
    kind: 'value',
    metavar: 'LIST',
    help: 'Only items with these reasons, with commas: as --json prints them.',
    parse: listOf(REASON_CODES),
    completion: REASON_CODES,
  },
  kind: {
    kind: 'value',
    metavar: 'LIST',
    help: `Only items of these kinds, with commas: ${ITEM_KINDS.join(', ')}.`,
    parse: listOf(ITEM_KINDS),
    completion: ITEM_KINDS,
  },
  path: {
    kind: 'value',
    metavar: 'PATH',
    help: 'Only what is at this path, and below it.',
    parse: text,
  },
  text: {
    kind: 'value',
    metavar: 'TEXT',
    help: 'Only items with this text in their path or, of a contact, message or call, in their title.',
    parse: text,
  },
  gone: { kind: 'flag', help: 'Items that are no longer on the device, instead of those that are.' },
  limit: {
    kind: 'value',
    metavar: 'N',
    help: 'List so many at most, 0 for all; default: 50, and all with --json.',
    parse: wholeNumber(0),
  },
} as const;

/** Options of `items`. */
export type ItemsGiven = typeof options;

/** `holdfast items`. */
export const items: CommandTable<ItemsGiven> = {
  name: 'items',
  group: 'Back up and restore',
  purpose: 'Say what became of every item of a device: its state, why, since when, and what to do.',
  details: [
    'Every file, contact, message, call, event, app and setting that was ever seen on a device is in one state: verified (stored, read back and equal), waiting, skipped or failed. First come the counts, each with the command that lists what it counts; then, unless something else is asked for, the items that are not verified.',
  ],
  positionals: [
    {
      metavar: 'DEVICE',
      help: 'A device by its name or id, or by how one of them begins; default: the only one there is.',
      isOptional: true,
    },
  ],
  options,
  examples: [
    {
      line: 'holdfast items',
      does: 'Count the items of the only device, and list those that are not verified.',
    },
    {
      line: 'holdfast items "Google Pixel" --kind photo,video --state failed',
      does: 'List photos and videos that could not be backed up, and why.',
    },
    {
      line: 'holdfast items "Google Pixel" --json > ledger.ndjson',
      does: 'Keep the whole ledger of a device.',
    },
  ],
  exits: { 0: undefined, 1: undefined, 2: undefined, 130: undefined },
  load: () => import('./run.ts'),
};
