import { lstatSync, realpathSync } from 'node:fs';
import { decodeName, errnoOf, Failure, plainText } from '@holdfast/kernel';
import { osPath } from '@holdfast/local-files';
import { DEVICE_FAILURES } from '#failures.ts';
import { failureOf } from './errno.ts';

/**
 * The absolute path, without symbolic links, of the folder at `path`: the one time that links are followed. Fails with
 * `devices/missing-folder`, `devices/not-a-folder` or `devices/access-denied`.
 */
export function resolveRoot(path: string): string {
  try {
    const real = decodeName(realpathSync(osPath(path), 'buffer'));
    if (!lstatSync(osPath(real)).isDirectory()) throw notAFolder(path);
    return real;
  } catch (error) {
    throw rootFailure(error, path);
  }
}

/** The `Failure` for a system error about the folder that was asked for; anything else untouched. */
export function rootFailure(error: unknown, path: string): unknown {
  switch (errnoOf(error)) {
    case 'ENOENT':
      return new Failure(DEVICE_FAILURES.missingFolder, `There is no folder at ${plainText(path)}`, {
        hint: 'Correct the path, or connect the drive it is on.',
        details: { path },
        cause: error,
      });
    case 'ENOTDIR':
      return notAFolder(path, error);
    default:
      return failureOf(error, path);
  }
}

/** `devices/not-a-folder`. */
export const notAFolder = (path: string, cause?: unknown): Failure =>
  new Failure(DEVICE_FAILURES.notAFolder, `There is no folder, but something else, at ${plainText(path)}`, {
    hint: 'Name the folder it is in.',
    details: { path },
    cause,
  });
