import { createHash } from 'node:crypto';
import { encodeName } from '@holdfast/kernel';
import {
  type Android,
  contentBytes,
  type PhoneFile,
  type PhoneFolder,
  type PhoneNode,
} from '@holdfast/testkit/phone';
import { storageOf } from './storage.ts';

/** One thing a phone has in its storage. */
export interface Thing {
  /** What it is, as a text that two contents have in common only if they are the same. */
  readonly is: string;
  /** `closed`: a folder nobody may look into. `hidden`: a name, and no more. */
  readonly kind: 'file' | 'link' | 'closed' | 'hidden';
  /** Whether there is anything to be had of it: it may be read, and the folders above it may be looked into. */
  readonly isReadable: boolean;
  /** False for what is in a folder that may not be looked into: who knows its name may still ask for it. */
  readonly isListed: boolean;
  readonly sizeBytes: number;
  readonly mtime: number;
}

/** What a phone has, by its path in a snapshot. */
export type Things = ReadonlyMap<string, Thing>;

/** Longest path in bytes for a phone's file service, and so for a folder that is to be listed. */
const MOST_PATH_BYTES = 1024;

const INTERNAL = '/storage/emulated/0';

/** Everything in the storage of a phone as anybody who may read it would find it now; folders in `open` are not closed. */
export function thingsOn(android: Android, open: ReadonlySet<PhoneFolder> = new Set()): Things {
  const things = new Map<string, Thing>();
  for (const [volume, folder] of storageOf(android))
    look(
      folder,
      {
        path: `files/${volume}`,
        remotePath: volume === 'internal' ? INTERNAL : `/storage/${volume}`,
        isListed: true,
      },
      things,
      open,
    );
  return things;
}

function look(
  folder: PhoneFolder,
  { path, remotePath, isListed }: { path: string; remotePath: string; isListed: boolean },
  things: Map<string, Thing>,
  open: ReadonlySet<PhoneFolder>,
): void {
  const nothing = { isReadable: false, isListed, sizeBytes: 0, mtime: 0 };
  const isClosed =
    (folder.listing !== undefined && !open.has(folder)) || encodeName(remotePath).length > MOST_PATH_BYTES;
  if (isClosed && isListed) things.set(path, { ...nothing, is: 'closed', kind: 'closed' });
  for (const [name, node] of folder.entries) {
    const at = {
      path: `${path}/${name}`,
      remotePath: `${remotePath}/${name}`,
      isListed: isListed && !isClosed,
    };
    const { mtime = 1_700_000_000, lstatError } = node;
    if (lstatError !== undefined)
      things.set(at.path, { ...nothing, isListed: at.isListed, is: 'hidden', kind: 'hidden' });
    else if (node.kind === 'folder') look(node, at, things, open);
    else things.set(at.path, { ...thingOf(node, at.isListed), mtime });
  }
}

function thingOf(node: Exclude<PhoneNode, PhoneFolder>, isListed: boolean): Omit<Thing, 'mtime'> {
  if (node.kind === 'link')
    return { is: `link ${node.target}`, kind: 'link', isReadable: isListed, isListed, sizeBytes: 0 };
  const { content, refusal, failAfterBytes = Infinity } = node;
  const sizeBytes = contentBytes(content);
  const isReadable = isListed && refusal === undefined && failAfterBytes >= sizeBytes;
  return { is: isOf(content), kind: 'file', isReadable, isListed, sizeBytes };
}

const known = new WeakMap<object, string>();

/** What a content is. */
export function isOf(content: PhoneFile['content']): string {
  return known.getOrInsertComputed(content, () =>
    digest(content instanceof Uint8Array ? content : content.read(0, content.sizeBytes)),
  );
}

/** A content that is another one to whoever looks, and does something when it is read. */
export function trapped(
  content: PhoneFile['content'],
  onRead: () => Uint8Array | undefined,
): PhoneFile['content'] {
  const whole = content instanceof Uint8Array ? content : content.read(0, content.sizeBytes);
  const trap = {
    sizeBytes: whole.length,
    read: (offset: number, length: number) => (onRead() ?? whole).subarray(offset, offset + length),
  };
  known.set(trap, isOf(content));
  return trap;
}

/** Of bytes. */
export const digest = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('base64');

/** What a phone had while something went on: everything it had at any moment of it. */
export class Had {
  readonly #ever = new Map<string, Set<string>>();
  #steady: Map<string, Thing> | undefined;
  #last: Things = new Map();

  note(things: Things): void {
    for (const [path, { is }] of things)
      this.#ever.getOrInsertComputed(path, () => new Set<string>()).add(is);
    if (this.#steady === undefined) this.#steady = new Map(things);
    else
      for (const [path, { is, mtime, isReadable, isListed }] of this.#steady) {
        const now = things.get(path);
        const isSame =
          now?.is === is && now.mtime === mtime && now.isReadable === isReadable && now.isListed === isListed;
        if (!isSame) this.#steady.delete(path);
      }
    this.#last = things;
  }

  /** What there was at a path. */
  at(path: string): ReadonlySet<string> {
    return this.#ever.get(path) ?? new Set();
  }

  /** What was there all the time, and the same. */
  get steady(): Things {
    return this.#steady ?? new Map();
  }

  /** As it was noted last. */
  get last(): Things {
    return this.#last;
  }
}
