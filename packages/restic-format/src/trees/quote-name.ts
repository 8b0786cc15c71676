import { decodeName, encodeName } from '@holdfast/kernel';

/** What Go's `strconv.IsPrint` calls printable beyond ASCII: letters, marks, numbers, punctuation, symbols. */
const PRINTABLE = /^[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

/** Names `quoteName` and `goString` both leave alone although they are not all ASCII. */
const NEEDS_NO_QUOTE = /^(?:[ !#-%'-;=?-[\]-~]|(?!\p{ASCII})[\p{L}\p{M}\p{N}\p{P}\p{S}])*$/u;

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

const ESCAPE =
  /\\(?:x(?<hex>[0-9a-fA-F]{2})|(?<octal>[0-3][0-7]{2})|u(?<four>[0-9a-fA-F]{4})|U(?<eight>[0-9a-fA-F]{8})|(?<named>[abfnrtv"\\]))/y;

const HEX_DIGITS = '0123456789abcdef';

const NAMED_BYTES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '"': 0x22,
  '\\': 0x5c,
};

/** True when a name stands in a tree's JSON as it is. */
export function isUnquotedName(name: string): boolean {
  return NEEDS_NO_QUOTE.test(name);
}

/**
 * A name as Go's `strconv.Quote` writes it, without the outer quotes. `unquoteName` gives back the very same name.
 *
 * Half characters that stand for no byte become U+FFFD, as Go does with runes that are none.
 */
export function quoteName(name: string): string {
  let quoted = '';
  for (const character of name) quoted += quoteCharacter(character);
  return quoted;
}

/** The name `quoteName` or Go's `strconv.Quote` wrote, or `undefined` when Go's `strconv.Unquote` would refuse it. */
export function unquoteName(quoted: string): string | undefined {
  const wellFormed = quoted.toWellFormed();
  if (wellFormed.includes('"') || wellFormed.includes('\n') || wellFormed.includes('\\'))
    return unescape(wellFormed);
  return wellFormed;
}

function quoteCharacter(character: string): string {
  const named = NAMED_ESCAPES[character];
  if (named !== undefined) return named;
  if (PRINTABLE.test(character)) return character;
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x20 || point === 0x7f) return `\\x${hex(point, 2)}`;
  if (point >= 0xd800 && point <= 0xdfff) {
    return point >= 0xdc80 && point <= 0xdcff ? `\\x${hex(point - 0xdc00, 2)}` : '\\ufffd';
  }
  return point < 0x10000 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`;
}

/** Escapes spell bytes, and bytes of several escapes may make one character: hence the way over bytes. */
function unescape(quoted: string): string | undefined {
  const bytes: number[] = [];
  let at = 0;
  while (at < quoted.length) {
    const next = quoted.indexOf('\\', at);
    const literal = next === at ? '' : quoted.slice(at, next < 0 ? undefined : next);
    if (literal.includes('"') || literal.includes('\n')) return undefined;
    if (literal !== '') for (const byte of encodeName(literal)) bytes.push(byte);
    if (next < 0) break;
    const byte = hexEscapeAt(quoted, next);
    if (byte >= 0) {
      bytes.push(byte);
      at = next + 4;
      continue;
    }
    ESCAPE.lastIndex = next;
    const groups = ESCAPE.exec(quoted)?.groups;
    if (groups === undefined) return undefined;
    const escaped = escapedBytes(groups);
    if (escaped === undefined) return undefined;
    bytes.push(...escaped);
    at = ESCAPE.lastIndex;
  }
  return decodeName(Uint8Array.from(bytes));
}

/** The byte of a `\\xhh`, or -1: the one escape that may stand for every byte of a name, hence without a pattern. */
function hexEscapeAt(text: string, at: number): number {
  if (text.charCodeAt(at + 1) !== 0x78) return -1;
  const high = HEX_DIGITS.indexOf(text.charAt(at + 2).toLowerCase());
  const low = HEX_DIGITS.indexOf(text.charAt(at + 3).toLowerCase());
  return high < 0 || low < 0 || at + 3 >= text.length ? -1 : high * 16 + low;
}

function escapedBytes(groups: Record<string, string | undefined>): Iterable<number> | undefined {
  if (groups['hex'] !== undefined) return [Number.parseInt(groups['hex'], 16)];
  if (groups['octal'] !== undefined) return [Number.parseInt(groups['octal'], 8)];
  if (groups['named'] !== undefined) return [NAMED_BYTES[groups['named']] ?? 0];
  const point = Number.parseInt(groups['four'] ?? groups['eight'] ?? '', 16);
  const isCharacter = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return isCharacter ? encodeName(String.fromCodePoint(point)) : undefined;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
