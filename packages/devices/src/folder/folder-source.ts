import { accessSync, constants } from 'node:fs';
import { type Clock, encodeName, systemClock, toHex } from '@holdfast/kernel';
import { below, hasProc, isShort, LONGEST_PATH, osPath, split } from '@holdfast/local-files';
import type { Device, Source, SourceFolder } from '#source.ts';
import { leftOut } from './left-out.ts';
import { readFile } from './read-file.ts';
import { resolveRoot, rootFailure } from './root.ts';
import { ThreadWalk } from './thread/walk-on-thread.ts';
import { walk } from './walk.ts';

/** What {@link openFolderSource} needs to know besides the folder. */
export interface FolderSourceOptions {
  /** Names this machine, so that the same path on another one is another device. */
  readonly machine: string;
  /** Patterns as of restic's `--exclude`, but a leading `/` is the folder itself. Left out as `excluded`. */
  readonly excludes?: readonly string[];
  /** Where the repository is that is backed up to. Left out as `own-repository`. */
  readonly skipPaths?: readonly string[];
  /** Look at the folder on a thread of its own; default: on the caller's, with pauses. */
  readonly useThread?: boolean;
  /** With `useThread`: begin to look at once, for a walk that will be asked for soon. The source is to be disposed of then. */
  readonly beginsAtOnce?: boolean;
  /** Only for pausing now and then. */
  readonly clock?: Clock;
}

/** A folder on this machine as a {@link Source}. */
export interface FolderSource extends Source, AsyncDisposable {
  /** Absolute, without symbolic links. */
  readonly root: string;
}

/**
 * Gives the folder at `path` as a source; a link given as `path` is followed, this once.
 *
 * Folders on other drives are entered; links are given, never followed. On Linux paths may be of any length: a file
 * whose path no single call can take has no `localPath`, and is to be `read`. Elsewhere what the system cannot open is
 * a problem `path-too-long`. What goes during the walk is given as `vanished`. Extended attributes, access control
 * lists and file flags are not read: Node cannot.
 *
 * Fails with `devices/missing-folder`, `devices/not-a-folder`, `devices/access-denied`, `devices/own-repository` and
 * `devices/bad-pattern`.
 */
export async function openFolderSource(
  path: string,
  {
    machine,
    excludes = [],
    skipPaths = [],
    useThread = false,
    beginsAtOnce = false,
    clock = systemClock,
  }: FolderSourceOptions,
): Promise<FolderSource> {
  const root = resolveRoot(path);
  try {
    accessSync(osPath(root), constants.R_OK | constants.X_OK);
  } catch (error) {
    throw rootFailure(error, root);
  }
  const options = { root, clock, leftOut: leftOut(root, excludes, skipPaths) };
  const name = split(root).name;
  const device: Device = {
    id: await deviceId(machine, root),
    name: name === '' ? 'root' : name,
    kind: 'folder',
  };
  const order = { root, excludes, skipPaths };
  let begun = useThread && beginsAtOnce ? new ThreadWalk(order) : undefined;
  const takeBegun = (): ThreadWalk | undefined => {
    const walk = begun;
    begun = undefined;
    return walk;
  };
  return {
    device,
    root,
    walk: (signal) =>
      useThread ? walkOnThread(() => takeBegun() ?? new ThreadWalk(order), signal) : walk(options, signal),
    localPath(entryPath) {
      const local = below(root, entryPath);
      return isShort(local, LONGEST_PATH) || !hasProc() ? local : undefined;
    },
    read: (entryPath, signal) => readFile(below(root, entryPath), signal),
    [Symbol.asyncDispose]: async () => takeBegun()?.[Symbol.asyncDispose](),
  };
}

/** Lazy, as any generator: a walk that nobody reads has no thread of its own. */
async function* walkOnThread(begin: () => ThreadWalk, signal?: AbortSignal): AsyncGenerator<SourceFolder> {
  yield* begin().folders(signal);
}

async function deviceId(machine: string, root: string): Promise<string> {
  const named = encodeName(`${machine}\0${root}`);
  const hash = await crypto.subtle.digest('SHA-256', Uint8Array.from(named));
  return `folder-${toHex(new Uint8Array(hash)).slice(0, 16)}`;
}
