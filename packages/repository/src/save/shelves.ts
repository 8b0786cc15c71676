import { sharedMemory } from '../workers/shared-memory.ts';

/** Room of one shelf. */
const SHELF_BYTES = 1024 * 1024;

interface Shelf {
  readonly memory: Uint8Array;
  used: number;
  /** Things on it that are still needed. */
  count: number;
}

/** Something on a shelf, until it is let go. */
export interface Shelved {
  readonly bytes: Uint8Array;
  readonly letGo: () => void;
}

/**
 * Small things, copied side by side into memory that threads share: that costs a message to a thread next to nothing, and no
 * garbage. A shelf is used again once all on it was let go.
 */
export class Shelves {
  readonly #spares: Shelf[] = [];
  #filling: Shelf | undefined;

  /** A copy of `bytes`, of at most a shelf's length. */
  put(bytes: Uint8Array): Shelved {
    const shelf = this.#shelfFor(bytes.length);
    const copy = shelf.memory.subarray(shelf.used, shelf.used + bytes.length);
    copy.set(bytes);
    shelf.used += bytes.length;
    shelf.count += 1;
    return { bytes: copy, letGo: () => this.#letGo(shelf) };
  }

  #shelfFor(length: number): Shelf {
    if (this.#filling !== undefined && this.#filling.used + length <= SHELF_BYTES) return this.#filling;
    // The one before comes back when the last thing on it is let go, which may have been already.
    const before = this.#filling;
    this.#filling = this.#spares.pop() ?? { memory: sharedMemory(SHELF_BYTES), used: 0, count: 0 };
    if (before?.count === 0) this.#spare(before);
    return this.#filling;
  }

  #letGo(shelf: Shelf): void {
    shelf.count -= 1;
    if (shelf.count === 0 && shelf !== this.#filling) this.#spare(shelf);
  }

  #spare(shelf: Shelf): void {
    shelf.used = 0;
    this.#spares.push(shelf);
  }
}
