/** Texts that break whoever reads rows by guessing: what a person, or someone who means harm, may have written. */
export const NASTY_TEXTS: readonly string[] = [
  'Two lines\nof one message',
  'a, b=c, d=NULL',
  'forged\nRow: 1 _id=2, thread_id=1, address=+351910000002, body=not a row',
  'No result found.',
  'NULL',
  '',
  ' spaces at both ends ',
  '👩‍👩‍👧‍👦 and é and é',
  'مرحبا, שלום',
  'it\'s $(id) `id` "quoted" \\n back\\slash',
  'tab\there and return\r\nthere',
  "'; DROP TABLE sms; --",
  '--user 0',
  'x:s:y',
  '\u0001control\u007f',
];

/** People, with numbers that nobody has. */
export const PEOPLE: readonly (readonly [given: string, family: string])[] = [
  ['Bela', 'Santos'],
  ['Caio', "O'Neill"],
  ['Dina', 'Ferreira, Lda.'],
  ['Eduardo', ''],
  ['Fátima', 'Nunes'],
  ['Gil', 'Zé "Gê" Alves'],
  ['Hana', '山田'],
  ['Ivo', 'Ivanov'],
  ['Jo', 'Lee'],
  ['Kim', 'Sol'],
];

export const numberOf = (at: number): string => `+3519${String(10_000_001 + at)}`;

const PLAIN: readonly string[] = [
  'On my way.',
  'See you at eight?',
  'The photos are on the table, look.',
  'Running late, start without me',
  'Obrigada 🙏',
  'Where did you leave the keys?',
  'https://example.org/?q=1&r=2',
];

/** What message number `at` says: the nasty ones first. */
export const textOf = (at: number): string => NASTY_TEXTS[at] ?? `${PLAIN[at % PLAIN.length] ?? ''} (${at})`;
