import type { ItemState } from './states.ts';

/** What a person is told about a reason. */
export interface ReasonEntry {
  readonly state: ItemState;
  /** A plain sentence. */
  readonly sentence: string;
  /** What to do, where there is something. */
  readonly remedy?: string;
}

/** Why an item is in its state: the closed list. A code is never renamed once released. */
export const REASONS = {
  stored: { state: 'verified', sentence: 'Saved now, read back and equal.' },
  unchanged: { state: 'verified', sentence: 'Unchanged since it was saved and proved.' },
  discovered: {
    state: 'waiting',
    sentence: 'Found on the device, not saved yet.',
    remedy: 'Nothing while a backup runs; otherwise back up.',
  },
  interrupted: {
    state: 'waiting',
    sentence: 'The backup was stopped before this item was proved.',
    remedy: 'Run the backup again: what is stored already is not sent again.',
  },
  'special-file': {
    state: 'skipped',
    sentence: 'It is a pipe, a socket or a device, and holds no content to save.',
  },
  'own-repository': {
    state: 'skipped',
    sentence: 'It is the repository that backups are written to.',
    remedy: 'Keep the repository outside the folders it backs up.',
  },
  excluded: { state: 'skipped', sentence: 'A rule for this backup leaves it out.' },
  'folder-loop': {
    state: 'skipped',
    sentence: 'It is one of the folders it lies in, seen again through a mount, and is saved there.',
  },
  'access-denied': {
    state: 'failed',
    sentence: 'This account may not read it.',
    remedy: 'Give this account permission to read it, then back up again.',
  },
  vanished: {
    state: 'failed',
    sentence: 'It was there when the folder was listed and gone when it was to be read.',
    remedy: 'Nothing, if it was deleted on purpose; otherwise back up again.',
  },
  'changed-while-reading': {
    state: 'failed',
    sentence: 'It kept changing while it was read, so no copy of it would be whole.',
    remedy: 'Close the program that writes it, then back up again.',
  },
  'read-error': {
    state: 'failed',
    sentence: 'The device reported an error while it was read.',
    remedy: 'Check the drive and its cable, then back up again.',
  },
  'path-too-long': {
    state: 'failed',
    sentence: 'Its path is longer than this system can open.',
    remedy: 'Move it up, or shorten the names of the folders above it.',
  },
  'phone-refuses': {
    state: 'skipped',
    sentence: 'This phone does not let a computer read it.',
    remedy: 'Nothing can be done over the cable; "holdfast backup --dry-run" says what this phone gives.',
  },
  'rule-type': {
    state: 'skipped',
    sentence: 'Things of this type were not chosen.',
    remedy: 'Back up again with this type in --types, or without --types.',
  },
  'rule-folder': {
    state: 'skipped',
    sentence: 'A rule of this device leaves its folder out.',
    remedy: 'Switch the folder on in the rules of the device.',
  },
  'rule-size': {
    state: 'skipped',
    sentence: 'It is larger than the rules of this device take.',
    remedy: 'Raise or remove the largest size in the rules of the device.',
  },
  'rule-age': {
    state: 'skipped',
    sentence: 'It is older than the rules of this device take.',
    remedy: 'Change or remove the first day in the rules of the device.',
  },
  'rule-item': {
    state: 'skipped',
    sentence: 'You chose that this item is never backed up.',
    remedy: 'Let it go in the list of items.',
  },
  held: {
    state: 'waiting',
    sentence: 'You hold this item back.',
    remedy: 'Let it go in the list of items.',
  },
  'phone-locked': {
    state: 'waiting',
    sentence: 'The phone was not unlocked since it started, so this is still sealed.',
    remedy: 'Unlock the phone once, then back up again.',
  },
  'newer-program': {
    state: 'failed',
    sentence: 'A newer version of this program set it aside, for a reason that this one does not know.',
    remedy: 'Update this program.',
  },
  restored: { state: 'verified', sentence: 'Given back, read back and equal.' },
  'already-there': { state: 'verified', sentence: 'The very same content is there already.' },
  conflict: {
    state: 'skipped',
    sentence: 'Something else has its name there, and was left as it is.',
    remedy: 'Restore again with --conflict rename to have both, or --conflict overwrite to replace it.',
  },
  'damaged-in-backup': {
    state: 'failed',
    sentence: 'Part of it is missing or damaged in the repository.',
    remedy: 'Run "holdfast check --read-data", and restore this item from another backup.',
  },
  'unsafe-name': {
    state: 'failed',
    sentence: 'Its name or path would lead outside the place it is to be given back to.',
    remedy: 'Do not trust this backup: no ordinary backup has such names.',
  },
  'target-refused': {
    state: 'failed',
    sentence: 'The place it is to be given back to would not take it.',
    remedy: 'Check free space and permissions there, then restore again: what is done stays done.',
  },
  'target-path-too-long': {
    state: 'failed',
    sentence: 'Its path there would be longer than this system can open.',
    remedy: 'Restore a folder deep inside by itself, as BACKUP:PATH, into a folder with a short path.',
  },
  'name-collision': {
    state: 'skipped',
    sentence:
      'Another file there, or given back with it, has the same name but for case or accents, which is one name to the phone.',
    remedy: 'Restore again with --conflict rename to have both.',
  },
  'forbidden-name': {
    state: 'failed',
    sentence: 'The memory card it is to go to cannot have a name like its.',
    remedy: 'Restore it into a folder of this computer instead.',
  },
  'too-large-there': {
    state: 'failed',
    sentence: 'It is larger than the phone, or its memory card, takes.',
    remedy: 'Restore it into a folder of this computer instead.',
  },
  'no-room-there': {
    state: 'failed',
    sentence: 'There was no room left for it.',
    remedy: 'Make room on the phone, then restore again: what is done stays done.',
  },
  'no-such-card': {
    state: 'failed',
    sentence: 'It was on a memory card, and the phone has none.',
    remedy: 'Insert a memory card and restore again, or restore it into a folder of this computer.',
  },
  'phone-refuses-writing': {
    state: 'failed',
    sentence: 'This phone does not let a computer write it.',
    remedy:
      'On a Xiaomi phone switch on "USB debugging (Security settings)" and "Install via USB" in the developer options, then restore again; otherwise restore it into a folder.',
  },
  'not-given-back-here': {
    state: 'skipped',
    sentence: 'A computer cannot put this into a phone.',
    remedy: 'Restore it into a folder of this computer, where it is a file of an open format.',
  },
  'newer-there': {
    state: 'skipped',
    sentence: 'The phone has a newer version of this app, which is never replaced by an older one.',
  },
  'app-refused': {
    state: 'failed',
    sentence: 'The phone did not install the app.',
    remedy: 'See what the phone said, and install the app from its store where that does not help.',
  },
  'differs-after-writing': {
    state: 'failed',
    sentence: 'It was written, but reads back different.',
    remedy: 'Restore it again; if it stays so, do not trust the drive or phone it was written to.',
  },
} as const satisfies Record<string, ReasonEntry>;

/** A code of {@link REASONS}. */
export type ReasonCode = keyof typeof REASONS;

/** The entry of a reason. */
export function reasonEntry(code: ReasonCode): ReasonEntry {
  return REASONS[code];
}
