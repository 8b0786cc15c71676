interface Taker {
  readonly isEnough: () => boolean;
  readonly wake: (isOpen: boolean) => void;
}

/** Work for several takers, who wait when there is none: first come, first served, nothing polled. */
export class WorkQueue<T> {
  readonly #items: T[] = [];
  #head = 0;
  readonly #takers: Taker[] = [];
  #isClosed = false;

  /** At the end. */
  add(item: T): void {
    this.#items.push(item);
    this.#wakeOne();
  }

  /** Before everything else. */
  addFirst(item: T): void {
    if (this.#head > 0) this.#items[--this.#head] = item;
    else this.#items.unshift(item);
    this.#wakeOne();
  }

  /** How many wait. */
  get length(): number {
    return this.#items.length - this.#head;
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

  /**
   * Resolves to true when there may be an item, to false once the queue is closed. Where an item alone is not worth taking,
   * `isEnough` says when what there is is; it is asked again with every item that comes.
   */
  async wait(isEnough: () => boolean = () => true): Promise<boolean> {
    if (this.peek() !== undefined && (this.#isClosed || isEnough())) return true;
    if (this.#isClosed) return false;
    return new Promise((wake) => this.#takers.push({ isEnough, wake }));
  }

  /** Lets every taker go. What is still queued is the caller's to settle, with `drain`. */
  close(): void {
    this.#isClosed = true;
    for (const { wake } of this.#takers.splice(0)) wake(false);
  }

  #wakeOne(): void {
    const at = this.#takers.findIndex(({ isEnough }) => isEnough());
    if (at >= 0) this.#takers.splice(at, 1)[0]?.wake(true);
  }

  /** Takes everything. */
  *drain(): Generator<T> {
    for (let item = this.take(); item !== undefined; item = this.take()) yield item;
  }
}
