/** Waits that can all be ended early, at once; those begun later end too. A wait that is over leaves nothing behind. */
export class Ending {
  readonly #waits = new Set<(reason: unknown) => void>();
  #end: { readonly reason: unknown } | undefined;

  /** Awaits `work`, or fails with the reason of the end, when that comes first; `work` is then on its own. */
  async during<T>(work: Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (this.#end === undefined) this.#waits.add(reject);
    else reject(this.#end.reason);
    work.then(resolve, reject);
    try {
      return await promise;
    } finally {
      this.#waits.delete(reject);
    }
  }

  /** The first end counts. */
  end(reason: unknown): void {
    this.#end ??= { reason };
    for (const reject of this.#waits) reject(reason);
  }
}

/** What `source` gives, until the end: then this fails with its reason, even while `source` itself gets no further. */
export async function* endedBy<T>(
  ending: Ending,
  source: AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let isBusy = false;
  let isDone = false;
  try {
    for (;;) {
      isBusy = true;
      const next = await ending.during(iterator.next());
      isBusy = false;
      isDone = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    const left = isDone ? undefined : iterator.return?.();
    // One that is busy lets go once it is not, which may be never, and then has nobody to complain to.
    if (isBusy) left?.catch(() => undefined);
    else await left;
  }
}
