/**
 * What a source yields, pulled before anybody asks: up to `most` values are held. Whoever iterates, once, gets those, and from then on the source is
 * asked when they ask; what it throws comes behind all that it yielded before.
 *
 * Disposing of it, or leaving the loop early, waits for the step under way and ends the source: one whose steps may be long is to be aborted before.
 */
export class Ahead<T> implements AsyncIterable<T>, AsyncDisposable {
  readonly #source: AsyncGenerator<T, unknown, undefined>;
  readonly #held: T[] = [];
  readonly #pulling: Promise<'ended' | 'has more'>;
  #isAsked = false;

  constructor(source: AsyncGenerator<T, unknown, undefined>, most: number) {
    this.#source = source;
    this.#pulling = this.#pull(most);
    // It is thrown to whoever iterates; where nobody does, nobody wants to know.
    this.#pulling.catch(() => {});
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    try {
      this.#isAsked = true;
      yield* this.#held.splice(0);
      const left = await this.#pulling;
      yield* this.#held.splice(0);
      if (left === 'has more') yield* this.#source;
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isAsked = true;
    await this.#pulling.catch(() => {});
    await this.#source.return(undefined);
  }

  async #pull(most: number): Promise<'ended' | 'has more'> {
    while (!this.#isAsked && this.#held.length < most) {
      const step = await this.#source.next();
      if (step.done === true) return 'ended';
      this.#held.push(step.value);
    }
    return 'has more';
  }
}
