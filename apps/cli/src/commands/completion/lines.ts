import { GLOBAL_OPTIONS } from '#arguments/global-options.ts';
import { type CommandTable, type Option, optionText } from '#arguments/table.ts';

/** What can be typed at a place: words, or the name of a file or folder. */
export type Choices = readonly string[] | 'file' | 'folder' | undefined;

/** An option as it is completed. */
export interface CompletedOption {
  /** `--dry-run`. */
  readonly long: string;
  /** One letter. */
  readonly short: string | undefined;
  readonly help: string;
  readonly takesValue: boolean;
  readonly choices: Choices;
}

/** A command as it is completed. */
export interface CompletedCommand {
  /** One word or two. */
  readonly words: readonly [string, ...string[]];
  readonly purpose: string;
  readonly options: readonly CompletedOption[];
  /** What its words can be. */
  readonly choices: Choices;
}

/** What completion scripts are made of: every command with all its options, those of every command among them. */
export function linesOf(tables: readonly CommandTable[]): readonly CompletedCommand[] {
  const names = [...new Set(tables.map(({ name }) => name.split(' ')[0] ?? ''))];
  return tables.map(({ name, purpose, options, positionals }) => {
    const [first = '', ...rest] = name.split(' ');
    const own = { ...GLOBAL_OPTIONS, ...options };
    return {
      words: [first, ...rest],
      purpose,
      options: Object.entries<Option>(own).map(([each, option]) => completed(each, option)),
      choices:
        first === 'help' ? names : positionals.find((each) => each.completion !== undefined)?.completion,
    };
  });
}

/** The first words with a purpose each: of a group, those of its commands. */
export function firstWords(commands: readonly CompletedCommand[]): ReadonlyMap<string, string> {
  const groups = Map.groupBy(commands, ({ words }) => words[0]);
  return new Map(
    [...groups].map(([word, group]) => [
      word,
      group.length === 1 ? (group[0]?.purpose ?? '') : group.map(({ words }) => words[1]).join(', '),
    ]),
  );
}

function completed(name: string, option: Option): CompletedOption {
  return {
    long: optionText(name),
    short: option.short,
    help: option.help,
    takesValue: option.kind !== 'flag',
    choices: option.kind === 'flag' ? undefined : option.completion,
  };
}
