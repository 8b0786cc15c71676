import type { AdbTransport } from '@holdfast/adb';
import { type Clock, encodeName } from '@holdfast/kernel';
import type { SinkRefusal } from '#device-sink.ts';
import { BIND_PROBE, parseBindDialect } from '../../capabilities/probes.ts';
import { outputOf } from '../../facts/output.ts';
import { valueOf } from '../../facts/told.ts';

/** How the `content` command of this phone reads a value: with backslash escapes, or as it is (AOSP `Content.java`). */
export type BindDialect = 'escaped' | 'raw';

/** Which of the two it is; `undefined` for an answer that is neither's. */
export async function bindDialect(
  transport: AdbTransport,
  options: { readonly clock?: Clock },
  signal?: AbortSignal,
): Promise<BindDialect | undefined> {
  const { stdout, stderr } = await outputOf(transport, BIND_PROBE, options, signal);
  return valueOf(parseBindDialect(stdout + stderr));
}

/** A value to be bound: text, a whole number, or none. */
type Bound = string | { readonly number: string } | undefined;

/** Longest word of a command, in bytes, with its end (Linux `MAX_ARG_STRLEN`). */
const MOST_WORD_BYTES = 128 * 1024 - 1;

/** Half of a surrogate pair, but for those that stand for a byte (see `decodeName`). */
const HALF = /[\u{d800}-\u{dc7f}\u{dd00}-\u{dfff}]/u;

/** More than the name of a column and its type take before the value. */
const COLUMN_BYTES = 100;

/** Why one of the rows cannot be given to a command; `undefined` when all can. */
export function unbindableRow(...rows: readonly Row[]): SinkRefusal | undefined {
  for (const value of rows.flatMap((row) => Object.values(row))) {
    const detail = typeof value === 'string' ? unbindable(value) : undefined;
    if (detail !== undefined) return { reason: 'too-large-there', detail };
  }
  return undefined;
}

function unbindable(text: string): string | undefined {
  if (text.includes('\0')) return 'a text with a NUL, which no command can hold';
  if (HALF.test(text)) return 'a text with half of a character, which no bytes can spell';
  // Every character may need an escape; none does more than double.
  if (text.length * 4 < MOST_WORD_BYTES) return undefined;
  const bytes = encodeName(escaped(text)).length;
  return bytes + COLUMN_BYTES > MOST_WORD_BYTES ? `a text of ${bytes} bytes` : undefined;
}

const escaped = (text: string): string => text.replaceAll(/[\\:]/g, '\\$&');

/** Columns of a row, and what they are to hold; one whose value is `undefined` is left out. */
export type Row = Readonly<Record<string, Bound>>;

/** Words that insert a row, or with `where` change those there. */
export function rowWords(
  dialect: BindDialect,
  { uri, row, where }: { readonly uri: string; readonly row: Row; readonly where?: string },
): string[] {
  const verb = where === undefined ? 'insert' : 'update';
  const words = ['content', verb, '--uri', uri, ...bindWords(row, dialect)];
  return where === undefined ? words : [...words, '--where', where];
}

function bindWords(values: Row, dialect: BindDialect): string[] {
  return Object.entries(values).flatMap(([column, value]) => {
    if (value === undefined) return [];
    if (typeof value !== 'string') return ['--bind', `${column}:l:${value.number}`];
    return ['--bind', `${column}:s:${dialect === 'escaped' ? escaped(value) : value}`];
  });
}

/** A text as SQL has it. */
export const quotedSql = (text: string): string => `'${text.replaceAll("'", "''")}'`;
