import { encodeName } from '@holdfast/kernel';
import { badArgument } from '#failures.ts';

/**
 * The line that makes a POSIX shell run exactly these words; nothing in them is expanded. Bytes that are not UTF-8 may be in
 * them as lone surrogates (the kernel's `decodeName`). Throws `adb/bad-argument`, `kernel/bad-name`.
 */
export const quoteLine = (words: readonly string[]): Uint8Array => encodeName(words.map(quoteWord).join(' '));

/** One word of a POSIX shell's line, whatever is in it; always in quotes, so that none is a keyword or an assignment. */
function quoteWord(word: string): string {
  if (word.includes('\0')) throw badArgument();
  return `'${word.replaceAll("'", "'\\''")}'`;
}
