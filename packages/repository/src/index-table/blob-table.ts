import type { BlobEntry, Id, IndexColumns } from '@holdfast/restic-format';

/** Where a blob lies. `pack` is the number that the table's owner gave the pack. */
export interface BlobPlace {
  readonly pack: number;
  readonly offset: number;
  /** Sealed, in bytes. */
  readonly length: number;
  /** Of the opened, decompressed blob; 0 when it is stored uncompressed. */
  readonly uncompressedLength: number;
}

const WORDS = 8;
const ID_BYTES = 32;
const FIRST_CAPACITY = 1024;

/**
 * Blob ids and places in typed arrays with open addressing: about 70 bytes a blob, whatever the ids.
 *
 * The same blob may be added from several packs; all places are kept, and the one added first is found first.
 * Blobs are numbered 0 … `count` − 1 in the order they were added.
 */
export class BlobTable {
  #count = 0;
  #ids = new Uint32Array(FIRST_CAPACITY * WORDS);
  /** The memory of `#ids`. */
  #idBytes = Buffer.from(this.#ids.buffer);
  #pack = new Uint32Array(FIRST_CAPACITY);
  #offset = new Uint32Array(FIRST_CAPACITY);
  #length = new Uint32Array(FIRST_CAPACITY);
  #uncompressed = new Uint32Array(FIRST_CAPACITY);
  #isTree = new Uint8Array(FIRST_CAPACITY);
  /** Blob number + 1, or 0 for a free slot; the size is a power of two. */
  #slots = new Uint32Array(FIRST_CAPACITY * 2);
  readonly #wanted = new Uint32Array(WORDS);
  /** Secret odd factors, so that nobody can make ids that collide in this table. */
  readonly #factors: readonly [number, number];

