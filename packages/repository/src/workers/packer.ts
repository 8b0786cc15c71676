import type { RandomBytes } from '@holdfast/kernel';
import {
  type BlobEntry,
  COMPRESSED_ENTRY_SIZE,
  compress,
  compressIfSmaller,
  formatHeaderLength,
  formatPackHeader,
  HEADER_LENGTH_SIZE,
  type Id,
  idOf,
  SEAL_OVERHEAD,
  type Sealer,
} from '@holdfast/restic-format';
import type { Compressing, SealedPack } from './jobs.ts';
import { sharedMemory } from './shared-memory.ts';

/** Behind the blobs of a pack: the sealed header and its length. */
const HEADER_OVERHEAD = SEAL_OVERHEAD + HEADER_LENGTH_SIZE;

/** A pack lists at most so many blobs: its header stays small, also where they are tiny. */
const MOST_ENTRIES = 32_768;

interface OpenPack {
  readonly bytes: Uint8Array;
  used: number;
  readonly entries: BlobEntry[];
}

/** Seals blobs of one type into packs of about `packBytes`; in memory, one pack at a time. */
export class Packer {
  readonly #type: 'data' | 'tree';
  readonly #sealer: Sealer;
  readonly #random: RandomBytes;
  readonly #packBytes: number;
  readonly #version: 1 | 2;
  readonly #spares: Uint8Array[] = [];
  #pack: OpenPack | undefined;

  constructor(type: 'data' | 'tree', sealer: Sealer, random: RandomBytes, packBytes: number, version: 1 | 2) {
    this.#type = type;
    this.#sealer = sealer;
    this.#random = random;
    this.#packBytes = packBytes;
    this.#version = version;
  }

  /** Takes back the memory of a pack that is stored, for one to come. */
  recycle(bytes: Uint8Array): void {
    if (bytes.length === this.#capacity) this.#spares.push(bytes);
  }

  /** Seals a blob; gives its sealed length, and the pack that had to be finished to make room, if one had. */
  add(
    id: Id,
    plaintext: Uint8Array,
    compressing: Compressing,
  ): { sealedLength: number; full: SealedPack | undefined } {
    const compressed = this.#version === 2 ? compressedOf(plaintext, compressing) : undefined;
    const content = compressed ?? plaintext;
    const sealedLength = content.length + SEAL_OVERHEAD;
    let full: SealedPack | undefined;
    if (this.#pack !== undefined && !this.#hasRoom(this.#pack, sealedLength)) full = this.finish();
    this.#pack ??= this.#begin(sealedLength);
    const pack = this.#pack;
    this.#sealer.sealInto(content, this.#random(16), pack.bytes, pack.used);
    pack.entries.push({
      id,
      type: this.#type,
      offset: pack.used,
      length: sealedLength,
      ...(compressed !== undefined && { uncompressedLength: plaintext.length }),
    });
    pack.used += sealedLength;
    return { sealedLength, full };
  }

  /** The pack begun, with its header; `undefined` when none is. */
  finish(): SealedPack | undefined {
    const pack = this.#pack;
    if (pack === undefined) return undefined;
    this.#pack = undefined;
    const header = formatPackHeader(pack.entries);
    const headerLength = this.#sealer.sealInto(header, this.#random(16), pack.bytes, pack.used);
    const lengthAt = pack.used + headerLength;
    pack.bytes.set(formatHeaderLength(headerLength), lengthAt);
    const length = lengthAt + HEADER_LENGTH_SIZE;
    return { id: idOf(pack.bytes.subarray(0, length)), bytes: pack.bytes, length, entries: pack.entries };
  }

  get #capacity(): number {
    return this.#packBytes + MOST_ENTRIES * COMPRESSED_ENTRY_SIZE + HEADER_OVERHEAD;
  }

  #hasRoom(pack: OpenPack, sealedLength: number): boolean {
    return pack.used + sealedLength <= this.#packBytes && pack.entries.length < MOST_ENTRIES;
  }

  /** A blob larger than a pack gets a pack of its own size. */
  #begin(sealedLength: number): OpenPack {
    const bytes =
      sealedLength > this.#packBytes
        ? sharedMemory(sealedLength + COMPRESSED_ENTRY_SIZE + HEADER_OVERHEAD)
        : (this.#spares.pop() ?? sharedMemory(this.#capacity));
    return { bytes, used: 0, entries: [] };
  }
}

/** Nothing stays nothing: a length of 0 is how index files and pack headers say "not compressed". */
function compressedOf(plaintext: Uint8Array, compressing: Compressing): Uint8Array | undefined {
  if (compressing === 'always') return plaintext.length === 0 ? undefined : compress(plaintext);
  return compressing ? compressIfSmaller(plaintext) : undefined;
}
