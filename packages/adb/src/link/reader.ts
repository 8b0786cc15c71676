import { concatBytes } from '@holdfast/kernel';
import { gone, protocolViolation } from '#failures.ts';

/** Reads a stream by lengths, copying only what is spread over several chunks. */
export class Reader {
  readonly #read: () => Promise<Uint8Array | undefined>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(read: () => Promise<Uint8Array | undefined>) {
    this.#read = read;
  }

  /** The next `length` bytes when they are here already: spares the wait of `take`. */
  takeNow(length: number): Uint8Array | undefined {
    const end = this.#at + length;
    if (end > this.#chunk.length) return undefined;
    const bytes = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  /** The next `length` bytes; `undefined` when the stream ends here. Fails with `adb/gone` when it ends within them. */
  async takeOrEnd(length: number): Promise<Uint8Array | undefined> {
    const whole = this.takeNow(length);
    if (whole !== undefined) return whole;
    const parts = [this.#rest()];
    let missing = length - (parts[0]?.length ?? 0);
    while (missing > 0) {
      const chunk = await this.#read();
      if (chunk === undefined) {
        if (missing === length) return undefined;
        throw gone();
      }
      this.#chunk = chunk;
      this.#at = Math.min(missing, chunk.length);
      parts.push(chunk.subarray(0, this.#at));
      missing -= this.#at;
    }
    return concatBytes(parts);
  }

  /** The next `length` bytes. Fails with `adb/gone` when the stream ends before. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.takeOrEnd(length);
    if (bytes === undefined) throw gone();
    return bytes;
  }

  /** The next `length` bytes, which are not taken by that. Fails with `adb/gone` when the stream ends before. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#chunk.length - this.#at < length) {
      const chunk = await this.#read();
      if (chunk === undefined) throw gone();
      const rest = this.#rest();
      this.#chunk = rest.length === 0 ? chunk : concatBytes([rest, chunk]);
      this.#at = 0;
    }
    return this.#chunk.subarray(this.#at, this.#at + length);
  }

  /** The next bytes, 1 to `most` of them, as they come. Fails with `adb/gone` at the end. */
  async takeSome(most: number): Promise<Uint8Array> {
    if (this.#at === this.#chunk.length) {
      const chunk = await this.#read();
      if (chunk === undefined) throw gone();
      this.#chunk = chunk;
      this.#at = 0;
    }
    const bytes = this.takeNow(Math.min(most, this.#chunk.length - this.#at));
    if (bytes === undefined) throw protocolViolation('nothing to read');
    return bytes;
  }

  /** What comes after the bytes taken so far: the rest of a chunk first, then the stream. */
  async next(): Promise<Uint8Array | undefined> {
    return this.#at < this.#chunk.length ? this.#rest() : this.#read();
  }

  #rest(): Uint8Array {
    const rest = this.#chunk.subarray(this.#at);
    this.#at = this.#chunk.length;
    return rest;
  }
}
