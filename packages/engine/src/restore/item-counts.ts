/** What belongs to records of a made file. */
interface Belonging {
  readonly made: string;
  /** Of the records, where they are known. */
  readonly keys: readonly string[] | undefined;
}

/**
 * How many items the files of a restore are, by their paths in the backup: a made file is its records, what belongs to them is none, and any other file
 * is one. What belongs to a record and is not there in the end takes that record's place: it is counted once, and as what is worse.
 */
export class ItemCounts {
  /** Items of made files that nothing has taken the place of. */
  readonly #made: Map<string, number>;
  readonly #belongings: Map<string, Belonging>;
  readonly #withheld: Set<string>;

  constructor(from?: ItemCounts) {
    this.#made = new Map(from === undefined ? [] : from.#made);
    this.#belongings = new Map(from === undefined ? [] : from.#belongings);
    this.#withheld = new Set(from === undefined ? [] : from.#withheld);
  }

  /** True when every file is one item. */
  get isPlain(): boolean {
    return this.#made.size === 0 && this.#belongings.size === 0;
  }

  addMade(path: string, items: number): void {
    this.#made.set(path, items);
  }

  addBelonging(path: string, made: string, keys?: readonly string[]): void {
    this.#belongings.set(path, { made, keys });
  }

  /** True for made files, and for what belongs to one. */
  knows(path: string): boolean {
    return this.#made.has(path) || this.#belongings.has(path);
  }

  isMade(path: string): boolean {
    return this.#made.has(path);
  }

  /** How many items a file is, as far as is known now. */
  of(path: string): number {
    return this.#belongings.has(path) ? 0 : (this.#made.get(path) ?? 1);
  }

  /** Whether something that belongs to this record is not there. */
  isWithheld(made: string, key: string): boolean {
    return this.#withheld.has(`${made}#${key}`);
  }

  /** How many items a file is of which is known whether it is there: of a made file, once all that belongs to it is settled. */
  settle(path: string, isThere: boolean): number {
    const belonging = this.#belongings.get(path);
    if (belonging === undefined) return this.of(path);
    return isThere ? 0 : this.#withhold(belonging);
  }

  #withhold({ made, keys }: Belonging): number {
    const left = this.#made.get(made) ?? 0;
    let items = Math.min(1, left);
    if (keys !== undefined) {
      const names = keys.map((key) => `${made}#${key}`).filter((name) => !this.#withheld.has(name));
      for (const name of names) this.#withheld.add(name);
      items = names.length;
    }
    this.#made.set(made, left - items);
    return items;
  }
}
