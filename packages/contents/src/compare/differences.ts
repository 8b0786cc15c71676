import type { Difference } from '@holdfast/contract/api';

const CHANGES = ['added', 'removed', 'changed'] as const satisfies readonly Difference['change'][];

interface NotedDifference {
  readonly change: Difference['change'];
  /** In the newer backup; in the older of what was removed. */
  readonly n: number;
  readonly type: number;
}

const FIRST_CAPACITY = 256;

/** Differences between two backups, a few bytes each: there may be as many as there are entries. */
export class Differences {
  #numbers = new Float64Array(FIRST_CAPACITY);
  #words = new Uint8Array(FIRST_CAPACITY);
  #length = 0;
  readonly #counts = { added: 0, removed: 0, changed: 0, same: 0 };

  get counts(): Readonly<Record<Difference['change'] | 'same', number>> {
    return { ...this.#counts };
  }

  /** So many more are the same. */
  same(items: number): void {
    this.#counts.same += items;
  }

  add(change: Difference['change'], n: number, type: number): void {
    if (this.#length === this.#numbers.length) this.#grow();
    this.#numbers[this.#length] = n;
    this.#words[this.#length] = CHANGES.indexOf(change) * 16 + type;
    this.#length += 1;
    this.#counts[change] += 1;
  }

  /** Differences from a place on, of one kind or all, and the place to go on from. */
  page(
    from: number,
    limit: number,
    change?: Difference['change'],
  ): { readonly at: readonly NotedDifference[]; readonly next?: number } {
    const at: NotedDifference[] = [];
    for (let place = from; place < this.#length; place++) {
      const word = this.#words[place] ?? 0;
      const each = CHANGES[word >> 4] ?? 'changed';
      if (change !== undefined && each !== change) continue;
      if (at.length === limit) return { at, next: place };
      at.push({ change: each, n: this.#numbers[place] ?? 0, type: word & 15 });
    }
    return { at };
  }

  #grow(): void {
    const [numbers, words] = [this.#numbers, this.#words];
    this.#numbers = new Float64Array(numbers.length * 2);
    this.#numbers.set(numbers);
    this.#words = new Uint8Array(words.length * 2);
    this.#words.set(words);
  }
}
