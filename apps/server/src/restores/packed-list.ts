/** So many go into a block: what is looked at one page at a time is parsed no more than that. */
const BLOCK = 128;

/**
 * Items that are looked at a page at a time, as bytes: a plan of a hundred thousand takes ten megabytes of them, and not a hundred.
 */
export class PackedList<T> {
  readonly #blocks: Buffer[] = [];
  #open: T[] = [];
  #bytes = 0;

  /** How many there are. */
  get length(): number {
    return this.#blocks.length * BLOCK + this.#open.length;
  }

  /** What they take. */
  get bytes(): number {
    return this.#bytes;
  }

  add(item: T): void {
    this.#open.push(item);
    if (this.#open.length < BLOCK) return;
    const block = Buffer.from(JSON.stringify(this.#open));
    this.#bytes += block.length;
    this.#blocks.push(block);
    this.#open = [];
  }

  /** Those from a place on, in the order in which they were added. */
  slice(from: number, count: number): readonly T[] {
    const items: T[] = [];
    for (let at = Math.floor(from / BLOCK); items.length < (from % BLOCK) + count; at++) {
      const block = this.#blocks[at];
      if (block === undefined) {
        if (at === this.#blocks.length) items.push(...this.#open);
        break;
      }
      items.push(...(JSON.parse(block.toString()) as T[]));
    }
    return items.slice(from % BLOCK, (from % BLOCK) + count);
  }
}
