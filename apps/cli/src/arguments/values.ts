import { Failure, plainText } from '@holdfast/kernel';
import { CLI_FAILURES } from '#failures.ts';

/** The text itself; refuses an empty one. */
export function text(given: string, option: string): string {
  if (given !== '') return given;
  throw new Failure(CLI_FAILURES.usage, `What follows ${option} is empty`, {
    hint: 'Run the command with --help to see what it takes.',
  });
}

/** Takes one of `words`. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
): (given: string, option: string) => Word {
  return (given, option) => {
    const word = words.find((each) => each === given);
    if (word === undefined) throw bad(option, given, `one of ${words.join(', ')}`);
    return word;
  };
}

/** Takes some of `words`, with commas between; each once, in their own order. */
export function listOf<const Word extends string>(
  words: readonly Word[],
): (given: string, option: string) => readonly Word[] {
  const one = oneOf(words);
  return (given, option) => {
    const chosen = new Set(given.split(',').map((word) => one(word.trim(), option)));
    return words.filter((word) => chosen.has(word));
  };
}

/** Takes whole numbers from `min`. */
export function wholeNumber(min: number): (given: string, option: string) => number {
  return (given, option) => {
    const number = /^-?\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (!(number >= min)) throw bad(option, given, `a whole number from ${min}`);
    return number;
  };
}

/** The `Failure` for a value that an option does not take. */
export function bad(option: string, given: string, wanted: string): Failure {
  return new Failure(CLI_FAILURES.usage, `${option} takes ${wanted}, not "${plainText(given, 60)}"`, {
    hint: 'Correct the value and run it again.',
  });
}
