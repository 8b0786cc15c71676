import type { FaultMode } from '@holdfast/store/testing';
import type { Release, Vendor } from '@holdfast/testkit/phone';
import { type Chance, chanceOf } from './chance.ts';
import type { PhoneTold } from './phone.ts';

/** What happens to a phone and its backups, as data: a story that went wrong can be told again, whatever makes new ones. */
export interface Story {
  readonly phone: PhoneTold;
  readonly steps: readonly Step[];
}

/** One thing after another. Files and folders go by their number among those there are then, modulo how many. */
export type Step =
  | { readonly does: 'backup'; readonly faults: readonly Fault[] }
  /** The person, or an app, does so many things to the phone. */
  | { readonly does: 'change'; readonly seed: number; readonly times: number }
  /** All of a backup, into a new folder; of those there are the one with this number. */
  | { readonly does: 'restore'; readonly backup: number; readonly faults: readonly StoreFault[] }
  /** All of a backup, to the phone it is of or to another one. */
  | {
      readonly does: 'give';
      readonly backup: number;
      readonly to: 'same' | 'other';
      readonly conflict: 'skip' | 'rename';
      readonly faults: readonly Fault[];
    }
  /** The ledger is made again of what the repository says; where that goes wrong, once more. */
  | { readonly does: 'rebuild'; readonly faults: readonly StoreFault[] }
  | {
      readonly does: 'forget';
      readonly keepLast: number;
      readonly faults: readonly StoreFault[];
    }
  /** So much may stay of what is not needed. */
  | { readonly does: 'prune'; readonly maxUnusedPercent: number; readonly faults: readonly StoreFault[] }
  /** The clock of the computer moves; below 0 it is set back. */
  | { readonly does: 'clock'; readonly minutes: number };

/** What goes wrong in one run. */
export type Fault =
  /** The cable is pulled once the phone has sent so many bytes. */
  | { readonly fault: 'cut'; readonly afterBytes: number }
  /** Then nothing more comes, and nothing says so. */
  | { readonly fault: 'stall'; readonly afterBytes: number }
  /** The phone fails to give a file, at once or at this share of it. */
  | { readonly fault: 'refuse'; readonly file: number; readonly at?: number }
  /** The file has other bytes each time it was read, so often. */
  | { readonly fault: 'rewritten'; readonly file: number; readonly times: number; readonly seed: number }
  /** Reading the file brings half of it, and then it is as short as that. */
  | { readonly fault: 'shrinks'; readonly file: number }
  /** As the file is read, something happens to others. */
  | { readonly fault: 'meanwhile'; readonly file: number; readonly seed: number; readonly times: number }
  /** The folder may not be looked into. */
  | { readonly fault: 'closed'; readonly folder: number }
  /** Commands that hold these words are refused. */
  | { readonly fault: 'security'; readonly on: string }
  | { readonly fault: 'kill'; readonly atEvent: number }
  | StoreFault;

/** What goes wrong with the repository's store. */
export type StoreFault =
  | { readonly fault: 'store'; readonly at: number; readonly mode: FaultMode; readonly isLasting: boolean }
  /** The process dies at this operation, before it does anything or when it is done. */
  | { readonly fault: 'kill-storing'; readonly at: number; readonly mode: FaultMode };

const RELEASES: readonly [Release, ...Release[]] = [9, 10, 12, 14, 16];
const VENDORS: readonly [Vendor, ...Vendor[]] = ['aosp', 'samsung', 'xiaomi'];

/** The story of a seed. */
export function storyOf(seed: number): Story {
  const chance = chanceOf(seed);
  const phone = {
    seed: chance.seed(),
    release: chance.pick(RELEASES),
    vendor: chance.pick(VENDORS),
    files: 2 + chance.ofAnySize(30),
    messages: chance.is(0.7) ? chance.ofAnySize(12) : 0,
    multimedia: chance.is(0.3) ? 1 + chance.below(2) : 0,
    hasRecords: chance.is(0.4),
    hasCard: chance.is(0.3),
  };
  // Without a backup there is little to lose.
  const steps: Step[] = chance.is(0.6) ? [{ does: 'backup', faults: [] }, stepOf('change', chance)] : [];
  const most = 3 + chance.below(6);
  while (steps.length < most) {
    const does = chance.weighed(WEIGHTS);
    steps.push(stepOf(does, chance));
    // Between most backups something changes, else there is nothing to find out.
    if (does === 'backup' && chance.is(0.6)) steps.push(stepOf('change', chance));
    if (does === 'forget' && chance.is(0.6)) steps.push(stepOf('prune', chance));
  }
  return { phone, steps: steps.slice(0, 8) };
}

