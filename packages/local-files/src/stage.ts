import { closeSync, constants, fstatSync, ftruncateSync, lstatSync, openSync, unlinkSync } from 'node:fs';
import { errnoOf } from '@holdfast/kernel';
import { giveName, type Occupied, unlinkQuietly } from './give-name.ts';
import { osPath } from './os-path.ts';
import { reachEntry } from './reach.ts';
import { type EntryTraits, setTraits } from './traits.ts';

/** Where a file is written first, and the name it gets once it is whole: absolute, in one folder. */
export interface StagePaths {
  readonly stagePath: string;
  readonly path: string;
}

/** All there is to a file but its content. */
export interface StagedFile extends StagePaths {
  readonly traits: EntryTraits;
  readonly occupied: Occupied;
}

/** Only the owner may read it until it gets its own permissions. */
const MODE = 0o600;

/** Exclusive: neither a link nor a file that has another name somewhere is ever written to. */
const CREATE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;

const NOT_ELSEWHERE = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Makes an empty stage and opens it. What has its name is removed first, be it ours or not; a folder is refused. */
export function createStage(stagePath: string): number {
  using at = reachEntry(stagePath);
  const path = osPath(at.path);
  try {
    return openSync(path, CREATE, MODE);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  unlinkSync(path);
  return openSync(path, CREATE, MODE);
}

/** `old` when an earlier attempt left something of this stage, which stays as it is; otherwise it is made, all zeros. */
export function beginStage(stagePath: string, sizeBytes: number): 'new' | 'old' {
  if (isWorthTakingUp(stagePath)) return 'old';
  const fd = createStage(stagePath);
  try {
    ftruncateSync(fd, sizeBytes);
  } finally {
    closeSync(fd);
  }
  return 'new';
}

/** Opens a stage that is there: an ordinary file, or the system's error. */
export function openStage(stagePath: string): number {
  using at = reachEntry(stagePath);
  return openSync(osPath(at.path), constants.O_RDWR | NOT_ELSEWHERE);
}

/**
 * Closes a whole stage, with its traits and its name. False when the name is taken and to be kept; the stage is gone then.
 * False, too, when another run has begun the same stage anew: what has the stage's name now is that run's to finish.
 */
export function finishStage(fd: number, { stagePath, path, traits, occupied }: StagedFile): boolean {
  try {
    if (!isStill(fd, stagePath)) return false;
    setTraits(fd, traits);
  } finally {
    closeSync(fd);
  }
  if (giveName(stagePath, path, occupied)) return true;
  unlinkQuietly(stagePath);
  return false;
}

/** The same for a stage that is closed; `differs`, and nothing is done, when it is not as long as it should be. */
export function finishClosedStage(file: StagedFile, sizeBytes: number): 'named' | 'taken' | 'differs' {
  const fd = openStage(file.stagePath);
  const stat = fstatSync(fd);
  if (!stat.isFile() || stat.nlink !== 1 || stat.size !== sizeBytes) {
    closeSync(fd);
    return 'differs';
  }
  return finishStage(fd, file) ? 'named' : 'taken';
}

/** Asked while it is open: only so long is the number of a file its own everywhere. */
function isStill(fd: number, stagePath: string): boolean {
  using at = reachEntry(stagePath);
  const stat = lstatSync(osPath(at.path), { throwIfNoEntry: false });
  return stat !== undefined && stat.ino === fstatSync(fd).ino;
}

function isWorthTakingUp(stagePath: string): boolean {
  using at = reachEntry(stagePath);
  const stat = lstatSync(osPath(at.path), { throwIfNoEntry: false });
  // Into a file that has another name somewhere nothing is written.
  return stat !== undefined && stat.isFile() && stat.nlink === 1 && stat.size > 0;
}
