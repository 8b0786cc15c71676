import { foldedText } from '@holdfast/kernel';

/** Scripts without spaces between words: each of their characters is a word of its own. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII needs nothing.
const ASCII = /^[\0-\x7f]*$/;

/** Letters, digits and marks: what words are made of. */
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** Most words of a query that count. */
const MOST_WORDS = 12;

/** Text as it is put where it is looked for: folded. */
export function searchText(text: string): string {
  const folded = foldedText(text).replaceAll('\0', ' ');
  return ASCII.test(text) ? folded : folded.replace(UNSPACED, ' $& ');
}

/**
 * A query in the words of SQLite's full-text search that finds what has all the words of `text`, each as the beginning of a word; `undefined` where
 * it has none. Whatever it holds is data: words are quoted, and have no quotes in them.
 */
export function searchQuery(text: string): string | undefined {
  const phrases: string[] = [];
  for (const piece of text.split(/\s+/)) {
    // What is written without spaces stands together: `IMG_2024` are two words, one after the other.
    const words = searchText(piece).match(WORD);
    if (words !== null && phrases.length < MOST_WORDS) phrases.push(`"${words.join(' ')}" *`);
  }
  return phrases.length === 0 ? undefined : phrases.join(' AND ');
}

/** Units of a text that are looked through for what was found. */
const MOST_LOOKED_AT = 20_000;
const BEFORE = 40;
const LONGEST = 160;

/** The part of a text where the first of the words is, on one line; its beginning where that is not found. */
export function snippet(text: string, looked = ''): string {
  const line = text.slice(0, MOST_LOOKED_AT).normalize('NFC');
  const [word] = foldedText(looked).match(WORD) ?? [];
  // Folding one composed character gives one, as a rule; else the place is near.
  const at = word === undefined ? -1 : foldedText(line).indexOf(word);
  const from = at <= BEFORE ? 0 : at - BEFORE;
  const cut = line
    .slice(from, from + LONGEST)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return `${from > 0 ? '…' : ''}${cut.toWellFormed()}${line.length > from + LONGEST ? '…' : ''}`;
}
