import { readdirSync } from 'node:fs';
import { decodeName } from '@holdfast/kernel';
import { below, osPath, reach } from '@holdfast/local-files';
import type { SourceEntry, SourceProblem } from '#source.ts';
import type { Breath } from './breath.ts';
import { areDistinct } from './distinct.ts';
import { entryAt } from './entry.ts';

/** Decides which entries are left out, and why. */
export interface Judge {
  /** Before it is looked at; `undefined` where no name is left out. */
  readonly byName: ((name: string) => SourceProblem | undefined) | undefined;
  /** Once it was. */
  byFacts(entry: SourceEntry): SourceProblem | undefined;
}

/**
 * What is in the folder at `path` (absolute), each name once. Throws the system's errors about the folder itself; one
 * about an entry is that entry.
 *
 * The names come in one call, whatever their number (a million take most of a second); then each is looked at, with
 * pauses for others. An abort throws `signal.reason`.
 */
export async function list(
  path: string,
  judge: Judge,
  breath: Breath,
  signal?: AbortSignal,
): Promise<readonly SourceEntry[]> {
  const entries: SourceEntry[] = [];
  using folder = reach(path);
  for (const name of namesIn(folder.path)) {
    entries.push(judge.byName?.(name) ?? judged(entryAt(below(folder.path, name), name), judge));
    if (breath.isDue()) await breath.take(signal);
  }
  return entries;
}

const judged = (entry: SourceEntry, judge: Judge): SourceEntry => judge.byFacts(entry) ?? entry;

/** A name that is not UTF-8 shows as U+FFFD, as does a name that has that character: both are read again as bytes. */
function namesIn(folder: string): readonly string[] {
  const path = osPath(folder);
  let names = readdirSync(path, 'utf8');
  if (names.some((name) => name.includes('\ufffd'))) names = readdirSync(path, 'buffer').map(decodeName);
  // A folder that changes meanwhile may name an entry twice (POSIX readdir).
  return areDistinct(names) ? names : [...new Set(names)];
}
