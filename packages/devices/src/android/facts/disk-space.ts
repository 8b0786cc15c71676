import { ABSENT, type Told, told, unrecognised } from './told.ts';

/** Room on a volume. */
export interface DiskSpace {
  readonly totalBytes: number;
  readonly freeBytes: number;
}

/** Name (which may hold spaces), kilobytes in all, used, available, percentage, and last where it is mounted. */
const ROW = /^.*?\s(\d+)\s+(\d+)\s+(\d+)\s+\d+%\s+(\/.*)$/;

/**
 * What `df -k` says of the file system that `path` is on: the row whose mount is the longest beginning of the path.
 *
 * The mount is never the path that was asked for, rows come in any order, and one that was not found has no row.
 */
export function parseDiskSpace(output: string, path: string): Told<DiskSpace> {
  let found: { mount: string; space: DiskSpace } | undefined;
  let isTable = false;
  for (const line of output.split(/\r?\n/)) {
    if (/^Filesystem\s/.test(line)) isTable = true;
    const row = ROW.exec(line);
    if (row === null) continue;
    const [, total, , free, mount = ''] = row;
    const holds = path === mount || path.startsWith(mount.endsWith('/') ? mount : `${mount}/`);
    if (!holds || mount.length < (found?.mount.length ?? 0)) continue;
    found = { mount, space: { totalBytes: Number(total) * 1024, freeBytes: Number(free) * 1024 } };
  }
  // The root's row says nothing of a volume below it.
  if (found !== undefined && found.mount !== '/') return told(found.space);
  return isTable ? ABSENT : unrecognised(output);
}
