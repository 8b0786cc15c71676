import type { Stat2 } from '@holdfast/adb/wire';

/** Facts of any node; defaults are those of shared storage. */
interface NodeFacts {
  /** Permission bits. */
  readonly mode?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
  /** Looking at it fails with this errno, though its name is listed. */
  readonly lstatError?: number;
}

/** A file. */
export interface PhoneFile extends NodeFacts {
  readonly kind: 'file';
  readonly content: Uint8Array;
  /** What its size is said to be, for one that grows or shrinks while it is read. */
  readonly saysBytes?: bigint;
  /** After this many bytes, reading it fails. */
  readonly failAfterBytes?: number;
  /** What the phone says when reading or replacing it fails at once. */
  readonly refusal?: string;
}

/** A folder. */
export interface PhoneFolder extends NodeFacts {
  readonly kind: 'folder';
  /** By name; bytes that are not UTF-8 as lone surrogates. */
  readonly entries: Map<string, PhoneNode>;
  /** `closed`: may not be listed. `silent`: lists nothing, not even itself, as some storage does. */
  readonly listing?: 'closed' | 'silent';
  /** What the phone says when something is written into it. */
  readonly writeRefusal?: string;
}

/** A symbolic link. */
interface PhoneLink extends NodeFacts {
  readonly kind: 'link';
  readonly target: string;
}

export type PhoneNode = PhoneFile | PhoneFolder | PhoneLink;

/** A file of these bytes or this text. */
export const phoneFile = (content: Uint8Array | string, facts: Partial<PhoneFile> = {}): PhoneFile => ({
  ...facts,
  kind: 'file',
  content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
});

/** A folder of these nodes. */
export const phoneFolder = (
  entries: Readonly<Record<string, PhoneNode>> = {},
  facts: Partial<PhoneFolder> = {},
): PhoneFolder => ({ ...facts, kind: 'folder', entries: new Map(Object.entries(entries)) });

/** The node at an absolute path; `undefined` when there is none. Links are not followed. */
export function nodeAt(root: PhoneFolder, path: string): PhoneNode | undefined {
  let node: PhoneNode | undefined = root;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    node = node?.kind === 'folder' ? node.entries.get(part) : undefined;
  }
  return node;
}

const TYPE_BITS = { file: 0o100000, folder: 0o040000, link: 0o120000 } as const;
const DEFAULT_MODE = { file: 0o660, folder: 0o770, link: 0o777 } as const;

const ENOENT = 2;
const SHELL_UID = 2000;
const NO_STAT: Stat2 = {
  error: ENOENT,
  dev: 0n,
  ino: 0n,
  mode: 0,
  nlink: 0,
  uid: 0,
  gid: 0,
  size: 0n,
  atime: 0n,
  mtime: 0n,
  ctime: 0n,
};

/** What the phone's `lstat` says of a node. */
export function statOf(node: PhoneNode | undefined): Stat2 {
  if (node === undefined) return NO_STAT;
  if (node.lstatError !== undefined) return { ...NO_STAT, error: node.lstatError };
  const mtime = BigInt(node.mtime ?? 1_700_000_000);
  return {
    ...NO_STAT,
    error: 0,
    mode: TYPE_BITS[node.kind] | (node.mode ?? DEFAULT_MODE[node.kind]),
    nlink: 1,
    uid: SHELL_UID,
    gid: SHELL_UID,
    size: sizeOf(node),
    atime: mtime,
    mtime,
    ctime: mtime,
  };
}

function sizeOf(node: PhoneNode): bigint {
  if (node.kind === 'file') return node.saysBytes ?? BigInt(node.content.length);
  return node.kind === 'link' ? BigInt(node.target.length) : 4096n;
}
