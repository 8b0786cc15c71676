import { Failure, plainText } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';

/** One character of a name's pattern, or the star that stands for any number of them. */
type Fit = '*' | ((character: string) => boolean);

/** One part of a path's pattern: a name as it is (`**`: any number of names), or what its characters must be. */
type Part = string | readonly Fit[];

/**
 * Gives for a path (from the root, parts joined by `/`) the first pattern that leaves it out, or `undefined`.
 *
 * Patterns mean what restic's `--exclude` means, except that a leading `/` is the folder backed up: `*`, `?` and
 * `[a-z]` stay within one name, `**` is any number of folders, a pattern without a leading `/` applies at every depth,
 * `\` takes the next character as it is. Upper and lower case differ. Everything inside a folder that is left out is
 * left out too, which is the walk's doing. Throws `devices/bad-pattern`.
 */
export function excluder(patterns: readonly string[]): (path: string) => string | undefined {
  const rules = patterns.map((pattern) => ({ pattern, parts: parsePattern(pattern) }));
  if (rules.length === 0) return () => undefined;
  return (path) => {
    const names = path.split('/');
    return rules.find(({ parts }) => fitsAll(parts, names, '**', fitsName))?.pattern;
  };
}

function parsePattern(pattern: string): Part[] {
  const isAnchored = pattern.startsWith('/');
  const names = pattern.split('/').filter((name) => name !== '');
  if (names.length === 0) throw badPattern(pattern, 'it names nothing');
  const parts = names.map((name) => (name === '**' ? name : parseName(name, pattern)));
  return isAnchored ? parts : ['**', ...parts];
}

function parseName(name: string, pattern: string): string | Fit[] {
  if (!/[*?[\\]/.test(name)) return name;
  const fits: Fit[] = [];
  const characters = Array.from(name);
  let at = 0;
  const take = (): string => {
    const character = characters[at++];
    if (character === undefined) throw badPattern(pattern, 'it ends too early');
    return character;
  };
  while (at < characters.length) {
    const character = take();
    if (character === '*') fits.push('*');
    else if (character === '?') fits.push(() => true);
    else if (character === '[') fits.push(parseClass(take));
    else fits.push(only(character === '\\' ? take() : character));
  }
  return fits;
}

/** What follows a `[`, to its `]`: characters and ranges; `^` or `!` first turns it round. */
function parseClass(take: () => string): Fit {
  const ranges: { low: number; high: number }[] = [];
  let character = take();
  const isNegated = character === '^' || character === '!';
  if (isNegated) character = take();
  do {
    const low = pointOf(character === '\\' ? take() : character);
    let high = low;
    character = take();
    if (character === '-') {
      character = take();
      high = pointOf(character === '\\' ? take() : character);
      character = take();
    }
    ranges.push({ low, high });
  } while (character !== ']');
  return (tested) => {
    const point = pointOf(tested);
    return ranges.some(({ low, high }) => low <= point && point <= high) !== isNegated;
  };
}

const only =
  (wanted: string): Fit =>
  (character) =>
    character === wanted;

const pointOf = (character: string): number => character.codePointAt(0) ?? 0;

function fitsName(part: Part, name: string): boolean {
  if (typeof part === 'string') return part === name;
  return fitsAll(part, Array.from(name), '*', (fit, character) => fit !== '*' && fit(character));
}

/**
 * True when the elements fit the pattern's, one to one, where a star stands for any number of elements. Only the last
 * star ever has to be tried again, so the time is at most the product of both lengths.
 */
function fitsAll<P, T>(
  pattern: readonly P[],
  elements: readonly T[],
  star: P,
  fits: (part: P, element: T) => boolean,
): boolean {
  let p = 0;
  let e = 0;
  let afterStar = -1;
  let retryFrom = 0;
  while (e < elements.length) {
    const part = pattern[p] as P;
    if (p < pattern.length && part === star) {
      p += 1;
      afterStar = p;
      retryFrom = e;
    } else if (p < pattern.length && fits(part, elements[e] as T)) {
      p += 1;
      e += 1;
    } else if (afterStar >= 0) {
      p = afterStar;
      retryFrom += 1;
      e = retryFrom;
    } else {
      return false;
    }
  }
  while (p < pattern.length && pattern[p] === star) p += 1;
  return p === pattern.length;
}

const badPattern = (pattern: string, why: string): Failure =>
  new Failure(DEVICE_FAILURES.badPattern, `The pattern "${plainText(pattern)}" cannot be used: ${why}`, {
    hint: 'Write it like *.tmp, /Download or cache/**/*.db, with every [ closed by a ].',
    details: { pattern },
  });
