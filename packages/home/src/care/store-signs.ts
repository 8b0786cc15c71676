import { access, constants } from 'node:fs/promises';
import { isFailure } from '@holdfast/kernel';
import type { Host } from '#host.ts';
import { givenPassword, homePasswords } from '#password/password.ts';
import { freeBytes } from '#place/free-bytes.ts';
import { repositoryPlace } from '#place/home.ts';
import { isRepositoryThere } from './look-at-repository.ts';

/** What a glance tells of the place of a repository. */
export interface StoreSigns {
  readonly isThere: boolean;
  readonly isWritable: boolean;
  /** Where somebody says. */
  readonly freeBytes?: number;
  /** All that may be its password: secrets. */
  readonly passwords: readonly string[];
}

/** What cannot be used is not there. */
function falseIfFailed(error: unknown): boolean {
  if (!isFailure(error)) throw error;
  return false;
}

/** A glance at the place of the host's repository: it opens nothing, and may be repeated every few seconds. */
export async function storeSigns(host: Host): Promise<StoreSigns> {
  const { path } = repositoryPlace(host);
  const [isThere, isWritable, free, given, own] = await Promise.all([
    isRepositoryThere(host).catch(falseIfFailed),
    access(path, constants.W_OK).then(
      () => true,
      () => false,
    ),
    freeBytes(path),
    givenPassword(host).catch(() => undefined),
    homePasswords(host).catch(() => []),
  ]);
  return {
    isThere,
    isWritable,
    ...(free !== undefined && { freeBytes: free }),
    passwords: (given === undefined ? own : [given]).map(({ text }) => text),
  };
}
