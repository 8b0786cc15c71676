import { constants, createZstdCompress, type ZstdCompress, zstdDecompressSync } from 'node:zlib';

/** Level 1 without a checksum: restic writes none either, as the box around it is authenticated. */
export const COMPRESSION = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 0 };

/** Longest input this is for; beyond it the work per byte hides the work per frame. */
const SMALL_LENGTH = 128 * 1024;

/** Room for any frame of a small input (ZSTD_COMPRESSBOUND, zstd.h), and some to tell that it did end. */
const ROOM = SMALL_LENGTH + SMALL_LENGTH / 128 + 1024;

/**
 * The part of a zlib stream that is below its public face: one synchronous step, and how much room and input it left
 * (node's lib/zlib.js, `processChunkSync`).
 */
export interface OpenStream {
  readonly _handle: {
    writeSync(
      flush: number,
      input: Uint8Array,
      inputAt: number,
      inputLength: number,
      output: Uint8Array,
      outputAt: number,
      outputLength: number,
    ): void;
  } | null;
  readonly _writeState: Uint32Array;
}

/**
 * Compresses small inputs with one context that stays open between calls.
 *
 * `zstdCompressSync` makes and throws away a context of some hundred KiB on every call: a file of 8 KB of source text took 32 µs
 * that way and 20 µs this way. There is no public call for it, so this one tries itself out when it is made, and whoever uses it
 * falls back on the public call when it is `undefined` or gives nothing.
 */
export class SmallFrames {
  readonly #stream: OpenStream;
  readonly #room = new Uint8Array(ROOM);

  private constructor(stream: OpenStream) {
    this.#stream = stream;
  }

  /** One that works in this version of Node, or `undefined`. */
  static create(): SmallFrames | undefined {
    const stream: ZstdCompress = createZstdCompress({ params: COMPRESSION });
    // A step that fails destroys the stream and takes its handle away, which `compress` sees.
    stream.on('error', () => {});
    const frames = new SmallFrames(stream as unknown as OpenStream);
    try {
      return TRIALS.every((trial) => frames.#isRight(trial)) ? frames : undefined;
    } catch {
      return undefined;
    }
  }

  /** The input as one frame, newly allocated; `undefined` when it is not small or the context gave no whole frame. */
  compress(bytes: Uint8Array): Uint8Array | undefined {
    if (bytes.length > SMALL_LENGTH) return undefined;
    const { _handle: handle, _writeState: left } = this.#stream;
    if (handle === null) return undefined;
    handle.writeSync(constants.ZSTD_e_end, bytes, 0, bytes.length, this.#room, 0, ROOM);
    const [roomLeft = 0, inputLeft = 1] = left;
    return inputLeft === 0 && roomLeft > 0 ? this.#room.slice(0, ROOM - roomLeft) : undefined;
  }

  #isRight(trial: Uint8Array): boolean {
    const frame = this.compress(trial);
    return frame !== undefined && zstdDecompressSync(frame).equals(trial);
  }
}

/** Twice each, so that a frame leaving something behind for the next one would show. */
const TRIALS = [200, 0, 1, SMALL_LENGTH, 200, SMALL_LENGTH, 1, 0].map((length) =>
  new Uint8Array(length).map((_, i) => (i * i) >> 5),
);
