import type { EntryColumns } from '@holdfast/devices';
import { type FileTraits, goMode, type Node, TreeCursor } from '@holdfast/restic-format';
import { ListedNames } from './listed-names.ts';

/** A listing that is, files and names, what a tree says; its subfolders are still to be gone through. */
export interface SameEntries {
  readonly files: number;
  /** Of the files. */
  readonly bytes: number;
  /** Nodes of the subfolders, in the order of the listing. */
  readonly folders: readonly Node[];
}

/**
 * Compares a listing with the plaintext of the folder's previous tree, without making objects of either: `undefined` unless
 * both have the same names, every file is unchanged (`isUnchanged`), has the same traits (`hasSameTraits`), and all its blobs
 * are there (`hasBlob`, asked of data). `undefined` may also mean that this cannot be told without parsing.
 */
export function sameEntries(
  tree: Uint8Array,
  columns: EntryColumns,
  hasBlob: (id: Uint8Array) => boolean,
): SameEntries | undefined {
  const names = ListedNames.of(columns.names);
  if (names === undefined) return undefined;
  const rows = new Rows(columns);
  const folders: { row: number; node: Node }[] = [];
  const cursor = new TreeCursor(tree);
  let files = 0;
  let bytes = 0;
  for (let step = cursor.next(); step !== 'end'; step = cursor.next()) {
    if (step === 'other') return undefined;
    const row = names.take(tree, cursor.nameFrom, cursor.nameTo);
    if (row < 0) return undefined;
    if (step === 'folder') {
      const node = rows.isFolder(row) ? cursor.folder() : undefined;
      if (node === undefined) return undefined;
      folders.push({ row, node });
      continue;
    }
    const traits = rows.fileTraits(row);
    if (traits === undefined || !cursor.isFile(traits, hasBlob)) return undefined;
    files += 1;
    bytes += traits.sizeBytes;
  }
  if (files + folders.length !== names.count || names.count === 0) return undefined;
  folders.sort((a, b) => a.row - b.row);
  return { files, bytes, folders: folders.map(({ node }) => node) };
}

const WIDE = 5;
const NARROW = 4;

/** Bits of a mode that say what kind of thing it is, and two values (inode(7)). */
const KIND_BITS = 0o170000;
const FILE = 0o100000;
const FOLDER = 0o040000;

const NANOSECONDS = 1_000_000_000;
const TWO_TO_32 = 2 ** 32;
/** High half of the first number that is not exact. */
const TOO_HIGH = 2 ** 21;

/** Where the low half of a 64-bit number lies. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** The rows of a listing. */
class Rows {
  /** The wide columns in halves: a `bigint` for each would be an object for each. */
  readonly #halves: Uint32Array;
  readonly #narrow: Uint32Array;
  /** One and the same for every row. */
  readonly #traits: FileTraits = {
    mode: 0,
    mtimeSeconds: 0,
    mtimeNanoseconds: 0,
    ctimeSeconds: 0,
    ctimeNanoseconds: 0,
    uid: 0,
    gid: 0,
    inode: 0,
    deviceId: 0,
    sizeBytes: 0,
    links: 0,
  };
  #seconds = 0;
  #nanoseconds = 0;

  constructor({ wide, narrow }: EntryColumns) {
    this.#halves = new Uint32Array(wide.buffer, wide.byteOffset, wide.length * 2);
    this.#narrow = narrow;
  }

  isFolder(row: number): boolean {
    return this.#kind(row) === FOLDER;
  }

  /** What a tree says of the row's file when it is unchanged; `undefined` when it is none, or its numbers are not exact. Good until the next call. */
  fileTraits(row: number): FileTraits | undefined {
    if (this.#kind(row) !== FILE) return undefined;
    const traits = this.#traits;
    const wide = row * WIDE;
    const narrow = row * NARROW;
    traits.mode = fileMode(this.#narrow[narrow] ?? 0);
    traits.uid = this.#narrow[narrow + 1] ?? 0;
    traits.gid = this.#narrow[narrow + 2] ?? 0;
    traits.links = this.#narrow[narrow + 3] ?? 0;
    this.#readTime(wide);
    traits.mtimeSeconds = this.#seconds;
    traits.mtimeNanoseconds = this.#nanoseconds;
    this.#readTime(wide + 1);
    traits.ctimeSeconds = this.#seconds;
    traits.ctimeNanoseconds = this.#nanoseconds;
    traits.inode = this.#whole(wide + 2);
    traits.deviceId = traits.links > 1 ? this.#whole(wide + 3) : 0;
    traits.sizeBytes = this.#whole(wide + 4);
    // A tree leaves out what is 0, and then it is not said to be the same.
    const isSaid = traits.inode > 0 && traits.links > 0 && (traits.links === 1 || traits.deviceId > 0);
    return isSaid && traits.sizeBytes >= 0 ? traits : undefined;
  }

  #kind(row: number): number {
    return (this.#narrow[row * NARROW] ?? 0) & KIND_BITS;
  }

  /** A number below 2^53, or -1. */
  #whole(column: number): number {
    const high = this.#halves[column * 2 + HIGH] ?? 0;
    return high < TOO_HIGH ? high * TWO_TO_32 + (this.#halves[column * 2 + LOW] ?? 0) : -1;
  }

  /**
   * Nanoseconds since 1970 as seconds and the rest. A `number` is up to 512 off for so many, which may put the second one
   * off; the rest, which is small, is exact in the low halves, and tells.
   */
  #readTime(column: number): void {
    const low = this.#halves[column * 2 + LOW] ?? 0;
    const high = (this.#halves[column * 2 + HIGH] ?? 0) | 0;
    let seconds = Math.floor((high * TWO_TO_32 + low) / NANOSECONDS);
    let rest = (low - Math.imul(seconds, NANOSECONDS)) | 0;
    if (rest < 0) {
      seconds -= 1;
      rest += NANOSECONDS;
    } else if (rest >= NANOSECONDS) {
      seconds += 1;
      rest -= NANOSECONDS;
    }
    this.#seconds = seconds;
    this.#nanoseconds = rest;
  }
}

let lastUnixMode = -1;
let lastMode = 0;

/** `goMode`, remembering the last: most files of a folder have one. */
function fileMode(unixMode: number): number {
  if (unixMode !== lastUnixMode) {
    lastMode = goMode(unixMode);
    lastUnixMode = unixMode;
  }
  return lastMode;
}
