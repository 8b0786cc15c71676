type Outcome<R> = { kind: 'value'; value: R } | { kind: 'end' } | { kind: 'stopped' };

/**
 * Yields `fn(item)` for every item of `source`, in the order of the source.
 *
 * At most `limit` calls run at a time; those that finish early wait their turn within that number, so no more than
 * `limit` results are ever held. Work goes on while the consumer is busy with a result.
 *
 * The first error, of `fn` or of the source, aborts the signal the other calls were given and is thrown once they have
 * all ended; results not yet yielded are dropped. An abort of `signal` does the same and throws `signal.reason`. Leaving
 * the loop early stops and awaits the calls too. In every case the source is released. A source that may wait for
 * long should watch the same `signal` itself.
 */
export async function* mapOrdered<T, R>(
  source: Iterable<T> | AsyncIterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be 1 or more, not ${limit}`);
  signal?.throwIfAborted();

  const items = iteratorOf(source);
  const stopper = new AbortController();
  const onAbort = (): void => stopper.abort(signal?.reason);
  let failure: { error: unknown } | undefined;
  let ended = false;
  let isComplete = false;

  const pull = async (previous: Promise<unknown>): Promise<IteratorResult<T, unknown>> => {
    await previous;
    if (ended || stopper.signal.aborted) return { done: true, value: undefined };
    const next = await items.next();
    if (next.done === true) ended = true;
    return next;
  };
  const run = async (pulled: Promise<IteratorResult<T, unknown>>): Promise<Outcome<R>> => {
    try {
      const next = await pulled;
      if (stopper.signal.aborted) return { kind: 'stopped' };
      if (next.done === true) return { kind: 'end' };
      return { kind: 'value', value: await fn(next.value, stopper.signal) };
    } catch (error) {
      failure ??= { error };
      stopper.abort(error);
      return { kind: 'stopped' };
    }
  };

  const window: Promise<Outcome<R>>[] = [];
  let lastPull: Promise<unknown> = Promise.resolve();
  const begin = (): void => {
    const pulled = pull(lastPull);
    // Its own slot reports a failed pull; the slots after it only need to know that it is over.
    lastPull = pulled.catch(() => {
      ended = true;
    });
    window.push(run(pulled));
  };

  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (window.length < limit) begin();
    for (;;) {
      const outcome = await window.shift();
      signal?.throwIfAborted();
      if (failure !== undefined) throw failure.error;
      if (outcome?.kind !== 'value') {
        isComplete = true;
        return;
      }
      begin();
      yield outcome.value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    if (!isComplete) stopper.abort();
    await Promise.all(window);
    if (!ended) await release(items, failure !== undefined || signal?.aborted === true);
  }
}

/** As `for await` does it: a failure to release is only worth telling when nothing else went wrong. */
async function release<T>(items: Iterator<T> | AsyncIterator<T>, hasFailed: boolean): Promise<void> {
  try {
    await items.return?.();
  } catch (error) {
    if (!hasFailed) throw error;
  }
}

function iteratorOf<T>(source: Iterable<T> | AsyncIterable<T>): Iterator<T> | AsyncIterator<T> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}