  constructor(seed: number) {
    this.#factors = [(seed | 1) >>> 0, (Math.imul(seed, 0x9e3779b1) | 1) >>> 0];
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes held by the table's arrays. */
  get sizeBytes(): number {
    return (
      this.#ids.byteLength + this.#pack.byteLength * 4 + this.#isTree.byteLength + this.#slots.byteLength
    );
  }

  /** Makes room for `extra` more blobs at once. */
  reserve(extra: number): void {
    const wanted = this.#count + extra;
    if (wanted > this.#pack.length) this.#grow(wanted);
  }

  add(id: Id, isTree: boolean, place: BlobPlace): void {
    this.reserve(1);
    readHex(id, this.#wanted);
    this.#append(
      this.#wanted,
      0,
      isTree ? 1 : 0,
      place.pack,
      place.offset,
      place.length,
      place.uncompressedLength,
    );
  }

  /** Adds all blobs of `columns`; `packNumbers[columns.pack[i]]` is the table's number of a blob's pack. */
  addColumns(columns: IndexColumns, packNumbers: Uint32Array): void {
    const count = columns.pack.length;
    this.reserve(count);
    const words = new Uint32Array(columns.ids.buffer, columns.ids.byteOffset, count * WORDS);
    for (let i = 0; i < count; i++) {
      this.#append(
        words,
        i * WORDS,
        columns.isTree[i] ?? 0,
        packNumbers[columns.pack[i] ?? 0] ?? 0,
        columns.offset[i] ?? 0,
        columns.length[i] ?? 0,
        columns.uncompressedLength[i] ?? 0,
      );
    }
  }

  /** The blob's number, or −1: of its first place. */
  find(isTree: boolean, id: Id): number {
    readHex(id, this.#wanted);
    return this.#probe(isTree ? 1 : 0, this.#slotOf(this.#wanted, 0)).blob;
  }

  /** The same for an id as its 32 bytes. */
  findBytes(isTree: boolean, id: Uint8Array): number {
    for (let w = 0; w < WORDS; w++) {
      const at = w * 4;
      this.#wanted[w] =
        (id[at] ?? 0) | ((id[at + 1] ?? 0) << 8) | ((id[at + 2] ?? 0) << 16) | ((id[at + 3] ?? 0) << 24);
    }
    return this.#probe(isTree ? 1 : 0, this.#slotOf(this.#wanted, 0)).blob;
  }

  /** The numbers of all places of a blob, first added first. */
  findAll(isTree: boolean, id: Id): number[] {
    readHex(id, this.#wanted);
    const found: number[] = [];
    let at = this.#slotOf(this.#wanted, 0);
    for (;;) {
      const { blob, slot } = this.#probe(isTree ? 1 : 0, at);
      if (blob < 0) return found;
      found.push(blob);
      at = (slot + 1) & (this.#slots.length - 1);
    }
  }

  /** A blob by number. */
  place(blob: number): BlobPlace {
    return {
      pack: this.#pack[blob] ?? 0,
      offset: this.#offset[blob] ?? 0,
      length: this.#length[blob] ?? 0,
      uncompressedLength: this.#uncompressed[blob] ?? 0,
    };
  }

  packOf(blob: number): number {
    return this.#pack[blob] ?? 0;
  }

  offsetOf(blob: number): number {
    return this.#offset[blob] ?? 0;
  }

  lengthOf(blob: number): number {
    return this.#length[blob] ?? 0;
  }

  uncompressedLengthOf(blob: number): number {
    return this.#uncompressed[blob] ?? 0;
  }

  /** The number of the first place of the blob that has this number: the same for all its places. */
  firstOf(blob: number): number {
    this.#wanted.set(this.#ids.subarray(blob * WORDS, blob * WORDS + WORDS));
    return this.#probe(this.#isTree[blob] ?? 0, this.#slotOf(this.#wanted, 0)).blob;
  }

  idOf(blob: number): Id {
    const at = blob * ID_BYTES;
    return this.#idBytes.toString('hex', at, at + ID_BYTES);
  }

  isTree(blob: number): boolean {
    return this.#isTree[blob] === 1;
  }

  /** A blob as a pack header or an index file lists it. */
  entry(blob: number): BlobEntry {
    const { offset, length, uncompressedLength } = this.place(blob);
    return {
      id: this.idOf(blob),
      type: this.isTree(blob) ? 'tree' : 'data',
      offset,
      length,
      ...(uncompressedLength > 0 && { uncompressedLength }),
    };
  }

  #append(
    words: Uint32Array,
    from: number,
    isTree: number,
    pack: number,
    offset: number,
    length: number,
    uncompressed: number,
  ): void {
    const blob = this.#count++;
    const to = blob * WORDS;
    for (let w = 0; w < WORDS; w++) this.#ids[to + w] = words[from + w] ?? 0;
    this.#pack[blob] = pack;
    this.#offset[blob] = offset;
    this.#length[blob] = length;
    this.#uncompressed[blob] = uncompressed;
    this.#isTree[blob] = isTree;
    this.#insert(blob);
  }

  #insert(blob: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#slotOf(this.#ids, blob * WORDS);
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = blob + 1;
  }

  #slotOf(words: Uint32Array, from: number): number {
    const [a, b] = this.#factors;
    const mixed = Math.imul(words[from] ?? 0, a) + Math.imul(words[from + 1] ?? 0, b);
    return (mixed ^ (mixed >>> 15)) & (this.#slots.length - 1);
  }

  #probe(isTree: number, start: number): { blob: number; slot: number } {
    const mask = this.#slots.length - 1;
    for (let slot = start; ; slot = (slot + 1) & mask) {
      const blob = (this.#slots[slot] ?? 0) - 1;
      if (blob < 0 || (this.#isTree[blob] === isTree && this.#matches(blob))) return { blob, slot };
    }
  }

  #matches(blob: number): boolean {
    const at = blob * WORDS;
    for (let w = 0; w < WORDS; w++) if (this.#ids[at + w] !== this.#wanted[w]) return false;
    return true;
  }

  /** Columns grow by half, so that little room is ever unused; slots stay at most two thirds full. */
  #grow(wanted: number): void {
    const capacity = Math.max(wanted, Math.ceil(this.#pack.length * 1.5));
    this.#ids = enlarged(this.#ids, capacity * WORDS);
    this.#idBytes = Buffer.from(this.#ids.buffer);
    this.#pack = enlarged(this.#pack, capacity);
    this.#offset = enlarged(this.#offset, capacity);
    this.#length = enlarged(this.#length, capacity);
    this.#uncompressed = enlarged(this.#uncompressed, capacity);
    const isTree = new Uint8Array(capacity);
    isTree.set(this.#isTree);
    this.#isTree = isTree;
    let slots = this.#slots.length;
    while (slots < capacity * 1.5) slots *= 2;
    if (slots === this.#slots.length) return;
    this.#slots = new Uint32Array(slots);
    for (let blob = 0; blob < this.#count; blob++) this.#insert(blob);
  }
}

function enlarged(column: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(column);
  return larger;
}

/** Two hex digits at a time into little-endian words, so that the words are the id's bytes in memory. */
function readHex(id: Id, into: Uint32Array): void {
  for (let w = 0; w < WORDS; w++) {
    const at = w * 8;
    into[w] =
      byteAt(id, at) | (byteAt(id, at + 2) << 8) | (byteAt(id, at + 4) << 16) | (byteAt(id, at + 6) << 24);
  }
}

function byteAt(id: Id, at: number): number {
  return (digit(id.charCodeAt(at)) << 4) | digit(id.charCodeAt(at + 1));
}

const digit = (code: number): number => (code < 58 ? code - 48 : code - 87);
