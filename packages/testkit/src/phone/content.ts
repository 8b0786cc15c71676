import { seededRandom } from '../seeded-random.ts';

/** Bytes that are somewhere else, or nowhere until they are asked for: files of gigabytes cost no memory. */
export interface LazyContent {
  readonly sizeBytes: number;
  /** The bytes from `offset` on: as many as asked for, fewer only where the content ends. */
  readonly read: (offset: number, length: number) => Uint8Array;
}

/** What a file holds. */
export type PhoneContent = Uint8Array | LazyContent;

/** How many bytes it is. */
export const contentBytes = (content: PhoneContent): number =>
  content instanceof Uint8Array ? content.length : content.sizeBytes;

/** Read in pieces of this size: few calls for a large file, little memory for many. */
const PIECE_BYTES = 1024 * 1024;

/** The content from its beginning, up to `mostBytes`. A piece is kept by nobody else. */
export async function* readContent(
  content: PhoneContent,
  mostBytes = Infinity,
): AsyncGenerator<Uint8Array, void, undefined> {
  const end = Math.min(contentBytes(content), mostBytes);
  for (let at = 0; at < end; at += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, end - at);
    yield content instanceof Uint8Array ? content.subarray(at, at + length) : content.read(at, length);
  }
}

/** All of it at once. For what is known to be small. */
export const wholeContent = (content: PhoneContent): Uint8Array =>
  content instanceof Uint8Array ? content : content.read(0, content.sizeBytes);

const BLOCK_BYTES = 64 * 1024;
const STOCK_BYTES = 1024 * 1024;

/** Noise that every generated file is cut from. Made once: making it anew would cost more than all reading. */
let stock: Uint8Array | undefined;

/**
 * Content that looks random and is the same for the same seed and size: no two blocks of it, and no two seeds, are alike, but
 * for what `head` gives as its beginning. Reading costs about what copying does.
 */
export function generatedContent(
  seed: number,
  sizeBytes: number,
  head: Uint8Array = new Uint8Array(0),
): LazyContent {
  const noise = (stock ??= seededRandom(0x5eed)(STOCK_BYTES));
  const fill = (bytes: Uint8Array, at: number): void => {
    const block = Math.floor(at / BLOCK_BYTES);
    const within = at % BLOCK_BYTES;
    const from = mixed(seed, block) % (STOCK_BYTES - BLOCK_BYTES);
    bytes.set(noise.subarray(from + within, from + within + bytes.length));
    stamp(bytes, within, seed, block);
  };
  return {
    sizeBytes,
    read(offset, length) {
      const end = Math.min(sizeBytes, offset + length);
      // All of it is filled: to clear it first would take longer than to fill it.
      const bytes = new Uint8Array(Buffer.allocUnsafeSlow(Math.max(0, end - offset)).buffer);
      for (let at = offset; at < end; ) {
        const stop = Math.min(end, (Math.floor(at / BLOCK_BYTES) + 1) * BLOCK_BYTES);
        fill(bytes.subarray(at - offset, stop - offset), at);
        at = stop;
      }
      if (offset < head.length) bytes.set(head.subarray(offset, Math.min(head.length, end)));
      return bytes;
    },
  };
}

/** The block's number and the seed in its first bytes, whichever of them are asked for. */
function stamp(bytes: Uint8Array, within: number, seed: number, block: number): void {
  if (within >= 8) return;
  const mark = new Uint8Array(8);
  new DataView(mark.buffer).setUint32(0, block);
  new DataView(mark.buffer).setUint32(4, seed >>> 0);
  bytes.set(mark.subarray(within, within + bytes.length));
}

/** A number that looks like chance, of two that do not. */
function mixed(a: number, b: number): number {
  let word = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 1, 0xc2b2ae35);
  word = Math.imul(word ^ (word >>> 15), 0x27d4eb2f);
  return (word ^ (word >>> 13)) >>> 0;
}
