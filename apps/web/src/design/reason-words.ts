import { REASONS, type ReasonCode } from '@holdfast/contract';

/** Remedies that the command line words in its own way, in words of these pages. */
const HERE: Readonly<Partial<Record<ReasonCode, string>>> = {
  'phone-refuses':
    'Nothing can be done over the cable. The overview of the device says what this phone gives.',
  'rule-type': 'Tick its type in the rules of the device, then back up again.',
  conflict: 'Restore again and choose to keep both, or to replace what is there.',
  'name-collision': 'Restore again and choose to keep both.',
  'damaged-in-backup': 'Check the whole repository, and restore this item from another backup.',
  'target-path-too-long': 'Restore the folder deep inside by itself, into a folder with a short path.',
};

/** What to do about a reason, as a person can do it here; `undefined` where there is nothing to do. */
export function remedyOf(reason: ReasonCode, remedy?: string): string | undefined {
  return HERE[reason] ?? remedy ?? remedyInList(reason);
}

function remedyInList(reason: ReasonCode): string | undefined {
  const entry = REASONS[reason];
  return 'remedy' in entry ? entry.remedy : undefined;
}
