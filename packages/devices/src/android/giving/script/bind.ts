import type { AdbTransport } from '@holdfast/adb';
import { type Clock, encodeName } from '@holdfast/kernel';
import { outputOf } from '../../facts/output.ts';

/** How the `content` command of this phone reads a value: with backslash escapes, or as it is (AOSP `Content.java`). */
export type BindDialect = 'escaped' | 'raw';

/**
 * Which of the two it is. Asked with a call that is wrong in either: one stumbles over a third colon, the other over the option after
 * it, and neither gets as far as a provider. `undefined` for any other answer.
 */
export async function bindDialect(
  transport: AdbTransport,
  options: { readonly clock?: Clock },
  signal?: AbortSignal,
): Promise<BindDialect | undefined> {
  const words = ['content', 'insert', '--uri', 'content://probe', '--bind', 'p:s:a:b', '--probe'];
  const { stdout, stderr } = await outputOf(transport, words, options, signal);
  const said = stdout + stderr;
  if (said.includes('Binding not well formed')) return 'escaped';
  return said.includes('Unsupported argument') ? 'raw' : undefined;
}

/** A value to be bound: text, a whole number, or none. */
export type Bound = string | { readonly number: string } | undefined;

/** Longest word of a command, in bytes, with its end (Linux `MAX_ARG_STRLEN`). */
const MOST_WORD_BYTES = 128 * 1024 - 1;

/** Why a value cannot be given to a command; `undefined` when it can. */
export function unbindable(text: string): string | undefined {
  if (text.includes('\0')) return 'a text holds a NUL';
  // Every character may need an escape; none does more than double.
  if (text.length * 4 < MOST_WORD_BYTES) return undefined;
  const bytes = encodeName(escaped(text)).length;
  return bytes + 100 > MOST_WORD_BYTES ? `a text of ${bytes} bytes` : undefined;
}

const escaped = (text: string): string => text.replaceAll(/[\\:]/g, '\\$&');

/** Words that bind these values; a column whose value is `undefined` is left out. */
export function bindWords(values: Readonly<Record<string, Bound>>, dialect: BindDialect): string[] {
  return Object.entries(values).flatMap(([column, value]) => {
    if (value === undefined) return [];
    if (typeof value !== 'string') return ['--bind', `${column}:l:${value.number}`];
    return ['--bind', `${column}:s:${dialect === 'escaped' ? escaped(value) : value}`];
  });
}

/** A text as SQL has it. */
export const quotedSql = (text: string): string => `'${text.replaceAll("'", "''")}'`;
