import type { ItemType } from './states.ts';

/** Why something can or cannot be read off a phone or given back to one: the closed list. A code is never renamed once released. */
export const CAPABILITY_NOTES = {
  'app-data-private':
    'Apps are saved as they were installed; what an app keeps for itself is closed to computers without root.',
  'contact-pictures': 'Pictures of contacts are not given to a computer.',
  drafts: 'Drafts and messages that were not sent are shown to the messaging app of the phone only.',
  'settings-only-read': 'Settings are saved to be looked at; none are put into a phone.',
  'install-prompt': 'The phone may ask before each app is installed.',
  'maker-switch':
    'Phones of this maker refuse it until a second switch is on in the developer options, beside USB debugging.',
  'media-index': "Counted by the phone's own index, which may miss some files.",
  'network-names': 'Before Android 11 a phone does not tell which Wi-Fi networks it has saved.',
  'no-provider': 'This phone keeps none.',
  'not-understood': "The phone's answer is none we know.",
  'other-users': 'Other users of the phone and a work profile are not read.',
  'phone-locked': 'The phone was not unlocked since it started, so this is still sealed.',
  'phone-refuses': 'This phone does not let a computer at it.',
  voicemail: 'Calls to voicemail are not given to a computer.',
  'whole-seconds': 'Times of files come in whole seconds.',
  'wifi-passwords': 'Passwords of Wi-Fi networks are not given to a computer.',
  'write-messages':
    'The phone lets a computer write messages for as long as that is allowed, which is taken back afterwards.',
} as const satisfies Record<string, string>;

/** A code of {@link CAPABILITY_NOTES}. */
export type CapabilityCode = keyof typeof CAPABILITY_NOTES;

/** A code with its sentence. */
export interface CapabilityNote {
  readonly code: CapabilityCode;
  /** A plain sentence. */
  readonly sentence: string;
  /** What the phone said, where it said anything. */
  readonly detail?: string;
}

/** What can be done with one type of things on one phone. */
export interface Capability {
  readonly type: ItemType;
  /** `partly`: the notes say what is missing. */
  readonly canRead: 'yes' | 'partly' | 'no' | 'unknown';
  readonly readNotes: readonly CapabilityNote[];
  /** Things of the type there are; absent where that shows only when all is looked at. */
  readonly count?: number;
  /** About how much they are. */
  readonly bytes?: number;
  readonly canGiveBack: 'yes' | 'no' | 'unknown';
  readonly giveBackNotes: readonly CapabilityNote[];
}

/** What a phone gives and takes: one row a type, in the types' order, and what no phone gives. Plain data, fit for JSON. */
export interface CapabilityReport {
  readonly types: readonly Capability[];
  readonly limits: readonly CapabilityNote[];
}

/** The note of a code. */
export const capabilityNote = (code: CapabilityCode, detail?: string): CapabilityNote => ({
  code,
  sentence: CAPABILITY_NOTES[code],
  ...(detail !== undefined && detail !== '' && { detail }),
});
