import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';

/** An option that is there or not: `--dry-run`. */
export interface Flag {
  readonly kind: 'flag';
  /** One letter: `-q`. */
  readonly short?: string;
  readonly help: string;
}

/** What options with a value have in common. */
interface Valued<T> {
  readonly short?: string;
  /** What stands for the value in help: `FOLDER`. */
  readonly metavar: string;
  readonly help: string;
  /** The value that text spells; throws `cli/usage`, naming `option`. */
  readonly parse: (text: string, option: string) => T;
  /** For completion: the words it can be, or that it is a path. */
  readonly completion?: readonly string[] | 'file' | 'folder';
}

/** An option given at most once; the last one counts. */
export interface Value<T> extends Valued<T> {
  readonly kind: 'value';
}

/** An option with a value when nobody gives one. */
interface ValueWithDefault<T> extends Valued<T> {
  readonly kind: 'value-with-default';
  readonly default: T;
}

/** An option that may be given many times. */
interface Values<T> extends Valued<T> {
  readonly kind: 'values';
}

/** One option of a command. */
export type Option = Flag | Value<unknown> | ValueWithDefault<unknown> | Values<unknown>;

/** Options by name in camelCase: `dryRun` is given as `--dry-run`. */
export type Options = Readonly<Record<string, Option>>;

/** The options of a command that has none of its own. */
export type NoOptions = Readonly<Record<never, Option>>;

type GivenOne<O extends Option> = O extends Flag
  ? boolean
  : O extends Values<infer T>
    ? readonly T[]
    : O extends ValueWithDefault<infer T>
      ? T
      : O extends Value<infer T>
        ? T | undefined
        : never;

/** What was given for the options of a table. */
export type GivenOptions<O extends Options> = { readonly [Name in keyof O]: GivenOne<O[Name]> };

/** What stands without dashes. */
interface Positional {
  readonly metavar: string;
  readonly help: string;
  readonly isOptional?: boolean;
  /** Takes all that follow; only the last one may. */
  readonly isMany?: boolean;
  readonly completion?: readonly string[] | 'file' | 'folder';
}

/** A command line that works, and what it does. */
interface Example {
  readonly line: string;
  readonly does: string;
}

/** Headings of the overview. */
export type CommandGroup = 'Back up and restore' | 'Look after the repository' | 'Set up';

/** Everything known about a command without running it: help, completion and refusals are made of it. */
export interface CommandTable<O extends Options = Options> {
  /** One word, or two: `keys add`. */
  readonly name: string;
  readonly group: CommandGroup;
  /** One sentence. */
  readonly purpose: string;
  /** Paragraphs for its help page. */
  readonly details?: readonly string[];
  readonly positionals: readonly Positional[];
  readonly options: O;
  readonly examples: readonly [Example, Example, ...Example[]];
  /** The statuses it can end with; `undefined` keeps the usual sentence. */
  readonly exits: Readonly<Partial<Record<ExitCode, string | undefined>>>;
  /** Loads what carries it out: only then, so that no command waits for another's code. */
  load(): Promise<{
    run(given: GivenOptions<O>, words: readonly string[], context: Context): Promise<ExitCode>;
  }>;
}

/** `dryRun` as it is typed: `--dry-run`. */
export function optionText(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
