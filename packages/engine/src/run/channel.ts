/** Values from whoever has them to one reader, in order; the reader waits, the writers do not. */
export class Channel<T> implements AsyncIterable<T> {
  #values: T[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  put(value: T): void {
    this.#values.push(value);
    this.#wake?.();
  }

  /** Nothing more comes; with an error, the reader gets it after what is there. Only the first call counts. */
  close(end: { readonly error?: unknown } = {}): void {
    this.#end ??= end;
    this.#wake?.();
  }

  /** No generator: each of a backup's hundred thousand values would cost it twice as much. */
  [Symbol.asyncIterator](): AsyncIterator<T, void, undefined> {
    let values: readonly T[] = [];
    let at = 0;
    const next = async (): Promise<IteratorResult<T, void>> => {
      for (;;) {
        if (at === values.length) {
          values = this.#values;
          this.#values = [];
          at = 0;
        }
        if (at < values.length) return { done: false, value: values[at++] as T };
        if (this.#end !== undefined) {
          if ('error' in this.#end) throw this.#end.error;
          return { done: true, value: undefined };
        }
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    };
    return { next };
  }
}
