import { lstatSync, mkdirSync, readlinkSync, statfsSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { decodeName, errnoOf } from '@holdfast/kernel';
import type { EntryTraits, FolderSink, Occupied, Place } from '#sink.ts';
import { failureOf, inTheWay } from '../errno.ts';
import { below, osPath, split } from '../os-path.ts';
import { resolveRoot, rootFailure } from '../root.ts';
import { giveName, unlinkQuietly } from './give-name.ts';
import { assertSafe, restoredName } from './names.ts';
import { setFileTraits, setFolderTraits, setLinkTime } from './traits.ts';

/** What {@link openFolderSink} does besides looking. */
export interface FolderSinkOptions {
  /** Make the folder, and those above it, where they are missing. Without it the sink may be good for looking only. */
  readonly create?: boolean;
}

/**
 * The folder at `path` as a sink; it may hold anything already. A link given as `path` is followed, this once.
 *
 * No link below the root is ever followed: a folder counts as one only after it was seen not to be a link. What another
 * program swaps for a link in the same moment is not noticed by threads that write to `stagePath`; do not restore,
 * as root, into a folder that someone else may change meanwhile. Paths are limited to what one call takes (4,095 bytes
 * on Linux, root included). Times are set to the nearest the system call takes, at most 120 ns off.
 *
 * Fails with `devices/not-a-folder`, `devices/access-denied`, `devices/read-only` and the like.
 */
export function openFolderSink(path: string, { create = true }: FolderSinkOptions = {}): FolderSink {
  const wanted = resolve(path);
  try {
    if (create) makeFolders(wanted);
    else if (isAbsent(wanted)) return new LocalFolderSink(wanted);
  } catch (error) {
    throw rootFailure(error, wanted);
  }
  return new LocalFolderSink(resolveRoot(wanted));
}

class LocalFolderSink implements FolderSink {
  readonly root: string;
  /** Folders below the root seen to be real ones, not links: by path joined with `/`. Nothing here ever replaces a folder. */
  readonly #real = new Set<string>(['']);

  constructor(root: string) {
    this.root = root;
  }

  look(path: readonly string[]): Place {
    assertSafe(path);
    return attempt(this.#at(path), () => {
      if (!this.#real.has(path.slice(0, -1).join('/'))) {
        for (let depth = 1; depth < path.length; depth++) {
          const above = this.#kindOf(path.slice(0, depth));
          if (above === 'absent') return { kind: 'absent' };
          if (above !== 'folder') return { kind: 'blocked' };
        }
      }
      return placeAt(this.#at(path));
    });
  }

  makeFolder(path: readonly string[]): void {
    assertSafe(path);
    if (this.#real.has(path.join('/'))) return;
    attempt(this.#at(path), () => {
      for (let depth = 1; depth <= path.length; depth++) {
        const part = path.slice(0, depth);
        const kind = this.#kindOf(part);
        if (kind === 'absent') mkdirSync(osPath(this.#at(part)), { mode: 0o700 });
        else if (kind !== 'folder') throw inTheWay(this.#at(part), kind);
        this.#real.add(part.join('/'));
      }
    });
  }

  stagePath(path: readonly string[], key: string): string {
    const stagePath = this.#beside(path, key);
    attempt(stagePath, () => {
      const stat = lstatSync(osPath(stagePath), { throwIfNoEntry: false });
      if (stat === undefined) return;
      if (stat.isDirectory()) throw inTheWay(stagePath, 'folder');
      // Writing there would write through a link, or into a file that has another name somewhere.
      if (!stat.isFile() || stat.nlink > 1) unlinkSync(osPath(stagePath));
    });
    return stagePath;
  }

  finish(path: readonly string[], stagePath: string, traits: EntryTraits, occupied: Occupied): boolean {
    assertSafe(path);
    this.#assertReal(path.slice(0, -1));
    this.#assertStage(stagePath);
    const target = this.#at(path);
    return attempt(target, () => {
      setFileTraits(stagePath, traits);
      return giveName(stagePath, target, occupied);
    });
  }

  discard(stagePath: string): void {
    this.#assertStage(stagePath);
    attempt(stagePath, () => {
      try {
        unlinkSync(osPath(stagePath));
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error;
      }
    });
  }

  makeSymlink(path: readonly string[], target: string, mtimeNs: bigint, occupied: Occupied): boolean {
    const staged = this.#beside(path, 'symlink');
    const at = this.#at(path);
    return attempt(at, () => {
      if (occupied === 'keep') return makeLink(target, at, mtimeNs);
      unlinkQuietly(staged);
      makeLink(target, staged, mtimeNs);
      try {
        return giveName(staged, at, occupied);
      } finally {
        unlinkQuietly(staged);
      }
    });
  }

  finishFolder(path: readonly string[], traits: EntryTraits): void {
    assertSafe(path);
    this.#assertReal(path);
    attempt(this.#at(path), () => setFolderTraits(this.#at(path), traits));
  }

  freePath(path: readonly string[]): readonly string[] {
    assertSafe(path);
    const folder = path.slice(0, -1);
    for (let number = 1; ; number++) {
      const free = [...folder, restoredName(path.at(-1) ?? '', number)];
      const { kind } = this.look(free);
      if (kind === 'absent') return free;
      if (kind === 'blocked') throw inTheWay(this.#at(folder), 'link or file');
    }
  }

  freeBytes(): number | undefined {
    return attempt(this.root, () => {
      if (isAbsent(this.root)) return undefined;
      const { bavail, bsize } = statfsSync(osPath(this.root));
      return bavail * bsize;
    });
  }

  #at(path: readonly string[]): string {
    return below(this.root, path.join('/'));
  }

  #beside(path: readonly string[], key: string): string {
    assertSafe(path);
    const folder = path.slice(0, -1);
    this.#assertReal(folder);
    return this.#at([...folder, `.holdfast-${key}.part`]);
  }

  /** Nothing is written below a folder that `makeFolder` has not seen to be one. */
  #assertReal(folder: readonly string[]): void {
    if (this.#real.has(folder.join('/'))) return;
    throw inTheWay(this.#at(folder), 'folder that was not made');
  }

  /** A stage is one of ours, in such a folder. */
  #assertStage(stagePath: string): void {
    const prefix = below(this.root, 'x').slice(0, -1);
    const { folder, name } = split(stagePath.slice(prefix.length));
    const isOurs = stagePath.startsWith(prefix) && this.#real.has(folder);
    if (!isOurs || !/^\.holdfast-[^/]+\.part$/.test(name))
      throw inTheWay(stagePath, 'file that was not staged');
  }

  #kindOf(path: readonly string[]): Place['kind'] {
    return this.#real.has(path.join('/')) ? 'folder' : placeAt(this.#at(path)).kind;
  }
}

function placeAt(at: string): Place {
  const stat = lstatSync(osPath(at), { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return { kind: 'absent' };
  if (stat.isFile()) return { kind: 'file', sizeBytes: Number(stat.size), mtimeNs: stat.mtimeNs };
  if (stat.isDirectory()) return { kind: 'folder' };
  if (!stat.isSymbolicLink()) return { kind: 'special' };
  return { kind: 'symlink', target: decodeName(readlinkSync(osPath(at), 'buffer')) };
}

/** False, and nothing changed, when something is at `at`: `symlink` itself replaces nothing. */
function makeLink(target: string, at: string, mtimeNs: bigint): boolean {
  try {
    symlinkSync(osPath(target), osPath(at));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
  setLinkTime(at, mtimeNs);
  return true;
}

const isAbsent = (path: string): boolean => lstatSync(osPath(path), { throwIfNoEntry: false }) === undefined;

/** Not `mkdir` with `recursive`: of Node 26 that says ENOENT on a read-only drive. */
function makeFolders(path: string): void {
  if (!isAbsent(path)) return;
  makeFolders(dirname(path));
  mkdirSync(osPath(path), { mode: 0o700 });
}

function attempt<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw failureOf(error, path);
  }
}
