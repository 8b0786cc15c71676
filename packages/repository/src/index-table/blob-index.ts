import { toHex } from '@holdfast/kernel';
import {
  type BlobEntry,
  type BlobType,
  type Id,
  type IndexColumns,
  SEAL_OVERHEAD,
} from '@holdfast/restic-format';
import { BlobTable } from './blob-table.ts';

/** Where a blob lies, with the pack's name. */
export interface BlobLocation {
  readonly pack: Id;
  readonly entry: BlobEntry;
}

/** Which pack holds which blob: the repository's index files in memory, and what this process has added since. */
export class BlobIndex {
  readonly #table: BlobTable;
  readonly #packs: Id[] = [];
  readonly #packNumbers = new Map<Id, number>();
  readonly #missing = new Set<Id>();

  /** `seed` is a secret random number: see `BlobTable`. */
  constructor(seed: number) {
    this.#table = new BlobTable(seed);
  }

  /** Blobs, a blob in two packs twice. */
  get blobCount(): number {
    return this.#table.count;
  }

  get sizeBytes(): number {
    return this.#table.sizeBytes;
  }

  /** Names of the packs that index files list, each once, in the order they were added. */
  get packs(): readonly Id[] {
    return this.#packs;
  }

  /** How many packs were left out, since the store does not have them. */
  get missingPacks(): number {
    return this.#missing.size;
  }

  hasPack(pack: Id): boolean {
    return this.#packNumbers.has(pack);
  }

  has(type: BlobType, id: Id): boolean {
    return this.#table.find(type === 'tree', id) >= 0;
  }

  /** The same for an id as its 32 bytes. */
  hasBytes(type: BlobType, id: Uint8Array): boolean {
    return this.#table.findBytes(type === 'tree', id) >= 0;
  }

  /** The place added first. */
  find(type: BlobType, id: Id): BlobLocation | undefined {
    const blob = this.#table.find(type === 'tree', id);
    return blob < 0 ? undefined : this.#location(blob);
  }

  /** Every place of a blob, the one added first first. */
  findAll(type: BlobType, id: Id): BlobLocation[] {
    return this.#table.findAll(type === 'tree', id).map((blob) => this.#location(blob));
  }

  /** Adds a pack's blobs; a pack that is there already stays as it is. */
  addPack(pack: Id, entries: readonly BlobEntry[]): void {
    if (this.#packNumbers.has(pack)) return;
    const number = this.#numberOf(pack);
    this.#table.reserve(entries.length);
    for (const { id, type, offset, length, uncompressedLength = 0 } of entries) {
      this.#table.add(id, type === 'tree', { pack: number, offset, length, uncompressedLength });
    }
  }

  /**
   * Adds what an index file lists; packs that are there already, from another index file, are not added again. What lies in packs that
   * `isStored` says no to is left out, now and whenever another index file lists them.
   */
  addColumns(columns: IndexColumns, isStored: (pack: Id) => boolean = () => true): void {
    const numbers = new Uint32Array(columns.packIds.length / 32);
    const isLeftOut = new Uint8Array(numbers.length);
    for (let row = 0; row < numbers.length; row++) {
      const pack = toHex(columns.packIds.subarray(row * 32, row * 32 + 32));
      if (!this.#packNumbers.has(pack) && !isStored(pack)) this.#missing.add(pack);
      const isMissing = this.#missing.has(pack);
      isLeftOut[row] = isMissing || this.#packNumbers.has(pack) ? 1 : 0;
      if (!isMissing) numbers[row] = this.#numberOf(pack);
    }
    this.#table.addColumns(isLeftOut.includes(1) ? withoutPacks(columns, isLeftOut) : columns, numbers);
  }

  /** Each blob with its number, in the order they were added: for counting and planning over all of them. */
  *blobs(): Generator<{ readonly number: number; readonly pack: Id; readonly entry: BlobEntry }> {
    for (let number = 0; number < this.#table.count; number++) yield { number, ...this.#location(number) };
  }

  /** The number of the place added first, or −1: for marking blobs in typed arrays of `blobCount`. */
  numberOf(type: BlobType, id: Id): number {
    return this.#table.find(type === 'tree', id);
  }

  /** The number of the first place of the blob with this number. */
  firstOf(blob: number): number {
    return this.#table.firstOf(blob);
  }

  /** A blob by its number. */
  entryOf(blob: number): BlobEntry {
    return this.#table.entry(blob);
  }

  /** The blobs from one number up to another, each made as it is asked for; to be gone through once. */
  *entries(first: number, end: number): Generator<BlobEntry, void, undefined> {
    for (let blob = first; blob < end; blob++) yield this.#table.entry(blob);
  }

  /** A blob's id by its number. */
  idAt(blob: number): Id {
    return this.#table.idOf(blob);
  }

  /** The pack's number: its place in `packs`. */
  packNumberOf(blob: number): number {
    return this.#table.packOf(blob);
  }

  isTree(blob: number): boolean {
    return this.#table.isTree(blob);
  }

  offsetOf(blob: number): number {
    return this.#table.offsetOf(blob);
  }

  /** Of the sealed blob. */
  sealedLengthOf(blob: number): number {
    return this.#table.lengthOf(blob);
  }

  /** Of the blob as it was saved. */
  plainLengthOf(blob: number): number {
    return this.#table.uncompressedLengthOf(blob) || this.#table.lengthOf(blob) - SEAL_OVERHEAD;
  }

  isCompressed(blob: number): boolean {
    return this.#table.uncompressedLengthOf(blob) > 0;
  }

  /** The blobs of each pack, in the order they lie there. Holds one entry object a blob while it runs. */
  byPack(): Map<Id, BlobEntry[]> {
    const packs = new Map<Id, BlobEntry[]>(this.#packs.map((pack) => [pack, []]));
    for (const { pack, entry } of this.blobs()) packs.get(pack)?.push(entry);
    for (const entries of packs.values()) entries.sort((a, b) => a.offset - b.offset);
    return packs;
  }

  #location(blob: number): BlobLocation {
    return { pack: this.#packs[this.#table.packOf(blob)] ?? '', entry: this.#table.entry(blob) };
  }

  #numberOf(pack: Id): number {
    let number = this.#packNumbers.get(pack);
    if (number === undefined) {
      number = this.#packs.length;
      this.#packs.push(pack);
      this.#packNumbers.set(pack, number);
    }
    return number;
  }
}

function withoutPacks(columns: IndexColumns, isLeftOut: Uint8Array): IndexColumns {
  const kept: number[] = [];
  for (let row = 0; row < columns.pack.length; row++)
    if (isLeftOut[columns.pack[row] ?? 0] === 0) kept.push(row);
  const ids = new Uint8Array(kept.length * 32);
  for (const [to, row] of kept.entries()) ids.set(columns.ids.subarray(row * 32, row * 32 + 32), to * 32);
  return {
    packIds: columns.packIds,
    ids,
    pack: Uint32Array.from(kept, (row) => columns.pack[row] ?? 0),
    offset: Uint32Array.from(kept, (row) => columns.offset[row] ?? 0),
    length: Uint32Array.from(kept, (row) => columns.length[row] ?? 0),
    uncompressedLength: Uint32Array.from(kept, (row) => columns.uncompressedLength[row] ?? 0),
    isTree: Uint8Array.from(kept, (row) => columns.isTree[row] ?? 0),
  };
}
