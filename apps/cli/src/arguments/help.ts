import { EXIT_SENTENCES, type ExitCode } from '#exit-codes.ts';
import { wrap } from '#output/wrap.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { type CommandGroup, type CommandTable, type Option, type Options, optionText } from './table.ts';

/** Headings in the order of the overview. */
const GROUPS: readonly CommandGroup[] = ['Back up and restore', 'Look after the repository', 'Set up'];

/** Lines longer than this are hard to read on any terminal. */
const WIDEST = 100;

/** How far the second column starts at most. */
const WIDEST_NAME = 30;

/** What `holdfast help` prints: what it is for, and every command with its purpose. */
export function overview(tables: readonly CommandTable[], columns: number): string {
  const width = Math.min(columns, WIDEST);
  const rows = tables.map(({ name, purpose }): Row => [name, purpose]);
  const nameWidth = widthOf(rows);
  const sections = GROUPS.map((group) => {
    const own = tables.filter((table) => table.group === group);
    return section(
      group,
      own.map(({ name, purpose }): Row => [name, purpose]),
      width,
      nameWidth,
    );
  });
  return [
    'Holdfast backs phones and folders up to a repository you own, says the state of every item, and gives it back, proved.',
    '',
    'Usage: holdfast [COMMAND …]',
    ...sections.flatMap((lines) => ['', ...lines]),
    '',
    'First steps:',
    '  holdfast                          start the app, in the browser',
    '  holdfast devices                  list the phones in sight',
    '  holdfast backup                   back the phone up; nothing needs to be set up first',
    '  holdfast backup ~/Pictures        back a folder up',
    '  holdfast restore latest --to DIR  give the newest backup back, into DIR',
    '  holdfast help backup              everything about one command',
    '',
  ].join('\n');
}

/** The page of a group of commands: `keys`. */
export function groupPage(word: string, tables: readonly CommandTable[], columns: number): string {
  const rows = tables.map(({ name, purpose }): Row => [name, purpose]);
  const lines = section('Commands', rows, Math.min(columns, WIDEST));
  return [`Usage: holdfast ${word} COMMAND …`, '', ...lines, ''].join('\n');
}

/** The page of one command, made of its table. */
export function commandPage(table: CommandTable, columns: number): string {
  const width = Math.min(columns, WIDEST);
  const { purpose, details = [], positionals, options, examples, exits } = table;
  const words = positionals.map(({ metavar, help }): Row => [metavar, help]);
  const statuses = Object.entries(exits).map(
    ([code, sentence]): Row => [code, sentence ?? EXIT_SENTENCES[Number(code) as ExitCode]],
  );
  return [
    ...wrap(purpose, width),
    '',
    `Usage: ${usageLine(table)}`,
    ...details.flatMap((paragraph) => ['', ...wrap(paragraph, width)]),
    ...(words.length === 0 ? [] : ['', ...section('Words', words, width)]),
    ...optionSection('Options', options, width),
    ...optionSection('Options of every command', GLOBAL_OPTIONS, width),
    '',
    'Examples:',
    ...examples.flatMap(({ line, does }) => [
      `  ${line}`,
      ...wrap(does, width - 6).map((part) => `      ${part}`),
    ]),
    '',
    ...section('Exit status', statuses, width),
    '',
  ].join('\n');
}

/** `holdfast restore BACKUP[:PATH] --to FOLDER [options]`. */
function usageLine({ name, positionals, options }: CommandTable): string {
  const words = positionals.map(({ metavar, isOptional, isMany }) => {
    const word = isMany === true ? `${metavar}…` : metavar;
    return isOptional === true ? `[${word}]` : word;
  });
  return ['holdfast', name, ...words, ...(Object.keys(options).length === 0 ? [] : ['[options]'])].join(' ');
}

type Row = readonly [name: string, text: string];

function optionSection(title: string, options: Options, width: number): string[] {
  const rows = Object.entries(options).map(([name, option]): Row => [optionName(name, option), option.help]);
  return rows.length === 0 ? [] : ['', ...section(title, rows, width)];
}

function optionName(name: string, option: Option): string {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return `${short}${optionText(name)}${option.kind === 'flag' ? '' : ` ${option.metavar}`}`;
}

function section(title: string, rows: readonly Row[], width: number, nameWidth = widthOf(rows)): string[] {
  const indent = ' '.repeat(nameWidth + 4);
  const lines = rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, width - indent.length);
    const head =
      name.length > nameWidth
        ? [`  ${name}`, `${indent}${first}`]
        : [`  ${name.padEnd(nameWidth)}  ${first}`];
    return [...head, ...rest.map((line) => `${indent}${line}`)];
  });
  return [`${title}:`, ...lines];
}

function widthOf(rows: readonly Row[]): number {
  return Math.max(0, ...rows.map(([name]) => name.length).filter((length) => length <= WIDEST_NAME));
}
