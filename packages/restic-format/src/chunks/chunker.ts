import { type GearTable, LOOSE_MASK, STRICT_MASK } from './gear-table.ts';

/** No chunk but a file's last is shorter, and no shorter file is cut: restic's limit too. */
export const MIN_CHUNK_LENGTH = 512 * 1024;

/** Cuts are rare up to this length and frequent beyond, which keeps most chunks near it; the average is 1.6 MiB. */
export const NORMAL_CHUNK_LENGTH = 1536 * 1024;

/** No chunk is longer: restic's limit too. */
export const MAX_CHUNK_LENGTH = 8 * 1024 * 1024;

/** So many bytes a hash of 32 bits remembers: each byte's gear is doubled away after 32 more. */
const WINDOW = 32;

/**
 * Finds the ends of a stream's chunks, told its bytes slab by slab; holds none of them.
 *
 * A gear hash with normalised chunking and without hashing what is below the minimum (FastCDC, Xia et al., USENIX ATC 2016).
 * Whether a chunk may end at a place depends on the 32 bytes before it and on the chunk's length alone, so the
 * same bytes are cut alike in whatever slabs they come.
 *
 * ```ts
 * for (let from = 0; from < slab.length; from = end) {
 *   const end = chunker.next(slab, from);
 *   if (end < 0) break; // the chunk goes on in the next slab
 *   …
 * }
 * ```
 */
export class Chunker {
  readonly #table: GearTable;
  /** Length of the chunk so far. */
  #length = 0;
  #hash = 0;

  constructor(table: GearTable) {
    this.#table = table;
  }

  /** Starts a new file. */
  reset(): void {
    this.#length = 0;
    this.#hash = 0;
  }

  /**
   * The index in `slab` behind the chunk's last byte, the next chunk then starting there; or -1 when the chunk takes all of
   * `slab` from `from` to `to` and may go on.
   *
   * At the end of a file what is left is its last chunk: the caller knows when, and calls `reset`.
   */
  next(slab: Uint8Array, from = 0, to = slab.length): number {
    const chunkStart = from - this.#length;
    const at = (length: number): number => Math.min(chunkStart + length, to);
    const warmUpFrom = Math.max(from, at(MIN_CHUNK_LENGTH - WINDOW));
    const checkFrom = Math.max(from, at(MIN_CHUNK_LENGTH - 1));
    this.#roll(slab, warmUpFrom, checkFrom);
    const normal = Math.max(from, at(NORMAL_CHUNK_LENGTH));
    const max = at(MAX_CHUNK_LENGTH);
    let end = this.#findCut(slab, checkFrom, normal, STRICT_MASK);
    if (end < 0) end = this.#findCut(slab, normal, max, LOOSE_MASK);
    if (end < 0 && max === chunkStart + MAX_CHUNK_LENGTH) end = max;
    if (end < 0) this.#length = to - chunkStart;
    else this.reset();
    return end;
  }

  #roll(slab: Uint8Array, from: number, to: number): void {
    let hash = this.#hash;
    for (let i = from; i < to; i++) hash = ((hash << 1) + (this.#table[slab[i] as number] as number)) | 0;
    this.#hash = hash;
  }

  #findCut(slab: Uint8Array, from: number, to: number, mask: number): number {
    const table = this.#table;
    let hash = this.#hash;
    for (let i = from; i < to; i++) {
      hash = ((hash << 1) + (table[slab[i] as number] as number)) | 0;
      if ((hash & mask) === 0) return i + 1;
    }
    this.#hash = hash;
    return -1;
  }
}

/**
 * The end of the chunk that starts at `start`, looking no further than `end`; -1 when more bytes are needed to tell.
 *
 * With `isLast` the bytes end a file, and so does their last chunk.
 */
export function nextCut(
  bytes: Uint8Array,
  start: number,
  end: number,
  table: GearTable,
  isLast: boolean,
): number {
  const cut = new Chunker(table).next(bytes, start, end);
  return cut < 0 && isLast ? end : cut;
}
