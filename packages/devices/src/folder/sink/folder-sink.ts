import {
  chmodSync,
  closeSync,
  constants,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statfsSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { decodeName, Failure } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';
import type { EntryTraits, FolderSink, Occupied, Place } from '#sink.ts';
import { failureOf } from '../errno.ts';
import { below, osPath } from '../os-path.ts';
import { restoredName } from './free-name.ts';
import { assertSafe } from './safe-path.ts';

/**
 * The folder at `path` as a sink; it and the folders above it are made where they are missing. A link given as `path` is
 * followed, this once. With `isDryRun` nothing is made: then the sink is only good for looking. Fails with `devices/not-a-folder`, `devices/access-denied` and the like.
 */
export function openFolderSink(
  path: string,
  { isDryRun = false }: { readonly isDryRun?: boolean } = {},
): FolderSink {
  const wanted = resolve(path);
  return attempt(wanted, () => {
    if (isDryRun && lstatSync(osPath(wanted), { throwIfNoEntry: false }) === undefined)
      return new LocalFolderSink(wanted);
    mkdirSync(osPath(wanted), { recursive: true });
    const root = decodeName(realpathSync(osPath(wanted), { encoding: 'buffer' }));
    if (!lstatSync(osPath(root)).isDirectory()) throw notAFolder(root);
    return new LocalFolderSink(root);
  });
}

class LocalFolderSink implements FolderSink {
  readonly root: string;
  /** Folders below the root known to be real ones, not links: by path joined with `/`. */
  readonly #real = new Set<string>(['']);

  constructor(root: string) {
    this.root = root;
  }

  look(path: readonly string[]): Place {
    assertSafe(path);
    return attempt(this.#at(path), () => {
      for (let depth = 1; depth < path.length; depth++) {
        const above = this.#kindOf(path.slice(0, depth));
        if (above === 'absent') return { kind: 'absent' };
        if (above !== 'folder') return { kind: 'blocked' };
      }
      return this.#placeAt(this.#at(path));
    });
  }

  makeFolder(path: readonly string[]): void {
    assertSafe(path);
    attempt(this.#at(path), () => {
      for (let depth = 1; depth <= path.length; depth++) {
        const part = path.slice(0, depth);
        const kind = this.#kindOf(part);
        if (kind === 'absent') mkdirSync(osPath(this.#at(part)), { mode: 0o700 });
        else if (kind !== 'folder') throw inTheWay(this.#at(part));
        this.#real.add(part.join('/'));
      }
    });
  }

  stagePath(path: readonly string[], key: string): string {
    assertSafe(path);
    this.#assertReal(path.slice(0, -1));
    return this.#at([...path.slice(0, -1), `.holdfast-${key}.part`]);
  }

  finish(path: readonly string[], stagePath: string, traits: EntryTraits, occupied: Occupied): boolean {
    assertSafe(path);
    this.#assertReal(path.slice(0, -1));
    const target = this.#at(path);
    return attempt(target, () => {
      chmodSync(osPath(stagePath), traits.mode & 0o777);
      utimesSync(osPath(stagePath), ...times(traits.mtimeNs));
      if (occupied === 'replace') {
        renameSync(osPath(stagePath), osPath(target));
        return true;
      }
      return moveOntoNothing(stagePath, target);
    });
  }

  discard(stagePath: string): void {
    attempt(stagePath, () => {
      try {
        unlinkSync(osPath(stagePath));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
      }
    });
  }

  makeSymlink(path: readonly string[], target: string, mtimeNs: bigint, occupied: Occupied): boolean {
    assertSafe(path);
    this.#assertReal(path.slice(0, -1));
    const at = this.#at(path);
    return attempt(at, () => {
      const place = this.#placeAt(at);
      if (place.kind !== 'absent') {
        if (occupied === 'keep') return false;
        unlinkSync(osPath(at));
      }
      symlinkSync(osPath(target), osPath(at));
      lutimesSync(osPath(at), ...times(mtimeNs));
      return true;
    });
  }

  finishFolder(path: readonly string[], traits: EntryTraits): void {
    assertSafe(path);
    this.#assertReal(path);
    const at = this.#at(path);
    attempt(at, () => {
      chmodSync(osPath(at), traits.mode & 0o777);
      utimesSync(osPath(at), ...times(traits.mtimeNs));
    });
  }

  freePath(path: readonly string[]): readonly string[] {
    assertSafe(path);
    const folder = path.slice(0, -1);
    for (let number = 1; ; number++) {
      const free = [...folder, restoredName(path.at(-1) ?? '', number)];
      if (this.look(free).kind === 'absent') return free;
    }
  }

  freeBytes(): number | undefined {
    const { bavail, bsize } = statfsSync(osPath(this.root));
    return bavail * bsize;
  }

  #at(path: readonly string[]): string {
    return below(this.root, path.join('/'));
  }

  /** Nothing is written below a folder that `makeFolder` has not seen to be one. */
  #assertReal(folder: readonly string[]): void {
    if (!this.#real.has(folder.join('/'))) throw inTheWay(this.#at(folder));
  }

  #kindOf(path: readonly string[]): Place['kind'] {
    return this.#real.has(path.join('/')) ? 'folder' : this.#placeAt(this.#at(path)).kind;
  }

  #placeAt(at: string): Place {
    const stat = lstatSync(osPath(at), { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) return { kind: 'absent' };
    if (stat.isFile()) return { kind: 'file', sizeBytes: Number(stat.size), mtimeNs: stat.mtimeNs };
    if (stat.isDirectory()) return { kind: 'folder' };
    if (!stat.isSymbolicLink()) return { kind: 'special' };
    return { kind: 'symlink', target: decodeName(readlinkSync(osPath(at), { encoding: 'buffer' })) };
  }
}

/** A hard link never replaces anything; where there are none (FAT), the name is taken by an empty file first. */
function moveOntoNothing(from: string, to: string): boolean {
  try {
    linkSync(osPath(from), osPath(to));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK') throw error;
    return moveByPlaceholder(from, to);
  }
  unlinkSync(osPath(from));
  return true;
}

function moveByPlaceholder(from: string, to: string): boolean {
  try {
    closeSync(openSync(osPath(to), constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  renameSync(osPath(from), osPath(to));
  return true;
}

/** Access and modification time in seconds. Node takes a double: good to about 0.2 µs, and rounded down by the system. */
function times(mtimeNs: bigint): [number, number] {
  const seconds = Number(mtimeNs) / 1e9;
  return [seconds, seconds];
}

function attempt<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw failureOf(error, path);
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

const inTheWay = (path: string): Failure =>
  new Failure(DEVICE_FAILURES.inTheWay, 'something that is no folder stands where a folder should be', {
    hint: 'Move it away, or restore to another folder.',
    details: { path },
  });

const notAFolder = (path: string): Failure =>
  new Failure(DEVICE_FAILURES.notAFolder, 'this is no folder', {
    hint: 'Give a folder to restore to.',
    details: { path },
  });
