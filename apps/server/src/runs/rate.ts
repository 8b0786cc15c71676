/** How far something was at a moment. */
interface Sample {
  readonly atMs: number;
  readonly bytes: number;
  readonly items: number;
}

/** Samples of the last while, the oldest first. */
export type Samples = readonly Sample[];

/** A phone reads small files and long ones by turns: less would jump, more would be slow to believe. */
const WINDOW_MS = 20_000;
/** Two of them closer together are one. */
const STEP_MS = 500;
/** Nothing is said of a rate before. */
const LEAST_MS = 2_000;

/** The samples with another, without those that are too old. Going back begins anew. */
export function sampled(samples: Samples, sample: Sample): Samples {
  const last = samples.at(-1);
  if (last !== undefined && (sample.bytes < last.bytes || sample.atMs < last.atMs)) return [sample];
  const kept = samples.filter(({ atMs }) => atMs >= sample.atMs - WINDOW_MS);
  const before = kept.at(-2);
  const isClose = before !== undefined && last !== undefined && last.atMs - before.atMs < STEP_MS;
  return [...(isClose ? kept.slice(0, -1) : kept), sample];
}

/** Bytes a second over the window; `undefined` as long as nothing can be said. */
export function rateOf(samples: Samples): number | undefined {
  return perSecond(samples, ({ bytes }) => bytes);
}

/** Seconds that are left at this rate: of bytes, or of items where those take longer. */
export function secondsLeft(
  samples: Samples,
  total: { readonly bytes?: number | undefined; readonly items?: number | undefined },
): number | undefined {
  const last = samples.at(-1);
  if (last === undefined || total.bytes === undefined) return undefined;
  const byBytes = left(total.bytes - last.bytes, rateOf(samples));
  const byItems =
    total.items === undefined
      ? 0
      : left(
          total.items - last.items,
          perSecond(samples, ({ items }) => items),
        );
  if (byBytes === undefined) return byItems === 0 ? undefined : byItems;
  return Math.max(byBytes, byItems ?? 0);
}

const left = (amount: number, rate: number | undefined): number | undefined => {
  if (amount <= 0) return 0;
  return rate === undefined || rate <= 0 ? undefined : Math.round(amount / rate);
};

function perSecond(samples: Samples, of: (sample: Sample) => number): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < LEAST_MS) return undefined;
  return Math.round(((of(last) - of(first)) * 1000) / (last.atMs - first.atMs));
}
