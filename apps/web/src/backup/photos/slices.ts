/** A slice of a long list, as the server gives it. */
export type FetchSlice<T> = (from: number, limit: number, signal: AbortSignal) => Promise<readonly T[]>;

/** Parts of a long list, fetched by place as they come into view. */
export interface Slices<T> {
  /** Gives what stands at a place, as soon as it is there. */
  readonly at: (place: number) => T | undefined;
  /** Gives what stands at a place, waiting for it. Nothing past the end, or after a failure. */
  readonly get: (place: number) => Promise<T | undefined>;
  /** Says what is in view now: it and its neighbours are fetched, what is no longer near is aborted. */
  readonly show: (from: number, to: number) => void;
  /** Calls back whenever a slice has come, until the answer is called. */
  readonly listen: (heard: () => void) => () => void;
  /** Rises whenever a slice has come. */
  readonly version: () => number;
  /** Whether the last fetch of what is in view failed. */
  readonly hasFailed: () => boolean;
  /** Fetches again what failed. */
  readonly again: () => void;
  /** Aborts everything. */
  readonly close: () => void;
}

interface Options {
  readonly total: number;
  /** Things in a slice. */
  readonly size?: number;
  /** Slices that are kept, the last used. */
  readonly kept?: number;
}

/** Gives the slices of a list of known length. Nothing is fetched before `show` or `get`. */
export function slicesOf<T>(
  fetchSlice: FetchSlice<T>,
  { total, size = 200, kept = 120 }: Options,
): Slices<T> {
  const here = new Map<number, readonly T[]>();
  const underWay = new Map<number, { abort: AbortController; done: Promise<void>; isAwaited: boolean }>();
  const failed = new Set<number>();
  const listeners = new Set<() => void>();
  const last = Math.max(0, Math.ceil(total / size) - 1);
  let version = 0;
  let view = { from: 0, to: -1 };

  const tell = () => {
    version += 1;
    for (const heard of listeners) heard();
  };
  const load = (slice: number): Promise<void> => {
    const abort = new AbortController();
    const done = fetchSlice(slice * size, size, abort.signal).then(
      (things) => {
        underWay.delete(slice);
        if (abort.signal.aborted) return;
        here.set(slice, things);
        failed.delete(slice);
        if (here.size > kept) letGo();
        tell();
      },
      () => {
        if (underWay.get(slice)?.abort === abort) underWay.delete(slice);
        if (abort.signal.aborted) return;
        failed.add(slice);
        tell();
      },
    );
    underWay.set(slice, { abort, done, isAwaited: false });
    return done;
  };
  const letGo = () => {
    const middle = (view.from + view.to) / 2;
    const far = [...here.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const slice of far.slice(0, here.size - kept)) here.delete(slice);
  };
  const want = (slice: number) => {
    if (slice < 0 || slice > last || total === 0) return;
    if (!here.has(slice) && !underWay.has(slice) && !failed.has(slice)) void load(slice);
  };
  const at = (place: number) => here.get(Math.floor(place / size))?.[place % size];

  return {
    at,
    get: async (place) => {
      if (place < 0 || place >= total) return undefined;
      const slice = Math.floor(place / size);
      if (!here.has(slice)) {
        if (!underWay.has(slice)) void load(slice);
        const work = underWay.get(slice);
        if (work !== undefined) {
          work.isAwaited = true;
          await work.done;
        }
      }
      return at(place);
    },
    show: (from, to) => {
      view = { from: Math.floor(from / size), to: Math.floor(Math.max(from, to) / size) };
      for (const [slice, work] of underWay) {
        if (work.isAwaited || (slice >= view.from - 1 && slice <= view.to + 1)) continue;
        underWay.delete(slice);
        work.abort.abort();
      }
      for (let slice = view.from; slice <= view.to; slice += 1) want(slice);
      want(view.to + 1);
      want(view.from - 1);
    },
    listen: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    version: () => version,
    hasFailed: () => failed.size > 0,
    again: () => {
      failed.clear();
      for (let slice = view.from; slice <= view.to; slice += 1) want(slice);
      tell();
    },
    close: () => {
      for (const work of underWay.values()) work.abort.abort();
      underWay.clear();
    },
  };
}
