import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { mapOrdered } from '@holdfast/kernel';
import fc from 'fast-check';

/** A source that tells whether it was released. */
function watched(length: number): { source: AsyncIterable<number>; isReleased: () => boolean } {
  let isReleased = false;
  async function* items(): AsyncGenerator<number> {
    try {
      for (let i = 0; i < length; i++) yield i;
    } finally {
      isReleased = true;
    }
  }
  return { source: items(), isReleased: () => isReleased };
}

/** Work that ends only by an abort, and then counts itself out. */
function untilStopped(signal: AbortSignal, onEnd: () => void): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      queueMicrotask(() => {
        onEnd();
        reject(signal.reason as Error);
      });
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

test('it yields every result in order and never runs more than the limit, in whatever order work and source end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (scheduler, length, limit) => {
        let running = 0;
        let most = 0;
        async function* items(): AsyncGenerator<number> {
          for (const i of range(length)) yield await scheduler.schedule(Promise.resolve(i), 'source');
        }
        const mapped = mapOrdered(items(), limit, async (i) => {
          running += 1;
          most = Math.max(most, running);
          await scheduler.schedule(Promise.resolve(), 'work');
          running -= 1;
          return i * 10;
        });
        const results = await scheduler.waitFor(Array.fromAsync(mapped));
        deepEqual(
          results,
          range(length).map((i) => i * 10),
        );
        ok(most <= limit);
      },
    ),
  );
});

test('it takes plain iterables, and really runs side by side', async () => {
  let running = 0;
  const seen: number[] = [];
  const { promise: allIn, resolve: open } = Promise.withResolvers<void>();
  const mapped = mapOrdered(new Set([1, 2, 3]), 3, async (i) => {
    running += 1;
    if (running === 3) open();
    await allIn;
    return i;
  });
  for await (const i of mapped) seen.push(i);
  deepEqual(seen, [1, 2, 3]);
});

test('it hands over what is ready although the source is waiting', async () => {
  const { promise: later, resolve: release } = Promise.withResolvers<void>();
  async function* slow(): AsyncGenerator<string> {
    yield 'now';
    await later;
    yield 'later';
  }
  const mapped = mapOrdered(slow(), 4, async (text) => text);
  deepEqual(await mapped.next(), { done: false, value: 'now' });
  release();
  deepEqual(await Array.fromAsync(mapped), ['later']);
});

test('it pulls no further ahead than the limit', async () => {
  let pulled = 0;
  function* items(): Generator<number> {
    for (;;) yield pulled++;
  }
  const mapped = mapOrdered(items(), 3, async (i) => i);
  await mapped.next();
  await new Promise(setImmediate);
  equal(pulled, 4);
  await mapped.return();
});

test('it throws the first error, after stopping and awaiting the others and releasing the source', async () => {
  const { source, isReleased } = watched(10);
  let ended = 0;
  const mapped = mapOrdered(source, 3, async (i, signal) => {
    if (i === 2) throw new Error('third is broken');
    return untilStopped(signal, () => ended++);
  });
  await rejects(Array.fromAsync(mapped), /third is broken/);
  equal(ended, 2);
  equal(isReleased(), true);
});

test('it throws the error of the source, with the results before it dropped', async () => {
  async function* broken(): AsyncGenerator<number> {
    yield 1;
    throw new Error('cannot list');
  }
  let ended = 0;
  const mapped = mapOrdered(broken(), 3, (_, signal) => untilStopped(signal, () => ended++));
  await rejects(Array.fromAsync(mapped), /cannot list/);
  equal(ended, 1);
});

test('it stops on an abort with its reason, once all work has ended', async () => {
  const { source, isReleased } = watched(10);
  const stopper = new AbortController();
  const reason = new Error('stop now');
  let started = 0;
  let ended = 0;
  const mapped = mapOrdered(
    source,
    2,
    (_, signal) => {
      started += 1;
      if (started === 2) queueMicrotask(() => stopper.abort(reason));
      return untilStopped(signal, () => ended++);
    },
    stopper.signal,
  );
  await rejects(Array.fromAsync(mapped), reason);
  deepEqual([started, ended], [2, 2]);
  equal(isReleased(), true);
});

test('it begins nothing when the call is already over', async () => {
  const reason = new Error('too late');
  let started = 0;
  const mapped = mapOrdered([1], 1, async () => started++, AbortSignal.abort(reason));
  await rejects(Array.fromAsync(mapped), reason);
  equal(started, 0);
});

test('it yields nothing more after an abort, although results were ready', async () => {
  const stopper = new AbortController();
  const mapped = mapOrdered([1, 2, 3], 3, async (i) => i, stopper.signal);
  await mapped.next();
  stopper.abort(new Error('stop now'));
  await rejects(mapped.next(), /stop now/);
});

test('it stops and awaits the work, and releases the source, when the loop is left early', async () => {
  const { source, isReleased } = watched(10);
  const { promise: bothBusy, resolve: tell } = Promise.withResolvers<void>();
  let ended = 0;
  const mapped = mapOrdered(source, 3, async (i, signal) => {
    if (i === 0) return i;
    if (i === 2) tell();
    return untilStopped(signal, () => ended++);
  });
  for await (const i of mapped) {
    equal(i, 0);
    await bothBusy;
    break;
  }
  equal(isReleased(), true);
  ok(ended >= 2);
});

test('it tells of the work that failed, not of the source that then could not be released', async () => {
  async function* items(): AsyncGenerator<number> {
    try {
      for (;;) yield 1;
    } finally {
      // oxlint-disable-next-line no-unsafe-finally -- the very thing that is tried here
      throw new Error('cannot close');
    }
  }
  const failing = (): Promise<never> => Promise.reject(new Error('work is broken'));
  await rejects(Array.fromAsync(mapOrdered(items(), 2, failing)), /work is broken/);
  const left = mapOrdered(items(), 2, async (i) => i);
  await left.next();
  await rejects(left.return(), /cannot close/);
});

test('it does not abort the signal of work that was done', async () => {
  const signals: AbortSignal[] = [];
  await Array.fromAsync(mapOrdered([1, 2, 3], 2, async (_, signal) => signals.push(signal)));
  deepEqual(
    signals.map((signal) => signal.aborted),
    [false, false, false],
  );
});

test('it leaves no listener on the signal, however many calls share one', async () => {
  const stopper = new AbortController();
  let added = 0;
  const signal = stopper.signal;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...rest: Parameters<typeof add>) => {
    added += 1;
    add(...rest);
  };
  signal.removeEventListener = (...rest: Parameters<typeof remove>) => {
    added -= 1;
    remove(...rest);
  };
  await Array.fromAsync(mapOrdered([1, 2], 2, async (i) => i, signal));
  equal(added, 0);
});

test('it refuses a limit that would never run anything', async () => {
  for (const limit of [0, -1, 1.5, Number.NaN]) {
    await rejects(Array.fromAsync(mapOrdered([1], limit, async (i) => i)), RangeError);
  }
});
