import { linkSync, lstatSync, mkdirSync, readlinkSync, statfsSync, symlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { decodeName, errnoOf } from '@holdfast/kernel';
import {
  below,
  type EntryTraits,
  giveName,
  type Occupied,
  osPath,
  reachEntry,
  type StagePaths,
  setFolderTraits,
  setLinkTime,
  unlinkQuietly,
} from '@holdfast/local-files';
import type { FolderSink, Place } from '#sink.ts';
import { failureOf, inTheWay, linkRefused, noHardLinks } from '../errno.ts';
import { resolveRoot, rootFailure } from '../root.ts';
import { assertSafe, restoredName } from './names.ts';

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
 * as root, into a folder that someone else may change meanwhile. Paths may be longer than one call takes (4,095 bytes on
 * Linux) where there is `/proc`; elsewhere such items fail with `devices/path-too-long`. Times are set to the nearest the
 * system call takes, at most 120 ns off.
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
  /** The folder looked into last: what is planned comes folder by folder. */
  #above: { readonly folder: string; readonly kind: 'folder' | 'absent' | 'blocked' } | undefined;

  constructor(root: string) {
    this.root = root;
  }

  look(path: readonly string[]): Place {
    assertSafe(path);
    return attempt(this.#at(path), () => {
      const above = this.#lookAbove(path.slice(0, -1));
      return above === 'folder' ? placeAt(this.#at(path)) : { kind: above };
    });
  }

  makeFolder(path: readonly string[]): void {
    assertSafe(path);
    if (this.#real.has(path.join('/'))) return;
    this.#above = undefined;
    attempt(this.#at(path), () => {
      for (let depth = 1; depth <= path.length; depth++) {
        const part = path.slice(0, depth);
        const kind = this.#kindOf(part);
        if (kind === 'absent') makeOneFolder(this.#at(part));
        else if (kind !== 'folder') throw inTheWay(this.#at(part), kind);
        this.#real.add(part.join('/'));
      }
    });
  }

  staging(path: readonly string[], key: string): StagePaths {
    return { stagePath: this.#beside(path, key), path: this.#at(path) };
  }

  hasStage(path: readonly string[], key: string): boolean {
    assertSafe(path);
    const stagePath = this.#stagePath(path, key);
    return attempt(stagePath, () => !isAbsent(stagePath));
  }

  discard(path: readonly string[], key: string): void {
    unlinkQuietly(this.#beside(path, key));
  }

  makeSymlink(path: readonly string[], target: string, mtimeNs: bigint, occupied: Occupied): boolean {
    const staged = this.#beside(path, 'symlink');
    const at = this.#at(path);
    // No system call takes one, and Node throws no system's error for it.
    if (target.includes('\0')) throw linkRefused(at);
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

  makeHardLink(path: readonly string[], file: readonly string[], occupied: Occupied): boolean {
    assertSafe(file);
    this.#assertReal(file.slice(0, -1));
    const staged = this.#beside(path, 'hardlink');
    const [at, from] = [this.#at(path), this.#at(file)];
    return attempt(at, () => {
      if (placeAt(from).kind !== 'file') throw inTheWay(from, 'special file or link');
      unlinkQuietly(staged);
      link(from, staged);
      try {
        return giveName(staged, at, occupied);
      } finally {
        // Where the name was one of this very file already, `rename` leaves both.
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
    this.#assertReal(path.slice(0, -1));
    return this.#stagePath(path, key);
  }

  #stagePath(path: readonly string[], key: string): string {
    return this.#at([...path.slice(0, -1), `.holdfast-${key}.part`]);
  }

  /** Nothing is written below a folder that `makeFolder` has not seen to be one. */
  #assertReal(folder: readonly string[]): void {
    if (this.#real.has(folder.join('/'))) return;
    throw inTheWay(this.#at(folder), 'folder that was not made');
  }

  #lookAbove(path: readonly string[]): 'folder' | 'absent' | 'blocked' {
    const folder = path.join('/');
    if (this.#real.has(folder)) return 'folder';
    if (this.#above?.folder !== folder) this.#above = { folder, kind: this.#kindAbove(path) };
    return this.#above.kind;
  }

  #kindAbove(path: readonly string[]): 'folder' | 'absent' | 'blocked' {
    for (let depth = 1; depth <= path.length; depth++) {
      const above = this.#kindOf(path.slice(0, depth));
      if (above !== 'folder') return above === 'absent' ? 'absent' : 'blocked';
    }
    return 'folder';
  }

  #kindOf(path: readonly string[]): Place['kind'] {
    return this.#real.has(path.join('/')) ? 'folder' : placeAt(this.#at(path)).kind;
  }
}

function placeAt(at: string): Place {
  using entry = reachEntry(at);
  const stat = lstatSync(osPath(entry.path), { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return { kind: 'absent' };
  if (stat.isFile()) return { kind: 'file', sizeBytes: Number(stat.size), mtimeNs: stat.mtimeNs };
  if (stat.isDirectory()) return { kind: 'folder' };
  if (!stat.isSymbolicLink()) return { kind: 'special' };
  return { kind: 'symlink', target: decodeName(readlinkSync(osPath(entry.path), 'buffer')) };
}

/** False, and nothing changed, when something is at `at`: `symlink` itself replaces nothing. */
function makeLink(target: string, at: string, mtimeNs: bigint): boolean {
  try {
    using entry = reachEntry(at);
    symlinkSync(osPath(target), osPath(entry.path));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
  setLinkTime(at, mtimeNs);
  return true;
}

/** Throws `devices/no-hard-links` where there are none, or no more of them. */
function link(from: string, to: string): void {
  using source = reachEntry(from);
  using target = reachEntry(to);
  try {
    linkSync(osPath(source.path), osPath(target.path));
  } catch (error) {
    throw CANNOT_LINK.has(errnoOf(error)) ? noHardLinks(to, error) : error;
  }
}

/** Across a mount below the target, too, a file has no name. */
const CANNOT_LINK: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'EXDEV',
  'EMLINK',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
]);

function isAbsent(path: string): boolean {
  using entry = reachEntry(path);
  return lstatSync(osPath(entry.path), { throwIfNoEntry: false }) === undefined;
}

function makeOneFolder(path: string): void {
  using entry = reachEntry(path);
  mkdirSync(osPath(entry.path), { mode: 0o700 });
}

/** Not `mkdir` with `recursive`: of Node 26 that says ENOENT on a read-only drive. */
function makeFolders(path: string): void {
  if (!isAbsent(path)) return;
  makeFolders(dirname(path));
  makeOneFolder(path);
}

function attempt<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw failureOf(error, path);
  }
}
