import { parseArgs } from 'node:util';
import { Failure, plainText } from '@holdfast/kernel';
import { CLI_FAILURES, usage } from '#failures.ts';
import { GLOBAL_OPTIONS, type GlobalOptions } from './global-options.ts';
import { nearest } from './nearest.ts';
import { type CommandTable, type GivenOptions, type Option, type Options, optionText } from './table.ts';

/** What a command line asks for. */
export type Request =
  /** The help page of a command or a group of them; without words, the overview. Nothing at all asks for `serve`. */
  | { readonly kind: 'help'; readonly words: readonly string[]; readonly globals: GlobalOptions }
  | {
      readonly kind: 'run';
      readonly table: CommandTable;
      readonly given: GivenOptions<Options>;
      readonly words: readonly string[];
      readonly globals: GlobalOptions;
    };

interface OptionToken {
  readonly kind: 'option';
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/**
 * What `argv` (the words after `holdfast`) asks for. Options may stand anywhere before `--`.
 *
 * Throws `cli/usage` for anything the tables do not know, with the nearest thing they do.
 */
export function parseCommandLine(argv: readonly string[], tables: readonly CommandTable[]): Request {
  const { optionTokens, words } = tokenize(argv, tables);
  const globals = readOptions(GLOBAL_OPTIONS, optionTokens) as GlobalOptions;
  if (words.length === 0 && optionTokens.some((token) => token.name === 'version')) {
    const version = tables.find((table) => table.name === 'version');
    if (version !== undefined) return { kind: 'run', table: version, given: {}, words: [], globals };
  }
  const serve = tables.find((table) => table.name === 'serve');
  if (words.length === 0 && !globals.help && serve !== undefined) {
    refuseUnknown(optionTokens, tables, serve);
    return { kind: 'run', table: serve, given: readOptions(serve.options, optionTokens), words, globals };
  }
  if (words.length === 0 || globals.help) {
    refuseUnknown(optionTokens, tables, undefined);
    return { kind: 'help', words, globals };
  }
  const { table, rest } = findCommand(words, tables);
  refuseUnknown(optionTokens, tables, table);
  refuseWordCount(rest, table);
  return { kind: 'run', table, given: readOptions(table.options, optionTokens), words: rest, globals };
}

/** The command that the first words name, and the words after its name. Throws `cli/usage`. */
export function findCommand(
  words: readonly string[],
  tables: readonly CommandTable[],
): { table: CommandTable; rest: readonly string[] } {
  const [first = '', second] = words;
  const exact = tables.find((table) => table.name === first);
  if (exact !== undefined) return { table: exact, rest: words.slice(1) };
  const group = tables.filter((table) => table.name.startsWith(`${first} `));
  if (group.length > 0) {
    const found = group.find((table) => table.name === `${first} ${second}`);
    if (found !== undefined) return { table: found, rest: words.slice(2) };
    const names = group.map((table) => table.name.slice(first.length + 1));
    const listing = group.find((table) => table.name === `${first} list`);
    if (second === undefined && listing !== undefined) return { table: listing, rest: [] };
    if (second === undefined) throw usage(`"${first}" needs one more word: ${orList(names)}.`, first);
    throw usage(
      `Unknown command "${first} ${plainText(second, 60)}".`,
      first,
      didYouMean(nearest(second, names), `${first} `),
    );
  }
  const firstWords = [...new Set(tables.map((table) => table.name.split(' ')[0] ?? ''))];
  throw usage(
    `Unknown command "${plainText(first, 60)}".`,
    undefined,
    didYouMean(nearest(first, firstWords)),
  );
}

function tokenize(
  argv: readonly string[],
  tables: readonly CommandTable[],
): { optionTokens: OptionToken[]; words: string[] } {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string }> = {
    version: { type: 'boolean' },
  };
  for (const table of [GLOBAL_OPTIONS, ...tables.map((each) => each.options)]) {
    for (const [name, option] of Object.entries<Option>(table)) {
      const type = option.kind === 'flag' ? 'boolean' : 'string';
      options[optionText(name).slice(2)] = {
        type,
        ...(option.short !== undefined && { short: option.short }),
      };
    }
  }
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words: string[] = [];
  const optionTokens: OptionToken[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind === 'option') optionTokens.push(token);
  }
  return { optionTokens, words };
}

function refuseUnknown(
  tokens: readonly OptionToken[],
  tables: readonly CommandTable[],
  table: CommandTable | undefined,
): void {
  const allowed = table === undefined ? tables.map((each) => each.options) : [table.options];
  const known = [GLOBAL_OPTIONS, ...allowed].flatMap((options) => Object.keys(options).map(optionText));
  for (const { name, rawName } of tokens) {
    if (known.includes(`--${name}`)) continue;
    const isElsewhere = tables.some((each) =>
      Object.keys(each.options).some((option) => optionText(option) === `--${name}`),
    );
    const text = plainText(rawName, 60);
    if (isElsewhere && table !== undefined) throw usage(`"${table.name}" does not take ${text}.`, table.name);
    throw usage(`Unknown option ${text}.`, table?.name, didYouMean(nearest(`--${name}`, known)));
  }
}

function refuseWordCount(words: readonly string[], { name, positionals }: CommandTable): void {
  const needed = positionals.filter((positional) => positional.isOptional !== true);
  const missing = needed[words.length];
  if (missing !== undefined)
    throw usage(`"${name}" needs ${missing.metavar}: ${lowerFirst(missing.help)}`, name);
  if (positionals.at(-1)?.isMany === true || words.length <= positionals.length) return;
  const extra = plainText(words[positionals.length] ?? '', 60);
  const most = positionals.map((positional) => positional.metavar).join(' ');
  throw usage(
    `"${name}" takes ${most === '' ? 'no words' : `only ${most}`}: "${extra}" is one too many.`,
    name,
  );
}

function readOptions(options: Options, tokens: readonly OptionToken[]): GivenOptions<Options> {
  const given: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const long = optionText(name);
    const own = tokens.filter((token) => `--${token.name}` === long);
    if (option.kind === 'flag') {
      const withValue = own.find((token) => token.inlineValue === true);
      if (withValue !== undefined) throw refuse(`${long} takes no value.`);
      given[name] = own.length > 0;
      continue;
    }
    const values = own.map((token) => option.parse(valueOf(token, long, option.metavar), long));
    if (option.kind === 'values') given[name] = values;
    else given[name] = values.at(-1) ?? (option.kind === 'value-with-default' ? option.default : undefined);
  }
  return given as GivenOptions<Options>;
}

function valueOf({ value, inlineValue }: OptionToken, long: string, metavar: string): string {
  if (value === undefined) throw refuse(`${long} needs a value: ${long} ${metavar}.`);
  const looksLikeOption = inlineValue !== true && /^-(?!\d|$)/.test(value);
  if (looksLikeOption) {
    throw refuse(
      `${long} needs a value before ${plainText(value, 60)}; if that is the value, write ${long}=${plainText(value, 60)}.`,
    );
  }
  return value;
}

function refuse(sentence: string): Failure {
  return new Failure(CLI_FAILURES.usage, sentence, {
    hint: 'Run the command with --help to see what it takes.',
  });
}

function didYouMean(word: string | undefined, before = ''): string | undefined {
  return word === undefined
    ? undefined
    : `Did you mean ${word.startsWith('--') ? word : `"${before}${word}"`}?`;
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function lowerFirst(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
