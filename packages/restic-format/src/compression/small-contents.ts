import { constants, createZstdDecompress, type ZstdDecompress } from 'node:zlib';
import { isOneFrame } from './one-frame.ts';
import type { OpenStream } from './small-frames.ts';

/** Longest content this is for; beyond it the work per byte hides the work per frame. */
const LONGEST = 128 * 1024;

/**
 * Opens small frames with one context that stays open between calls.
 *
 * `zstdDecompressSync` makes and throws away a context on every call: a frame of 12 KB of messages took 44 µs that way and 15 µs this
 * way. As with `SmallFrames` there is no public call for it: whatever does not go as it should is `undefined`, and the caller
 * falls back on the public call, which says what is wrong.
 */
export class SmallContents {
  #stream: OpenStream | undefined;
  readonly #room = new Uint8Array(LONGEST + 1);

  /** The content, newly allocated, of exactly `length` bytes; `undefined` when it is not small, or anything is wrong. */
  decompress(bytes: Uint8Array, length: number): Uint8Array | undefined {
    // Half a frame would leave the context waiting for the rest, and spoil the next one.
    if (length > LONGEST || !isOneFrame(bytes)) return undefined;
    this.#stream ??= newStream();
    const { _handle: handle, _writeState: left } = this.#stream;
    // A step that fails may leave the counts of the one before.
    left[1] = 1;
    try {
      handle?.writeSync(constants.ZSTD_e_end, bytes, 0, bytes.length, this.#room, 0, this.#room.length);
    } catch {
      this.#stream = undefined;
      return undefined;
    }
    const [roomLeft = 0, inputLeft = 1] = left;
    if (handle !== null && inputLeft === 0 && this.#room.length - roomLeft === length)
      return this.#room.slice(0, length);
    this.#stream = undefined;
    return undefined;
  }
}

function newStream(): OpenStream {
  const stream: ZstdDecompress = createZstdDecompress();
  // A step that fails destroys the stream and takes its handle away: its answer is not looked at then.
  stream.on('error', () => {});
  return stream as unknown as OpenStream;
}
