import { Failure } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';

/** Refuses (`devices/unsafe-name`) a path with a name that no file has and that could lead out of the root. */
export function assertSafe(path: readonly string[]): void {
  const isUnsafe = (name: string): boolean =>
    name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0');
  if (path.length > 0 && !path.some(isUnsafe)) return;
  throw new Failure(DEVICE_FAILURES.unsafeName, 'a name in this path would lead out of the folder', {
    hint: 'Do not trust the backup it comes from.',
  });
}
