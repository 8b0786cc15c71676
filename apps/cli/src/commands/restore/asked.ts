import { splitName } from '#inside/split-name.ts';

/** What of which backup was asked for, as it was typed. */
export interface Asked {
  readonly backup: string;
  /** Empty where no path was named. */
  readonly paths: readonly string[];
}

/** Takes the words of the command apart. */
export function askedBy(words: readonly string[]): Asked {
  const [first = '', ...more] = words;
  const { backup, path } = splitName(first);
  return { backup, paths: [...(path === undefined ? [] : [path]), ...more] };
}
