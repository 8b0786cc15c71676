import type { Stat2 } from '@holdfast/adb/wire';
import { contentBytes, type PhoneContent } from './content.ts';

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
  readonly content: PhoneContent;
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
  /** Of a root: bytes that still fit into all of it. Without it there is room for everything. */
  readonly room?: { bytes: number };
}

/** A symbolic link. */
export interface PhoneLink extends NodeFacts {
  readonly kind: 'link';
  readonly target: string;
}

export type PhoneNode = PhoneFile | PhoneFolder | PhoneLink;

/** A file of this content or text. */
export const phoneFile = (content: PhoneContent | string, facts: Partial<PhoneFile> = {}): PhoneFile => ({
  ...facts,
  kind: 'file',
  content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
});

/** A folder of these nodes. */
export const phoneFolder = (
  entries: Readonly<Record<string, PhoneNode>> = {},
  facts: Partial<PhoneFolder> = {},
): PhoneFolder => ({ ...facts, kind: 'folder', entries: new Map(Object.entries(entries)) });

/** A link to a path, absolute or from where it is. */
export const phoneLink = (target: string): PhoneLink => ({ kind: 'link', target });

/** As many links as Linux follows before it gives up on a path. */
const MOST_LINKS = 40;

/**
 * The node at an absolute path, and `undefined` when there is none. Links on the way are followed; one at the very end only
 * where the path ends in a slash, or with `{ follow: true }`.
 */
export function nodeAt(
  root: PhoneFolder,
  path: string,
  { follow = path.endsWith('/') } = {},
): PhoneNode | undefined {
  const left = partsOf(path).toReversed();
  const above: PhoneFolder[] = [];
  let node: PhoneNode = root;
  for (let links = 0; ; ) {
    if (node.kind === 'link' && (follow || left.length > 0)) {
      links += 1;
      if (links > MOST_LINKS) return undefined;
      if (node.target.startsWith('/')) above.length = 0;
      left.push(...partsOf(node.target).toReversed());
      node = node.target.startsWith('/') ? root : (above.pop() ?? root);
      continue;
    }
    const part = left.pop();
    if (part === undefined) return node;
    if (node.kind !== 'folder') return undefined;
    if (part === '..') {
      node = above.pop() ?? root;
      continue;
    }
    const next: PhoneNode | undefined = node.entries.get(part);
    if (next === undefined) return undefined;
    above.push(node);
    node = next;
  }
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.');

/** Where a new entry would be: the folder it would be in, if there is one, and its name. */
export function placeAt(root: PhoneFolder, path: string): { parent: PhoneFolder | undefined; name: string } {
  const parts = partsOf(path);
  const name = parts.pop() ?? '';
  const parent = nodeAt(root, `/${parts.join('/')}`, { follow: true });
  return { parent: parent?.kind === 'folder' ? parent : undefined, name };
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
  if (node.kind === 'file') return node.saysBytes ?? BigInt(contentBytes(node.content));
  return node.kind === 'link' ? BigInt(node.target.length) : 4096n;
}
