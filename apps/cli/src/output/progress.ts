/** How far long work is, as whoever does the work tells it. */
export interface Progress {
  /** What is going on, for a person: `Saving`. Changing it starts the measuring of speed anew. */
  readonly phase: string;
  readonly items?: Amount;
  readonly bytes?: Amount;
  /** What the items are, one and many; default file and files. */
  readonly noun?: readonly [one: string, many: string];
  /** What is being done now: a name from outside, as it is. */
  readonly current?: string | undefined;
}

/** Done so far, of how much where that is known. */
export interface Amount {
  readonly done: number;
  /** Absent while more may be found. */
  readonly total?: number;
}

/** What measuring adds. */
export interface Measured {
  /** 0 to 1; absent while the total is not known. */
  readonly fraction?: number;
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
}

/** How many of a hundred parts are done: never all of them before everything is. */
export function wholePercent(fraction: number): number {
  // 0.29 × 100 is a little less than 29.
  return fraction < 1 ? Math.min(99, Math.floor(fraction * 100 + 1e-9)) : 100;
}

/** Speed is that of the last so many seconds: long enough to be steady, short enough to follow. */
const WINDOW_MS = 15_000;

/** Before so much has passed a forecast is a guess. */
const FORECAST_AFTER_MS = 2000;

/** Two samples are at least this far apart. */
const SAMPLE_EVERY_MS = 250;

/** Measures speed and time left of work that tells its progress. */
export class Meter {
  #phase: string | undefined;
  #samples: { readonly atMs: number; readonly done: number; readonly bytes: number }[] = [];

  /** What can be said at `nowMs`; where that went back, measuring begins anew. */
  measure({ phase, items, bytes }: Progress, nowMs: number): Measured {
    if (phase !== this.#phase) this.#samples = [];
    if (nowMs < (this.#samples.at(-1)?.atMs ?? nowMs)) this.#samples = [];
    this.#phase = phase;
    // Bytes tell more than items, where there are any: items differ in size.
    const lead = bytes !== undefined && (bytes.total === undefined || bytes.total > 0) ? bytes : items;
    if (lead === undefined) return {};
    const last = this.#samples.at(-1);
    if (last === undefined || nowMs - last.atMs >= SAMPLE_EVERY_MS) {
      this.#samples.push({ atMs: nowMs, done: lead.done, bytes: bytes?.done ?? 0 });
      while (this.#samples.length > 2 && nowMs - (this.#samples[1]?.atMs ?? nowMs) > WINDOW_MS)
        this.#samples.shift();
    }
    const fraction =
      lead.total === undefined || lead.total === 0 ? undefined : Math.min(1, lead.done / lead.total);
    return { ...(fraction !== undefined && { fraction }), ...this.#speed(lead, bytes?.done, nowMs) };
  }

  #speed(lead: Amount, bytesDone: number | undefined, nowMs: number): Measured {
    const first = this.#samples[0];
    const passedMs = first === undefined ? 0 : nowMs - first.atMs;
    if (first === undefined || passedMs < FORECAST_AFTER_MS) return {};
    const perSecond = ((lead.done - first.done) * 1000) / passedMs;
    const bytesPerSecond =
      bytesDone === undefined ? 0 : Math.round(((bytesDone - first.bytes) * 1000) / passedMs);
    const left = lead.total === undefined ? undefined : Math.max(0, lead.total - lead.done);
    return {
      ...(bytesPerSecond > 0 && { bytesPerSecond }),
      ...(left !== undefined && perSecond > 0 && { secondsLeft: Math.ceil(left / perSecond) }),
    };
  }
}
