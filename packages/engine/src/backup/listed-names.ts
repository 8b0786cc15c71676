/** Slots looked at before a search gives up: only names that were made to collide ever come near. */
const MOST_PROBES = 64;

/**
 * The names of a listing, to be found by their UTF-8, each once. A string for every name on either side, and a Map of them,
 * would take longer than all other comparing of two listings.
 */
export class ListedNames {
  readonly count: number;
  readonly #bytes: Uint8Array;
  /** Where each row's name begins, and one more: a NUL is behind each. */
  readonly #starts: Uint32Array;
  /** Row + 1, or 0 for a free slot; the size is a power of two, and at least half of them are free. */
  readonly #slots: Uint32Array;
  readonly #isTaken: Uint8Array;

  private constructor(bytes: Uint8Array, starts: Uint32Array) {
    this.count = starts.length - 1;
    this.#bytes = bytes;
    this.#starts = starts;
    this.#isTaken = new Uint8Array(this.count);
    this.#slots = new Uint32Array(2 ** (33 - Math.clz32(this.count)));
  }

  /**
   * `names` are each followed by a NUL, as in `EntryColumns`. `undefined` where one is not UTF-8, so that its half characters
   * would turn into others here, or where too many collide.
   */
  static of(names: string): ListedNames | undefined {
    if (!names.isWellFormed()) return undefined;
    const bytes = Buffer.from(names, 'utf8');
    const starts = [0];
    for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) starts.push(at + 1);
    const listed = new ListedNames(bytes, Uint32Array.from(starts));
    for (let row = 0; row < listed.count; row++) if (!listed.#insert(row)) return undefined;
    return listed;
  }

  /** The row of the name that `bytes` has from `from` up to `to`; -1 when there is none, or it was taken before. */
  take(bytes: Uint8Array, from: number, to: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(bytes, from, to) & mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const row = (this.#slots[slot] ?? 0) - 1;
      if (row < 0) return -1;
      if (this.#isName(row, bytes, from, to)) {
        if (this.#isTaken[row] === 1) return -1;
        this.#isTaken[row] = 1;
        return row;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  #insert(row: number): boolean {
    const mask = this.#slots.length - 1;
    let slot = hashOf(this.#bytes, this.#starts[row] ?? 0, (this.#starts[row + 1] ?? 0) - 1) & mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      if (this.#slots[slot] === 0) {
        this.#slots[slot] = row + 1;
        return true;
      }
      slot = (slot + 1) & mask;
    }
    return false;
  }

  #isName(row: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[row] ?? 0;
    if ((this.#starts[row + 1] ?? 0) - 1 - start !== to - from) return false;
    for (let at = from, own = start; at < to; at++, own++) if (bytes[at] !== this.#bytes[own]) return false;
    return true;
  }
}

/** FNV-1a, its high bits mixed into the low ones. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
