import { parseBoundedJson } from './bounded-json.ts';
import { foldLine } from './fold.ts';

/** A parameter of a property: its name and its values. */
export type Parameter = readonly [name: string, ...values: string[]];

/** A property of a vCard or an iCalendar object, before folding and after unfolding. */
export interface ContentLine {
  /** What ties properties of a vCard together: `item1`. */
  readonly group?: string;
  /** In capitals, once it was read. */
  readonly name: string;
  /** Names in capitals. */
  readonly params: readonly Parameter[];
  /** As it stands in the file: a text is escaped. */
  readonly value: string;
}

/**
 * The parameter that keeps what a line cannot spell: Base64 (for addresses, without padding) of the JSON of value and
 * parameters as they were.
 */
const EXACT = 'X-HOLDFAST-EXACT';

/** What no content line may have (RFC 5545 section 3.1, CONTROL; RFC 2426 section 4, CTL), and halves of characters. */
// oxlint-disable-next-line no-control-regex
const UNSPELLABLE = /[\x00-\x08\x0a-\x1f\x7f]|\p{Cs}/u;
// oxlint-disable-next-line no-control-regex
const UNSPELLABLE_ALL = /[\x00-\x08\x0a-\x1f\x7f]|\p{Cs}/gu;
const REPLACEMENT = '\ufffd';

/** Ours to choose, so a mistake here is a bug and no input's fault. */
const TOKEN = /^[A-Za-z0-9-]+$/;

/**
 * The property as lines of a file: folded, with line ends.
 *
 * Whatever is in values and parameters, it is one property to every reader: a character that a line cannot hold is replaced
 * (line breaks by an escaped one, others by U+FFFD), and what was there is kept in a parameter of its own.
 */
export function formatContentLine(line: ContentLine): string {
  if (!TOKEN.test(line.name)) throw new TypeError(`no property can be called ${JSON.stringify(line.name)}`);
  const isSpellable = !UNSPELLABLE.test(line.value) && line.params.every(hasSpellableValues);
  const params = line.params.map(formatParameter);
  if (!isSpellable) params.push(`;${EXACT}=${formatExact(line)}`);
  const group = line.group === undefined ? '' : `${line.group}.`;
  return foldLine(
    `${group}${line.name}${params.join('')}:${isSpellable ? line.value : spellValue(line.value)}`,
  );
}

/** More parameters, and values of one, than any property has, and fewer than hurt. */
const MOST_PARAMETERS = 1000;

/** The property of an unfolded line; absent when it is none. */
export function parseContentLine(text: string): ContentLine | undefined {
  const match = /^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)(?=[:;])/.exec(text);
  if (match === null) return undefined;
  const [whole, group, name = ''] = match;
  const params: Parameter[] = [];
  let at = whole.length;
  while (text[at] === ';') {
    const end = parseParameter(text, at + 1, params);
    if (end === undefined || params.length > MOST_PARAMETERS) return undefined;
    at = end;
  }
  if (text[at] !== ':') return undefined;
  const line: ContentLine = {
    ...(group === undefined ? {} : { group }),
    name: name.toUpperCase(),
    params: params.filter(([param]) => param !== EXACT),
    value: text.slice(at + 1),
  };
  const exact = params.find(([param]) => param === EXACT)?.[1];
  return exact === undefined ? line : exactly(line, exact);
}

/** The first value of a parameter; absent without it. */
export function parameter(line: ContentLine, name: string): string | undefined {
  return line.params.find(([param]) => param === name)?.[1];
}

/** All values of all parameters of a name. */
export function parameterValues(line: ContentLine, name: string): string[] {
  return line.params.filter(([param]) => param === name).flatMap(([, ...values]) => values);
}

function hasSpellableValues([, ...values]: Parameter): boolean {
  return values.every((value) => !UNSPELLABLE.test(value.replaceAll('\n', '')));
}

function spellValue(value: string): string {
  return value.replace(/\r(?:\n|\\n)?|\n/g, '\\n').replace(UNSPELLABLE_ALL, REPLACEMENT);
}

function formatParameter([name, ...values]: Parameter): string {
  if (!TOKEN.test(name)) throw new TypeError(`no parameter can be called ${JSON.stringify(name)}`);
  return `;${name}=${values.map(spellParameter).join(',')}`;
}

/** As RFC 6868 has it: `^` escapes itself, quotes and line breaks. */
function spellParameter(value: string): string {
  const spelled = value
    .replace(/\^/g, '^^')
    .replace(/"/g, "^'")
    .replace(/\r\n?|\n/g, '^n')
    .replace(UNSPELLABLE_ALL, REPLACEMENT);
  // A backslash means nothing here, but some readers take one before `;` or `:` for an escape.
  return /[,;:\\]/.test(spelled) ? `"${spelled}"` : spelled;
}

/** Reads `NAME=value,"value"` from `at` on and gives where it ends. */
function parseParameter(text: string, at: number, params: Parameter[]): number | undefined {
  PARAMETER_NAME.lastIndex = at;
  const name = PARAMETER_NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  let end = at + name.length;
  // `TEL;HOME:…`, as vCard 2.1 has it: a type without its name.
  if (text[end] !== '=') {
    params.push(['TYPE', name]);
    return end;
  }
  const values: string[] = [];
  do {
    PARAMETER_VALUE.lastIndex = end + 1;
    const match = PARAMETER_VALUE.exec(text);
    if (match === null || values.length === MOST_PARAMETERS) return undefined;
    values.push(unspellParameter(match[1] ?? match[2] ?? ''));
    end = PARAMETER_VALUE.lastIndex;
  } while (text[end] === ',');
  params.push([name.toUpperCase(), ...values]);
  return end;
}

const PARAMETER_NAME = /[A-Za-z0-9-]+/y;
const PARAMETER_VALUE = /"([^"]*)"|([^",;:]*)/y;

function unspellParameter(value: string): string {
  if (!value.includes('^')) return value;
  return value.replace(/\^[n'^]/g, (escaped) => (escaped === '^n' ? '\n' : escaped === '^^' ? '^' : '"'));
}

function formatExact({ value, params }: ContentLine): string {
  return Buffer.from(JSON.stringify([value, ...params]), 'utf8').toString('base64url');
}

/** What `exact` keeps, if the line is still how it was spelled; the line as it stands when it has been edited since. */
function exactly(line: ContentLine, exact: string): ContentLine {
  const kept = parseBoundedJson(Buffer.from(exact, 'base64url').toString('utf8'));
  if (!Array.isArray(kept)) return line;
  const [value, ...params]: unknown[] = kept;
  if (typeof value !== 'string' || !params.every(isParameter)) return line;
  const isAsSpelled =
    spellValue(value) === line.value &&
    params.map(formatParameter).join('') === line.params.map(formatParameter).join('');
  return isAsSpelled ? { ...line, params, value } : line;
}

function isParameter(value: unknown): value is Parameter {
  return (
    Array.isArray(value) && value.every((text) => typeof text === 'string') && TOKEN.test(value[0] ?? '')
  );
}
