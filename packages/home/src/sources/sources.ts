import type { ItemType } from '@holdfast/contract';
import { type FolderSource, openFolderSource, type Source } from '@holdfast/devices';
import type { AndroidPhone } from '@holdfast/devices/android';
import type { Host } from '#host.ts';
import { repositoryPlace } from '#place/home.ts';

/** What of a device is meant. */
export interface SourceChoice {
  /** Patterns of what is left out. */
  readonly excludes: readonly string[];
  /** Of a phone; absent: all. */
  readonly types?: readonly ItemType[];
}

/** What can be looked at or backed up; `phone` where it is one. */
export interface ChosenSource {
  readonly source: Source;
  readonly phone?: AndroidPhone;
}

/**
 * A folder as a source: without the repository, which may lie in it. Fails with `devices/…`. One that `beginsAtOnce` is already being looked at, and
 * to be disposed of.
 */
export function folderSource(
  path: string,
  { excludes, beginsAtOnce = false }: Pick<SourceChoice, 'excludes'> & { readonly beginsAtOnce?: boolean },
  host: Omit<Host, 'tell'>,
): Promise<FolderSource> {
  return openFolderSource(path, {
    machine: host.identity.hostname,
    excludes,
    skipPaths: [repositoryPlace(host).path],
    clock: host.clock,
    useThread: host.threads !== 0,
    beginsAtOnce,
  });
}
