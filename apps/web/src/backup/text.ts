/** More than this of a message is shown only when asked for. */
const SHOWN = 1200;
const SHOWN_LINES = 30;

/** Gives the beginning of a long text, cut at a line or a word, and how much of it there is in all; nothing where all of it is short. */
export function beginningOf(text: string): string | undefined {
  let end = text.length > SHOWN ? SHOWN : -1;
  let line = -1;
  for (let lines = 0; lines < SHOWN_LINES; lines += 1) {
    line = text.indexOf('\n', line + 1);
    if (line < 0) break;
  }
  if (line >= 0 && (end < 0 || line < end)) end = line;
  if (end < 0) return undefined;
  const cut = text.slice(0, end);
  const space = cut.lastIndexOf(' ');
  const whole = space > Math.max(0, end - 80) ? cut.slice(0, space) : cut;
  // Half of a character is none.
  return whole.replace(/[\ud800-\udbff]$/, '');
}

/**
 * Gives text of several lines as it can be shown: line breaks stay, other control characters and marks that turn the direction of writing are
 * replaced, as are bytes that are no text.
 */
export function showLines(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- these are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
  );
}

/** Gives the parts of a text, with those apart that were looked for; words of the question are found in any case. */
export function foundIn(text: string, question: string): { text: string; isFound: boolean }[] {
  const words = question
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  if (words.length === 0) return [{ text, isFound: false }];
  return text
    .split(new RegExp(`(${words.join('|')})`, 'iu'))
    .map((part, index) => ({ text: part, isFound: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/** Gives one or two letters for a person's picture. */
export function initialsOf(name: string): string {
  const words = name
    .toWellFormed()
    .split(/\s+/)
    .map((word) => /\p{L}/u.exec(word)?.[0] ?? '')
    .filter((letter) => letter !== '');
  return ((words[0] ?? '#') + (words.length > 1 ? (words.at(-1) ?? '') : '')).toLocaleUpperCase('en');
}

/** Gives one of eight colours to a name, always the same. */
export function colourOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % 8;
}
