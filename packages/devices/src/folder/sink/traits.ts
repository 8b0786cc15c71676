import { closeSync, constants, fchmodSync, fstatSync, futimesSync, lutimesSync, openSync } from 'node:fs';
import { errnoOf } from '@holdfast/kernel';
import type { EntryTraits } from '#sink.ts';
import { inTheWay } from '../errno.ts';
import { osPath } from '../os-path.ts';
import { nearestTime } from './times.ts';

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

/**
 * Sets permissions and times on the file at `path` itself, which must be an ordinary one with no other name: neither a
 * link nor a second name of a file elsewhere is ever changed. Fails with `devices/in-the-way`.
 */
export function setFileTraits(path: string, traits: EntryTraits): void {
  const fd = openSync(osPath(path), constants.O_RDWR | NOT_ELSEWHERE);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.nlink > 1) throw inTheWay(path, 'file that was not staged');
    setTraits(fd, traits);
  } finally {
    closeSync(fd);
  }
}

/** Sets permissions and times on the folder at `path` itself; throws ENOTDIR for a link. */
export function setFolderTraits(path: string, traits: EntryTraits): void {
  const fd = openSync(osPath(path), constants.O_RDONLY | constants.O_DIRECTORY | NOT_ELSEWHERE);
  try {
    setTraits(fd, traits);
  } finally {
    closeSync(fd);
  }
}

/** Sets the time of a symbolic link, not of what it points to. */
export function setLinkTime(path: string, mtimeNs: bigint): void {
  const { seconds } = nearestTime(mtimeNs);
  where(() => lutimesSync(osPath(path), seconds, seconds));
}

function setTraits(fd: number, { mode, mtimeNs }: EntryTraits): void {
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
