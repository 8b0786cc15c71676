import { decodeName, encodeName } from '@holdfast/kernel';

/** What stands for a character of a class, by how many bytes of UTF-8 it has: a masked text is as long as it was. */
type Stands = readonly [two: string, three: string, four: string];

const SMALL: Stands = ['é', '語', '\u{20000}'];
const CAPITAL: Stands = ['É', '語', '\u{20000}'];
const MARK: Stands = ['\u0301', '\u0901', '\u{e0100}'];
const DIGIT: Stands = ['٩', '９', '\u{1d7d7}'];
const SYMBOL: Stands = ['©', '☺', '🙂'];
const UNKNOWN: Stands = ['\u0378', '\ue000', '\u{f0000}'];
const TAG = '\u{e0020}';

/** A byte that is no UTF-8, as names hold it. */
const NO_TEXT = '\udcff';

const CLASSES: readonly (readonly [RegExp, Stands])[] = [
  [/[\p{Lu}\p{Lt}]/u, CAPITAL],
  [/\p{L}/u, SMALL],
  // This one says that a symbol is drawn in colour, and nothing more.
  [/(?!\ufe0f)\p{M}/u, MARK],
  [/\p{N}/u, DIGIT],
  [/\p{So}|\p{Emoji_Modifier}/u, SYMBOL],
  [/[\p{Co}\p{Cn}]/u, UNKNOWN],
];

/** Digits of hexadecimal, a digit early among them, by themselves, or in groups: serial numbers, addresses of radios, ids. */
const HEX =
  /(?<![\p{L}\p{N}])(?=[0-9A-Fa-f][0-9A-Fa-f:-]{3})(?=[A-Fa-f:-]{0,64}[0-9])[0-9A-Fa-f]+(?:[:-][0-9A-Fa-f]+){0,32}(?![\p{L}\p{N}])/gu;

/**
 * The text with nothing left of it but its form: small letters are `x`, capitals `X`, digits `9`; letters, digits and symbols of other
 * scripts one of theirs that takes as many bytes. What reads rows by their punctuation meets the same as before: punctuation,
 * spaces, line ends and control characters stay. A number of hexadecimal digits stays one.
 *
 * The same text gives the same again, others may give it too.
 */
export function maskText(text: string): string {
  let masked = '';
  let from = 0;
  for (const { 0: digits, index } of text.matchAll(HEX)) {
    masked += maskPlain(text.slice(from, index)) + maskHexadecimal(digits);
    from = index + digits.length;
  }
  return masked + maskPlain(text.slice(from));
}

const maskHexadecimal = (digits: string): string =>
  digits.replace(/[a-f]/g, 'a').replace(/[A-F]/g, 'A').replace(/[0-9]/g, '9');

function maskPlain(text: string): string {
  let masked = '';
  for (const character of text) masked += maskCharacter(character);
  return masked;
}

function maskCharacter(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) {
    if (point >= 0x61 && point <= 0x7a) return 'x';
    if (point >= 0x41 && point <= 0x5a) return 'X';
    return point >= 0x30 && point <= 0x39 ? '9' : character;
  }
  if (point >= 0xd800 && point <= 0xdfff) return NO_TEXT;
  const stands = CLASSES.find(([pattern]) => pattern.test(character))?.[1];
  // The invisible ones of four bytes spell text.
  if (stands === undefined) return point > 0xffff && /\p{Cf}/u.test(character) ? TAG : character;
  return stands[point < 0x800 ? 0 : point < 0x10000 ? 1 : 2];
}

/** Hexadecimal digits of as many bytes: of masked text, or of nothing where they are no text. */
export function maskHex(digits: string): string {
  const bytes = Uint8Array.fromHex(digits);
  const text = decodeName(bytes);
  const masked = text.isWellFormed() ? encodeName(maskPlain(text)) : bytes.fill(0xff);
  return masked.toHex().toUpperCase();
}
