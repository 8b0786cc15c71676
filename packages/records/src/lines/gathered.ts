/** Bytes gathered from pieces, however small: they take up to twice their room, and no object each. */
export class Gathered {
  #bytes = new Uint8Array(0);
  #length = 0;

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds a copy of a piece. */
  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2, 256));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** All of them, good until the next piece is added; there are none any more. */
  take(): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.clear();
    return bytes;
  }

  /** Forgets them, and gives much room back. */
  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > KEPT_ROOM) this.#bytes = new Uint8Array(0);
  }
}

/** Room that is not worth asking for anew. */
const KEPT_ROOM = 1024 * 1024;
