import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { below, byteLength, osPath, split } from './os-path.ts';

/** Longest path Linux takes in one call, in bytes without the closing NUL (PATH_MAX in linux/limits.h is 4,096 with it). */
export const LONGEST_PATH = 4095;

/** Longest name on every common file system, in bytes (NAME_MAX). */
export const LONGEST_NAME = 255;

/** Leaves room for a slash and any name after a folder's path. */
const LONGEST_FOLDER = LONGEST_PATH - 1 - LONGEST_NAME;

/** Leaves room for the alias that a stretch follows, too. */
const LONGEST_STRETCH = LONGEST_FOLDER - 32;

/** Linux: opens without reading, so that permission to pass through is enough. Node has no constant (fcntl.h: 010000000). */
const O_PATH = 0o10000000;

/** A folder's path by which it, and every name in it, can be given to the system. Good until disposed. */
export interface Reached extends Disposable {
  readonly path: string;
}

/**
 * The folder, under a path that is short enough. `path` is absolute, surrogate-escaped and has no symbolic links.
 *
 * Where the path is too long, the folder is held open and named `/proc/self/fd/<number>` instead, which the system
 * resolves to the open folder and not to text: depth is then without limit. Without `/proc` (any system but Linux) it
 * gives the path as it is, and the system will say ENAMETOOLONG. Throws the system's errors.
 */
export function reach(path: string): Reached {
  if (isShort(path) || !hasProc()) return { path, [Symbol.dispose]: nothing };
  const fd = openStretches(path);
  return { path: alias(fd), [Symbol.dispose]: () => closeSync(fd) };
}

/**
 * The entry at `path`, whatever it is, under a path that is short enough: see {@link reach}. Its own name stays the last
 * part, so calls that do not follow a link there still do not.
 */
export function reachEntry(path: string): Reached {
  if (isShort(path, LONGEST_PATH)) return { path, [Symbol.dispose]: nothing };
  const { folder, name } = split(path);
  const reached = reach(folder);
  return { path: below(reached.path, name), [Symbol.dispose]: () => reached[Symbol.dispose]() };
}

/** True when a path is at most `longest` bytes; by default, when any name in that folder can be given to the system. */
export const isShort = (path: string, longest: number = LONGEST_FOLDER): boolean =>
  path.length * 3 <= longest || byteLength(path) <= longest;

/** True where paths of any length can be reached. */
export function hasProc(): boolean {
  isProcThere ??= existsSync('/proc/self/fd');
  return isProcThere;
}
let isProcThere: boolean | undefined;

const alias = (fd: number): string => `/proc/self/fd/${fd}`;

function openStretches(path: string): number {
  let fd: number | undefined;
  for (const stretch of stretches(path)) {
    const from = fd;
    try {
      const to = from === undefined ? `/${stretch}` : `${alias(from)}/${stretch}`;
      fd = openSync(osPath(to), O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    } finally {
      if (from !== undefined) closeSync(from);
    }
  }
  if (fd === undefined) throw new TypeError('a path has a first stretch');
  return fd;
}

/** An absolute path in pieces of whole names, without the slashes between them. */
function* stretches(path: string): Generator<string> {
  let stretch: string[] = [];
  let bytes = 0;
  for (const name of path.slice(1).split('/')) {
    const more = byteLength(name) + 1;
    if (bytes + more > LONGEST_STRETCH && stretch.length > 0) {
      yield stretch.join('/');
      stretch = [];
      bytes = 0;
    }
    stretch.push(name);
    bytes += more;
  }
  yield stretch.join('/');
}

const nothing = (): void => {};
