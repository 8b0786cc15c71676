import type { Stat1, Stat2 } from '#wire/sync.ts';

/** What a phone says of a file, folder or link. Times are seconds since 1970. */
export interface RemoteStat {
  /** Unix's, with the type bits. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** False for phones whose file service knows sizes modulo 4 GiB only: a file may be larger. */
  readonly isSizeSure: boolean;
  readonly mtime: number;
  /** The rest comes from phones with version 2 of the file service only. */
  readonly more?: {
    readonly ctime: number;
    readonly uid: number;
    readonly gid: number;
    readonly inode: bigint;
    readonly deviceId: bigint;
    readonly links: number;
  };
}

/** What can be said of a file: its facts, or why there are none. */
export type Looked =
  | { readonly kind: 'found'; readonly stat: RemoteStat }
  | { readonly kind: 'problem'; readonly problem: RemoteProblem };

/** Why something could not be looked at. */
export interface RemoteProblem {
  /** `ENOENT`, `EACCES`, …; `unknown` where the phone gave no reason. */
  readonly errno: string;
  /** What the phone said, for the technically minded. */
  readonly said: string;
}

/** One name in a folder. */
export type RemoteEntry = Looked & {
  /** Bytes that are not UTF-8 as lone surrogates (the kernel's `decodeName`). */
  readonly name: string;
};

/** Errnos as they are on the wire: those of Linux (AOSP adb `sysdeps/errno.cpp`). */
const ERRNOS: Readonly<Record<number, string>> = {
  1: 'EPERM',
  2: 'ENOENT',
  5: 'EIO',
  13: 'EACCES',
  14: 'EFAULT',
  17: 'EEXIST',
  20: 'ENOTDIR',
  21: 'EISDIR',
  22: 'EINVAL',
  23: 'ENFILE',
  24: 'EMFILE',
  26: 'ETXTBSY',
  27: 'EFBIG',
  28: 'ENOSPC',
  29: 'ESPIPE',
  30: 'EROFS',
  36: 'ENAMETOOLONG',
  40: 'ELOOP',
  75: 'EOVERFLOW',
};

/** A problem that a phone named by its number. */
export function problemOf(errno: number): RemoteProblem {
  const name = ERRNOS[errno];
  return { errno: name ?? 'unknown', said: name ?? `error ${errno}` };
}

/** What version 1 says: all zeros are no file, or one that may not be looked at. */
export function looked1({ mode, size, mtime }: Stat1): Looked {
  if (mode === 0)
    return { kind: 'problem', problem: { errno: 'unknown', said: 'no such file, or not readable' } };
  return { kind: 'found', stat: { mode, sizeBytes: size, isSizeSure: !isFile(mode), mtime } };
}

/** What version 2 says. */
export function looked2(stat: Stat2): Looked {
  if (stat.error !== 0) return { kind: 'problem', problem: problemOf(stat.error) };
  return {
    kind: 'found',
    stat: {
      mode: stat.mode,
      sizeBytes: Number(stat.size),
      isSizeSure: true,
      mtime: Number(stat.mtime),
      more: {
        ctime: Number(stat.ctime),
        uid: stat.uid,
        gid: stat.gid,
        inode: stat.ino,
        deviceId: stat.dev,
        links: stat.nlink,
      },
    },
  };
}

const TYPE_BITS = 0o170000;

/** True for a mode of a plain file. */
export const isFile = (mode: number): boolean => (mode & TYPE_BITS) === 0o100000;

/** True for a mode of a folder. */
export const isFolder = (mode: number): boolean => (mode & TYPE_BITS) === 0o040000;