const WEIGHTS: readonly (readonly [weight: number, does: Step['does']])[] = [
  [10, 'backup'],
  [3, 'change'],
  [3, 'restore'],
  [4, 'give'],
  [1, 'rebuild'],
  [2, 'forget'],
  [2, 'prune'],
  [2, 'clock'],
];

function stepOf(does: Step['does'], chance: Chance): Step {
  switch (does) {
    case 'backup':
      return { does, faults: faultsBy(chance) };
    case 'change':
      return { does, seed: chance.seed(), times: 1 + chance.below(8) };
    case 'restore':
      return { does, backup: chance.below(10), faults: storeFaultsBy(chance, 0.2) };
    case 'give': {
      const to = chance.pick(['same', 'other'] as const);
      const conflict = chance.pick(['skip', 'rename'] as const);
      return { does, backup: chance.below(10), to, conflict, faults: giveFaultsBy(chance) };
    }
    case 'rebuild':
      return { does, faults: storeFaultsBy(chance, 0.3) };
    case 'forget':
      return { does, keepLast: 1 + chance.below(2), faults: storeFaultsBy(chance, 0.3) };
    case 'prune':
      return { does, maxUnusedPercent: chance.is(0.8) ? 0 : 5, faults: storeFaultsBy(chance, 0.4) };
    case 'clock': {
      const size = chance.pick([1, 60, 24 * 60, 40 * 24 * 60]);
      return { does, minutes: (chance.is(0.4) ? -1 : 1) * (1 + chance.below(size)) };
    }
  }
}

function faultsBy(chance: Chance): Fault[] {
  if (chance.is(0.45)) return [];
  const faults: Fault[] = [];
  const count = 1 + chance.ofAnySize(3);
  for (let at = 0; at < count; at++) faults.push(faultBy(chance));
  return faults;
}

function faultBy(chance: Chance): Fault {
  const file = chance.below(1000);
  const afterBytes = 200 + (chance.is(0.3) ? chance.ofAnySize(600_000) : chance.below(300_000));
  return chance.weighed<() => Fault>([
    [4, () => ({ fault: 'cut', afterBytes })],
    [2, () => ({ fault: 'stall', afterBytes })],
    [2, () => ({ fault: 'refuse', file, ...(chance.is(0.5) && { at: chance.below(100) / 100 }) })],
    [2, () => ({ fault: 'rewritten', file, times: 1 + chance.below(6), seed: chance.seed() })],
    [2, () => ({ fault: 'shrinks', file })],
    [3, () => ({ fault: 'meanwhile', file, seed: chance.seed(), times: 1 + chance.below(4) })],
    [2, () => ({ fault: 'closed', folder: file })],
    [
      2,
      () => ({
        fault: 'security',
        on: chance.pick(['content://sms', 'content://mms', 'content://mms/part', 'content query']),
      }),
    ],
    [3, () => ({ fault: 'kill', atEvent: chance.ofAnySize(120) })],
    [5, () => storeFaultBy(chance)],
  ])();
}

/** What concerns files of the phone is left to backups. */
const giveFaultsBy = (chance: Chance): Fault[] =>
  faultsBy(chance).filter((each) => !('file' in each || 'folder' in each));

const storeFaultsBy = (chance: Chance, share: number): StoreFault[] =>
  chance.is(share) ? [storeFaultBy(chance)] : [];

function storeFaultBy(chance: Chance): StoreFault {
  const at = 1 + chance.ofAnySize(60);
  const mode = chance.pick(['before', 'after'] as const);
  return chance.is(0.4)
    ? { fault: 'kill-storing', at, mode }
    : { fault: 'store', at, mode, isLasting: chance.is(0.5) };
}

/** A story a person can read, and put into a table of past ones. */
export function tell({ phone, steps }: Story): string {
  const lines = steps.map((step) => `    ${line(step)},`);
  return ['{', `  phone: ${line(phone)},`, '  steps: [', ...lines, '  ],', '}'].join('\n');
}

/** As a line of the program. */
const line = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll(/"(\w+)":/g, ' $1: ')
    .replaceAll(/,(?= )/g, ',')
    .replaceAll(/(?<=[^ ])\}/g, ' }')
    .replaceAll('"', "'");
