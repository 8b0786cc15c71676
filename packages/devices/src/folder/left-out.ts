import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { decodeName, errnoOf, Failure, plainText } from '@holdfast/kernel';
import { osPath, split } from '@holdfast/local-files';
import { DEVICE_FAILURES } from '#failures.ts';
import type { SourceEntry, SourceProblem } from '#source.ts';
import { excluder } from './exclude.ts';

/** Why an entry is left out of a walk; `undefined` for one that is not. */
export interface LeftOut {
  /** Judges names in a folder, before they are looked at; `undefined` where it would leave none out. Paths are from the root. */
  within(folder: string): ((name: string) => SourceProblem | undefined) | undefined;
  /** Once it is known what it is. */
  byFacts(entry: SourceEntry): SourceProblem | undefined;
}

/**
 * What is left out of a walk through `root` (absolute, without links): what `excludes` name (see `excluder`), and the
 * repository at `skipPaths`, which is known by its path and, behind a bind mount, by its inode.
 *
 * Fails with `devices/bad-pattern`, and with `devices/own-repository` when all of it would be left out.
 */
export function leftOut(root: string, excludes: readonly string[], skipPaths: readonly string[]): LeftOut {
  const excludedBy = excluder(excludes);
  const skipped = skipPaths.map(realOf);
  if (skipped.some((path) => withSlash(root).startsWith(withSlash(path)))) throw ownRepository(root);
  const prefix = withSlash(root);
  const skippedInside = skipped
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length));
  const skippedFolders = skipped.map(folderAt).filter((folder) => folder !== undefined);
  return {
    within(folder) {
      const skippedHere = new Set(
        skippedInside.filter((path) => split(path).folder === folder).map((path) => split(path).name),
      );
      if (excludes.length === 0 && skippedHere.size === 0) return undefined;
      return (name) => {
        if (skippedHere.has(name)) return { kind: 'problem', name, reason: 'own-repository', detail: '' };
        const pattern = excludedBy(folder === '' ? name : `${folder}/${name}`);
        return pattern === undefined
          ? undefined
          : { kind: 'problem', name, reason: 'excluded', detail: pattern };
      };
    },
    byFacts(entry) {
      if (entry.kind !== 'folder') return undefined;
      const isOwn = skippedFolders.some(({ dev, ino }) => entry.inode === ino && entry.deviceId === dev);
      return isOwn ? { kind: 'problem', name: entry.name, reason: 'own-repository', detail: '' } : undefined;
    },
  };
}

const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

/** The path without links; of what is not there yet, that of the nearest folder above which is. */
function realOf(path: string): string {
  const absolute = resolve(path);
  try {
    return decodeName(realpathSync(osPath(absolute), 'buffer'));
  } catch (error) {
    if (errnoOf(error) === undefined || absolute === '/') throw error;
    return withSlash(realOf(dirname(absolute))) + basename(absolute);
  }
}

function folderAt(path: string): { dev: bigint; ino: bigint } | undefined {
  try {
    const stat = lstatSync(osPath(path), { bigint: true });
    return stat.isDirectory() && stat.ino !== 0n ? stat : undefined;
  } catch (error) {
    // Not there, or not to be looked at: whoever opens the repository says so.
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

const ownRepository = (path: string): Failure =>
  new Failure(
    DEVICE_FAILURES.ownRepository,
    `${plainText(path)} is the repository that backups are written to, or inside it`,
    { hint: 'Name another folder: a repository is copied with any copy program.', details: { path } },
  );
