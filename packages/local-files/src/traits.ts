import { closeSync, constants, fchmodSync, futimesSync, lutimesSync, openSync } from 'node:fs';
import { errnoOf } from '@holdfast/kernel';
import { osPath } from './os-path.ts';
import { reachEntry } from './reach.ts';
import { nearestTime } from './times.ts';

/** What an entry gets besides its content. Unix permission bits; nanoseconds since 1970. */
export interface EntryTraits {
  readonly mode: number;
  readonly mtimeNs: bigint;
}

/** What a file system answers that has no such permissions or times: the item is whole without them. */
const CANNOT: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'EINVAL',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
]);

/** Reading, writing, running: no bits that lend the owner's rights. */
const PERMISSIONS = 0o777;

const NOT_ELSEWHERE = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Sets permissions and times on the folder at `path` itself; throws ENOTDIR for a link. */
export function setFolderTraits(path: string, traits: EntryTraits): void {
  using at = reachEntry(path);
  const fd = openSync(osPath(at.path), constants.O_RDONLY | constants.O_DIRECTORY | NOT_ELSEWHERE);
  try {
    setTraits(fd, traits);
  } finally {
    closeSync(fd);
  }
}

/** Sets the time of a symbolic link, not of what it points to. */
export function setLinkTime(path: string, mtimeNs: bigint): void {
  using at = reachEntry(path);
  const { seconds } = nearestTime(mtimeNs);
  where(() => lutimesSync(osPath(at.path), seconds, seconds));
}

/** Sets permissions and times of an open file. */
export function setTraits(fd: number, { mode, mtimeNs }: EntryTraits): void {
  where(() => fchmodSync(fd, mode & PERMISSIONS));
  const { seconds } = nearestTime(mtimeNs);
  where(() => futimesSync(fd, seconds, seconds));
}

/** Makes a change where the file system knows such a thing. */
function where(change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!CANNOT.has(errnoOf(error))) throw error;
  }
}
