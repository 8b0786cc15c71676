import { Failure, isPlainName, plainText } from '@holdfast/kernel';
import { byteLength, LONGEST_NAME } from '@holdfast/local-files';
import { DEVICE_FAILURES } from '#failures.ts';

/** What is wrong with a name, whatever the file system. */
export type NameProblem = 'empty' | 'dots' | 'slash' | 'nul' | 'no-bytes';

const SAYS: Readonly<Record<NameProblem, string>> = {
  empty: 'an empty name',
  dots: 'a name that stands for a folder above or the folder itself',
  slash: 'a name that is a whole path',
  nul: 'a name with a NUL in it',
  'no-bytes': 'a name that no bytes can spell',
};

/**
 * Gives what is wrong with one name from a snapshot, or `undefined`. A backslash is an ordinary character on Linux and macOS and stays inside one name. Names that only some file systems
 * refuse (`:` on FAT) pass here, and fail where they are written, with `devices/name-refused`.
 */
export function refuseName(name: string): NameProblem | undefined {
  if (name === '') return 'empty';
  if (name === '.' || name === '..') return 'dots';
  if (name.includes('/')) return 'slash';
  if (name.includes('\0')) return 'nul';
  if (!isPlainName(name) && !hasBytes(name)) return 'no-bytes';
  return undefined;
}

/** Throws `devices/unsafe-name` for a path with a name that {@link refuseName} refuses, and for the root itself. */
export function assertSafe(path: readonly string[]): void {
  if (path.length === 0) throw unsafeName(path, 'empty');
  for (const name of path) {
    const problem = refuseName(name);
    if (problem !== undefined) throw unsafeName(path, problem);
  }
}

/**
 * The `attempt`th other name for an item whose own is taken: `photo (restored).jpg`, then `photo (restored 2).jpg`. The
 * ending stays, and the rest is cut, at a whole character, to what every file system holds.
 */
export function restoredName(name: string, attempt: number): string {
  const { stem, ending } = endingOf(name);
  const mark = attempt === 1 ? ' (restored)' : ` (restored ${attempt})`;
  return cut(stem, LONGEST_NAME - byteLength(mark) - byteLength(ending)) + mark + ending;
}

const unsafeName = (path: readonly string[], problem: NameProblem): Failure =>
  new Failure(DEVICE_FAILURES.unsafeName, `The backup holds ${SAYS[problem]}: ${plainText(path.join('/'))}`, {
    hint: 'Do not trust this backup: no phone or file system has such names. Everything else in it can be restored.',
    details: { problem },
  });

/** Longest ending that is taken for one: beyond that it is a name with a dot in it. */
const LONGEST_ENDING = 16;

function endingOf(name: string): { stem: string; ending: string } {
  const ending = /(?:\.tar)?\.[^.\s]+$/.exec(name.slice(1))?.[0] ?? '';
  if (ending.length > LONGEST_ENDING) return { stem: name, ending: '' };
  return { stem: name.slice(0, name.length - ending.length), ending };
}

/** As many whole characters as fit into `longest` bytes. */
function cut(text: string, longest: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > longest) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Of what is not well-formed: every lone surrogate stands for a byte that is not ASCII (the kernel's `decodeName`). */
const hasBytes = (name: string): boolean => !/[\ud800-\udc7f\udd00-\udfff]/u.test(name);
