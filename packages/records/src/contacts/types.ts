/**
 * The words for Android's numbers of types, by number (ContactsContract.CommonDataKinds, `TYPE_…`): the word of
 * number 2 of phones is `TYPES.phones[2]`.
 */
export const TYPES = {
  nicknames: ['custom', 'default', 'other', 'maiden-name', 'short-name', 'initials'],
  phones: [
    'custom',
    'home',
    'mobile',
    'work',
    'fax-work',
    'fax-home',
    'pager',
    'other',
    'callback',
    'car',
    'company-main',
    'isdn',
    'main',
    'other-fax',
    'radio',
    'telex',
    'tty-tdd',
    'work-mobile',
    'work-pager',
    'assistant',
    'mms',
  ],
  emails: ['custom', 'home', 'work', 'other', 'mobile'],
  addresses: ['custom', 'home', 'work', 'other'],
  organisations: ['custom', 'work', 'other'],
  websites: ['custom', 'homepage', 'blog', 'profile', 'home', 'work', 'ftp', 'other'],
  events: ['custom', 'anniversary', 'other', 'birthday'],
  relations: [
    'custom',
    'assistant',
    'brother',
    'child',
    'domestic-partner',
    'father',
    'friend',
    'manager',
    'mother',
    'parent',
    'partner',
    'referred-by',
    'relative',
    'sister',
    'spouse',
  ],
  ims: ['custom', 'home', 'work', 'other'],
  sips: ['custom', 'home', 'work', 'other'],
} as const satisfies Record<string, readonly string[]>;

/** The words for Android's numbers of messengers, by number (`Im.PROTOCOL_…`); -1 is the person's own word. */
export const IM_PROTOCOLS = [
  'aim',
  'msn',
  'yahoo',
  'skype',
  'qq',
  'google-talk',
  'icq',
  'jabber',
  'netmeeting',
] as const;

/** What of a contact has types. */
export type TypedList = keyof typeof TYPES;

/** The word for a type's number: of its list, or the number itself where the list has none. */
export function typeWord(list: TypedList, number: string): string {
  const words: readonly string[] = TYPES[list];
  return /^\d{1,3}$/.test(number) ? (words[Number(number)] ?? number) : number;
}

/** The number for a type's word; the word itself where it has none. */
export function typeNumber(list: TypedList, word: string): string {
  const number = (TYPES[list] as readonly string[]).indexOf(word);
  return number < 0 ? word : String(number);
}
