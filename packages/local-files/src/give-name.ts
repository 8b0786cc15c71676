import { closeSync, linkSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { CANNOT_LINK, errnoOf } from '@holdfast/kernel';
import { below, osPath, split } from './os-path.ts';
import { reach, reachEntry } from './reach.ts';

/** What happens to something that has the name already. */
export type Occupied = 'keep' | 'replace';

/**
 * Moves a file (with `replace`, a link too) from one name to another in the same folder: `false` if that name is taken and to be kept; then it
 * still has its first one. Nothing but the name is touched, and no link is followed. Throws the system's errors.
 *
 * A hard link refuses a taken name in the same step, where `rename` would replace what is there. A crash between link
 * and unlink leaves both names on one file.
 */
export function giveName(from: string, to: string, occupied: Occupied, makeLink = linkSync): boolean {
  const { folder, name } = split(from);
  using reached = reach(folder);
  return giveShortName(below(reached.path, name), below(reached.path, split(to).name), occupied, makeLink);
}

function giveShortName(from: string, to: string, occupied: Occupied, makeLink: typeof linkSync): boolean {
  if (occupied === 'replace') {
    renameSync(osPath(from), osPath(to));
    return true;
  }
  try {
    makeLink(osPath(from), osPath(to));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (CANNOT_LINK.has(errnoOf(error))) return renameOverPlaceholder(from, to);
    throw error;
  }
  unlinkQuietly(from);
  return true;
}

/**
 * For file systems without hard links (FAT, exFAT, many network ones): an empty file made under the name claims it
 * against everyone else, and is then replaced. A crash between the two leaves the empty file beside the staged one.
 */
function renameOverPlaceholder(from: string, to: string): boolean {
  try {
    closeSync(openSync(osPath(to), 'wx', 0o600));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    renameSync(osPath(from), osPath(to));
  } catch (error) {
    unlinkQuietly(to);
    throw error;
  }
  return true;
}

/** Removes a name if it can: a second one does no harm, and where an error led here, that one says more. */
export function unlinkQuietly(path: string): void {
  try {
    using at = reachEntry(path);
    unlinkSync(osPath(at.path));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}
