/** Bytes held at once: those who would bring more wait until it is less. */
export class ByteBudget {
  readonly #most: number;
  #waiting: (() => void)[] = [];
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when less than the most is held: then somebody may bring something, of whatever length. */
  async room(): Promise<void> {
    if (this.#held >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  hold(bytes: number): void {
    this.#held += bytes;
  }

  release(bytes: number): void {
    this.#held -= bytes;
    if (this.#held >= this.#most) return;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
