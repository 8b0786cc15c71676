import { sharedMemory } from '../workers/shared-memory.ts';

/** Memory of one size for parts of streams, used again and again; no more of it than there are slabs. */
export class SlabPool {
  readonly #slabBytes: number;
  readonly #spares: Uint8Array[] = [];
  readonly #waiting: ((slab: Uint8Array) => void)[] = [];
  #unmade: number;

  constructor(slabBytes: number, mostSlabs: number) {
    this.#slabBytes = slabBytes;
    this.#unmade = mostSlabs;
  }

  /** A slab, with anything in it; when all are out, the next one given back, in order. */
  async take(): Promise<Uint8Array> {
    const spare = this.#spares.pop();
    if (spare !== undefined) return spare;
    if (this.#unmade === 0) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#unmade -= 1;
    // Only what is written to takes room in memory.
    return sharedMemory(this.#slabBytes);
  }

  /** Gives one back. */
  give(slab: Uint8Array): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#spares.push(slab);
    else next(slab);
  }
}
