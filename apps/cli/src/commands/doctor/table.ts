import { RECORD } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';
import { text } from '#arguments/values.ts';

const options = {
  fix: {
    kind: 'value',
    metavar: 'CODE',
    help: 'Show what the fix of that code would do, ask, do it, and look whether something moved.',
    parse: text,
  },
  undo: {
    kind: 'value',
    metavar: 'ID',
    help: 'Put back what a fix changed, exactly as it was; also of one that was cut off.',
    parse: text,
  },
  records: { kind: 'flag', help: 'List the fixes that were carried out on the phone.' },
  evidence: { kind: 'flag', help: 'Show everything that was asked, too.' },
  readScreen: {
    kind: 'flag',
    help: 'Read what Google Photos shows even where that stops TalkBack or another screen reader for a moment.',
  },
  self: {
    kind: 'flag',
    help: 'Say what is wrong with Holdfast itself: its repository and drive, its runs, and its devices.',
  },
  iphone: {
    kind: 'flag',
    help: 'Say what to check on an iPhone by hand, in order, and what no computer can be told by one.',
  },
  yes: {
    kind: 'flag',
    short: 'y',
    help: 'Do not ask, for fixes that can be put back. What cannot be undone is always asked.',
  },
  record: RECORD,
} as const;

/** Options of `doctor`. */
export type DoctorGiven = typeof options;

/** `holdfast doctor`. */
export const doctor: CommandTable<DoctorGiven> = {
  name: 'doctor',
  group: 'Back up and restore',
  purpose: 'Say why Google Photos on a phone is not backing up, and mend it.',
  details: [
    'The phone is asked, and nothing is changed. The report says what stands out first, then the fixes in safe order: what changes nothing before what can be put back, and what cannot be undone last.',
    'With --fix, what is so before is written down, the change is read back, and it is looked whether something moved. --undo puts it back. Before anything that cannot be undone, all photos and videos are backed up and audited, unless you type the words that waive it.',
  ],
  positionals: [
    {
      metavar: 'DEVICE',
      help: 'The phone, by the name or id that "holdfast devices" lists; default: the phone in sight.',
      isOptional: true,
    },
  ],
  options,
  examples: [
    { line: 'holdfast doctor', does: 'Say what keeps Google Photos from backing up.' },
    { line: 'holdfast doctor --fix allow-background', does: 'Let it run in the background again.' },
    { line: 'holdfast doctor --records', does: 'List what was done, with the ids for --undo.' },
    {
      line: 'holdfast doctor --fix back-up-here',
      does: 'Back all photos and videos up with Holdfast, with proof.',
    },
  ],
  exits: {
    0: 'Nothing stands out, or the fix moved something.',
    1: undefined,
    2: undefined,
    3: 'Complaints remain, or the fix moved nothing.',
    10: undefined,
    11: undefined,
    12: undefined,
    130: undefined,
  },
  load: () => import('./run.ts'),
};
