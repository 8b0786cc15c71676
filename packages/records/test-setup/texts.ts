import fc from 'fast-check';

/** What breaks lines, quotes, escapes and encodings, whole properties among it. */
const NASTY = [
  '\r',
  '\n',
  '\r\n',
  '\0',
  '\t',
  '\x0b',
  '\x1b',
  '\x7f',
  '\x85',
  '\u2028',
  '\u2029',
  '\ud800',
  '\udc00',
  '\ufffd',
  '\ufeff',
  '😀',
  'é',
  '"',
  "'",
  '^',
  '^n',
  '^^',
  '\\',
  '\\n',
  '\\;',
  ';',
  ',',
  ':',
  '=',
  ' ',
  'NULL',
  'END:VCARD',
  'END:VEVENT',
  '\r\nEND:VCALENDAR\r\n',
  '\r\n ',
  '\nX-EVIL:1',
  '\rX-EVIL:1',
  'Row: 1 _id=2, body=',
  'mailto:',
];

/** Any text: every UTF-16 unit may be in it, alone too. */
export const texts = fc.string({
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
  ),
  maxLength: 40,
});

/** Any text but the empty one. */
export const someTexts = texts.filter((text) => text !== '');

/** Names of columns: the usual, and any. */
export const columnNames = fc.oneof(
  fc.constantFrom('_id', 'address', 'body', 'date', '__proto__', 'constructor', 'toString', '0'),
  texts,
);

/** A row. */
export const columns = fc
  .array(fc.tuple(columnNames, texts), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries) as Record<string, string>);

/** An object with these members, each of them absent at times: what an optional member of ours is. */
export function partly<T extends object>(
  members: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> },
): fc.Arbitrary<T> {
  return fc.record(members, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<T>;
}
