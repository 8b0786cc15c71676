import { existsSync, renameSync, rmSync } from 'node:fs';
import { cannot } from '@holdfast/home';
import { errnoOf } from '@holdfast/kernel';

/** What SQLite keeps beside a database, by the end of its name (https://www.sqlite.org/tempfiles.html). */
const PARTS = ['', '-wal', '-shm'] as const;

/**
 * Gives a catalog's files other names beside it, by the time, under which it can still be opened; gives that of the file itself. What is not there is
 * passed over. Nobody here may have it open. Fails with `home/folder`.
 */
export function putAside(path: string, now: Temporal.Instant): string {
  const stamp = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '').toLowerCase();
  const aside = `${path}.old-${stamp}`;
  // A log alone is of no use.
  if (!existsSync(path)) for (const part of PARTS) rmSync(path + part, { force: true });
  for (const part of PARTS) rename(path + part, aside + part);
  return aside;
}

/** Puts a catalog that was closed into the place of another, which is put aside; where that fails, that is back. Fails with `home/folder`. */
export function takePlace(next: string, path: string, now: Temporal.Instant): void {
  const aside = putAside(path, now);
  try {
    renameSync(next, path);
  } catch (error) {
    for (const part of PARTS) rename(aside + part, path + part);
    throw cannot('write', path, error);
  }
}

/** What is not there is passed over. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw cannot('write', to, error);
  }
}
