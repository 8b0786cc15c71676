import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Room on the drive of the nearest folder above that is there; `undefined` where nobody says. */
export async function freeBytes(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    const above = dirname(path);
    return above === path ? undefined : freeBytes(above);
  }
}
