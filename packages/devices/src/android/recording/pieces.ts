import { concatBytes } from '@holdfast/kernel';

/** Bytes as they come, taken by lengths; it holds what is not taken yet. */
export class Pieces {
  #held: Uint8Array = new Uint8Array(0);

  put(bytes: Uint8Array): void {
    this.#held = this.#held.length === 0 ? bytes : concatBytes([this.#held, bytes]);
  }

  /** Makes what is held its own: whoever gave it may use the memory again. */
  keep(): void {
    this.#held = this.#held.slice();
  }

  get length(): number {
    return this.#held.length;
  }

  /** Exactly so many, or `undefined` as long as there are fewer. */
  take(length: number): Uint8Array | undefined {
    return this.#held.length < length ? undefined : this.drop(length);
  }

  /** As `take`, and they stay. */
  peek(length: number): Uint8Array | undefined {
    return this.#held.length < length ? undefined : this.#held.subarray(0, length);
  }

  /** At most so many. */
  drop(length: number): Uint8Array {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }
}
