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
    const placeAt = (length: number): number => Math.max(from, Math.min(chunkStart + length, to));
    const checkFrom = placeAt(MIN_CHUNK_LENGTH - 1);
    const normal = placeAt(NORMAL_CHUNK_LENGTH);
    const max = placeAt(MAX_CHUNK_LENGTH);
    const table = this.#table;
    const hash = roll(slab, placeAt(MIN_CHUNK_LENGTH - WINDOW), checkFrom, table, this.#hash);
    let end = findCut(slab, checkFrom, normal, STRICT_MASK, table, hash);
    if (end < 0)
      end = findCut(slab, normal, max, LOOSE_MASK, table, roll(slab, checkFrom, normal, table, hash));
    if (end < 0 && max === chunkStart + MAX_CHUNK_LENGTH) end = max;
    if (end < 0) {
      this.#length = to - chunkStart;
      this.#hash = roll(slab, checkFrom, to, table, hash);
    } else {
      this.reset();
    }
    return end;
  }
}

/**
 * The index behind the first byte whose hash has the mask's bits zero, or -1. `start` is the hash of the bytes before `from`.
 *
 * Every byte of a big file passes here. Written out four times because V8 does not unroll it itself once an array buffer
 * was detached anywhere in the thread, as loading TypeScript does (wasm memory grows), and with `| 0` so that it
 * knows the numbers are small: 1.5 GB/s then, against 0.9.
 */
function findCut(
  bytes: Uint8Array,
  from: number,
  to: number,
  mask: number,
  table: GearTable,
  start: number,
): number {
  const bits = mask | 0;
  let hash = start | 0;
  let i = from | 0;
  for (const last = (to | 0) - 3; i < last; i += 4) {
    hash = ((hash << 1) + (table[bytes[i] as number] as number)) | 0;
    if ((hash & bits) === 0) return i + 1;
    hash = ((hash << 1) + (table[bytes[i + 1] as number] as number)) | 0;
    if ((hash & bits) === 0) return i + 2;
    hash = ((hash << 1) + (table[bytes[i + 2] as number] as number)) | 0;
    if ((hash & bits) === 0) return i + 3;
    hash = ((hash << 1) + (table[bytes[i + 3] as number] as number)) | 0;
    if ((hash & bits) === 0) return i + 4;
  }
  for (; i < to; i++) {
    hash = ((hash << 1) + (table[bytes[i] as number] as number)) | 0;
    if ((hash & bits) === 0) return i + 1;
  }
  return -1;
}

/** The hash at `to`. Of more than a window's bytes only the last ones leave anything in it. */
function roll(bytes: Uint8Array, from: number, to: number, table: GearTable, hash: number): number {
  for (let i = Math.max(from, to - WINDOW); i < to; i++) {
    hash = ((hash << 1) + (table[bytes[i] as number] as number)) | 0;
  }
  return hash;
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
