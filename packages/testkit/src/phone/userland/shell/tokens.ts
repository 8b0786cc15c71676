/** A part of a word: text as it stands, or a variable's name (`?` for the last exit code). */
export type WordPart = { readonly text: string } | { readonly variable: string };

/** A word, or a sign between words. */
export type Token =
  | { readonly kind: 'word'; readonly parts: readonly WordPart[] }
  | { readonly kind: 'sign'; readonly sign: string };

/** What the shell says of a line it cannot read. */
export class ShellSyntaxError extends Error {}

/** Longest first: `>>` before `>`. */
const SIGNS = ['2>&1', '2>>', '&&', '||', '>>', '2>', '1>', '&', '|', ';', '<', '>', '(', ')', '\n'];

/** Ends a word that is in no quotes. */
const ENDS_WORD = /[\s;&|<>()]/;

/** The words and signs of a line: single and double quotes, backslashes, `$NAME`, `$?`, comments. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === '\n' || !/\s/.test(line[at] ?? '')) {
      if (line[at] === '#') {
        const end = line.indexOf('\n', at);
        at = end < 0 ? line.length : end;
        continue;
      }
      const sign = SIGNS.find((each) => line.startsWith(each, at));
      if (sign !== undefined) {
        tokens.push({ kind: 'sign', sign: sign === '\n' ? ';' : sign });
        at += sign.length;
      } else {
        const word = readWord(line, at);
        tokens.push({ kind: 'word', parts: word.parts });
        at = word.end;
      }
    } else at += 1;
  }
  return tokens;
}

function readWord(line: string, start: number): { parts: WordPart[]; end: number } {
  const parts: WordPart[] = [];
  let text = '';
  const flush = (part: WordPart): void => {
    parts.push({ text }, part);
    text = '';
  };
  let at = start;
  let isQuoted = false;
  for (; at < line.length; at++) {
    const letter = line[at] ?? '';
    if (!isQuoted && ENDS_WORD.test(letter)) break;
    const variable = letter === '$' ? /^\$(\?|\w+|\{\w+\})/.exec(line.slice(at, at + 100)) : null;
    if (letter === "'" && !isQuoted) {
      const end = line.indexOf("'", at + 1);
      if (end < 0) throw new ShellSyntaxError('no closing quote');
      text += line.slice(at + 1, end);
      at = end;
    } else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === '\\') {
      const next = line[at + 1] ?? '';
      // In double quotes it stands before few letters only (POSIX shell, 2.2.3).
      text += isQuoted && !/[$`"\\\n]/.test(next) ? `\\${next}` : next;
      at += 1;
    } else if (letter === '`' || (letter === '$' && line[at + 1] === '(')) {
      throw new ShellSyntaxError('substitution of commands is not simulated');
    } else if (variable !== null) {
      flush({ variable: (variable[1] ?? '').replace(/[{}]/g, '') });
      at += variable[0].length - 1;
    } else text += letter;
  }
  if (isQuoted) throw new ShellSyntaxError('no closing quote');
  parts.push({ text });
  return { parts, end: at };
}
