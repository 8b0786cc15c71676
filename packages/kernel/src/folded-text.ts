// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII needs nothing.
const ASCII = /^[\0-\x7f]*$/;

/**
 * Accents, points of vowels and joiners, in any script; the sound marks of kana are no accents: か and が are two letters.
 *
 * Marks that are letters of one script alone, as the vowels of Devanagari, are not among them (Unicode 16, Script=Inherited; of Hebrew U+0591…05C7).
 */
const ACCENTS =
  /[\p{Script=Inherited}--[\u3099\u309a]]|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/gv;

/** What a person types for letters that have no accent to lose. */
const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    ħ: 'h',
    ı: 'i',
    ł: 'l',
    ŧ: 't',
    ς: 'σ',
  }),
);
const NOT_PLAIN = new RegExp(`[${[...PLAIN.keys()].join('')}]`, 'gu');

/**
 * Text as searches compare it: without case and accents, in one composition, so that `ecole` is in `École` and `strasse` in `Straße`. What is looked for and
 * where it is looked for are folded alike, by this. Folding folded text changes nothing; lengths may differ.
 */
export function foldedText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .toWellFormed()
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENTS, '')
    .replace(NOT_PLAIN, (letter) => PLAIN.get(letter) ?? letter)
    .normalize('NFKC');
}
