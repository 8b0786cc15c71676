/** Work for several takers, who wait when there is none: first come, first served, nothing polled. */
export class WorkQueue<T> {
  readonly #items: T[] = [];
  #head = 0;
  readonly #takers: ((isOpen: boolean) => void)[] = [];
  #isClosed = false;

  /** At the end. */
  add(item: T): void {
    this.#items.push(item);
    this.#takers.shift()?.(true);
  }

  /** Before everything else. */
  addFirst(item: T): void {
    if (this.#head > 0) this.#items[--this.#head] = item;
    else this.#items.unshift(item);
    this.#takers.shift()?.(true);
  }

  /** The next item, without taking it. */
  peek(): T | undefined {
    return this.#items[this.#head];
  }

  /** Takes the next item. */
  take(): T | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Resolves to true when there may be an item, to false once the queue is closed. */
  async wait(): Promise<boolean> {
    if (this.peek() !== undefined) return true;
    if (this.#isClosed) return false;
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** Lets every taker go. What is still queued is the caller's to settle, with `drain`. */
  close(): void {
    this.#isClosed = true;
    for (const taker of this.#takers.splice(0)) taker(false);
  }

  /** Takes everything. */
  *drain(): Generator<T> {
    for (let item = this.take(); item !== undefined; item = this.take()) yield item;
  }
}
