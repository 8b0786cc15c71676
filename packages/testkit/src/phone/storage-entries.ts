import type { PhoneFolder, PhoneNode } from './tree.ts';

/** `shared`: names that differ in case or in how letters are composed are one name. `fat`: and an SD card's limits hold. */
type StorageKind = 'shared' | 'fat';

/** Names FAT has no room for, and the size of its largest file. */
const NOT_ON_FAT = /[:*?"<>|\\\p{Cc}]/u;
const MOST_ON_FAT = 2 ** 32 - 1;

const fold = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * Entries of a folder on a phone's shared storage. A name finds what has the same name but for case and composition, and
 * putting something there keeps the name that was there first. (A `Map` because folders have one; it differs in keys only.)
 */
class StorageEntries extends Map<string, PhoneNode> {
  readonly kind: StorageKind;
  #names: Map<string, string> | undefined;

  constructor(kind: StorageKind) {
    super();
    this.kind = kind;
  }

  #nameOf(name: string): string {
    return this.#names?.get(fold(name)) ?? name;
  }

  override get(name: string): PhoneNode | undefined {
    return super.get(this.#nameOf(name));
  }

  override has(name: string): boolean {
    return super.has(this.#nameOf(name));
  }

  override set(name: string, node: PhoneNode): this {
    this.#names ??= new Map();
    const kept = this.#nameOf(name);
    this.#names.set(fold(name), kept);
    return super.set(kept, node);
  }

  override delete(name: string): boolean {
    const kept = this.#nameOf(name);
    this.#names?.delete(fold(name));
    return super.delete(kept);
  }
}

/** What the phone says when a file of this name and size is put into a folder that cannot hold it. */
export function refusalOf(
  { entries, writeRefusal }: PhoneFolder,
  name: string,
  bytes = 0,
): string | undefined {
  if (writeRefusal !== undefined) return writeRefusal;
  if (!(entries instanceof StorageEntries) || entries.kind !== 'fat') return undefined;
  if (NOT_ON_FAT.test(name)) return 'Invalid argument';
  return bytes > MOST_ON_FAT ? 'File too large' : undefined;
}

/** An empty folder of the kind its parent is of. */
export const folderIn = ({ entries }: PhoneFolder): PhoneFolder => ({
  kind: 'folder',
  entries: entries instanceof StorageEntries ? new StorageEntries(entries.kind) : new Map(),
});

/** The folder and all that is in it, on storage of this kind. Of two names that are one there, the last one's file is kept. */
export function onStorage(folder: PhoneFolder, kind: StorageKind): PhoneFolder {
  const entries = new StorageEntries(kind);
  for (const [name, node] of folder.entries)
    entries.set(name, node.kind === 'folder' ? onStorage(node, kind) : node);
  return { ...folder, entries };
}
