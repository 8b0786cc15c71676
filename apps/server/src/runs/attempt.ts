import type { Run, RunItem, RunRequest } from '@holdfast/contract/api';
import type { Clock } from '@holdfast/kernel';
import type { Samples } from './rate.ts';
import { goingOn, measured, progressed, withItem } from './run-view.ts';
import type { Progress, RunEnd, Runner } from './runner.ts';

/** A person's eye takes no more. */
const SHOW_EVERY = Temporal.Duration.from({ milliseconds: 250 });
/** Rates fall and a stuck run shows also when nothing is told. */
const SHOW_AT_LEAST_MS = 2000;

/** Whom an attempt tells what. */
export interface AttemptOptions {
  readonly clock: Clock;
  /** How the run is now; a few times a second. */
  readonly show: (view: Run, items: readonly RunItem[]) => Promise<void> | void;
}

/** Why an attempt was told to end. */
export type EndReason = 'pause' | 'stop' | 'close';

/** One attempt of a run: from its beginning to its end, or to what it has to wait for. */
export class Attempt {
  readonly #control = new AbortController();
  readonly #clock: Clock;
  readonly #show: AttemptOptions['show'];
  /** How far it was before: what is shown until this attempt has found that again. */
  readonly #before: Run;
  #view: Run;
  #samples: Samples = [];
  #told: (() => Progress) | undefined;
  #movedMs: number;
  #isNew = true;
  #shownMs = 0;
  #items: RunItem[] = [];
  #endReason: EndReason | undefined;
  #mostBytes = 0;

  constructor(view: Run, { clock, show }: AttemptOptions) {
    this.#before = view;
    this.#view = view;
    this.#clock = clock;
    this.#show = show;
    this.#movedMs = this.#nowMs();
  }

  /** How it is, as it was last shown. */
  get view(): Run {
    return this.#view;
  }

  /** Why it was told to end, if it was. */
  get endReason(): EndReason | undefined {
    return this.#endReason;
  }

  /** How far it got, in bytes. */
  get reachedBytes(): number {
    return this.#mostBytes;
  }

  /** Tells it to end soon, for the last reason that is given: only a stop stays one. */
  end(reason: EndReason, state?: Run['state']): void {
    this.#endReason = this.#endReason === 'stop' ? 'stop' : reason;
    if (state !== undefined) this.#view = { ...this.#view, state };
    this.#control.abort(new DOMException(`told to ${reason}`, 'AbortError'));
  }

  /** Does it. */
  async run(runner: Runner, request: RunRequest): Promise<RunEnd> {
    const showing = new AbortController();
    const shown = this.#keepShowing(showing.signal);
    try {
      const end = await runner(request, {
        signal: this.#control.signal,
        report: (progress) => this.#report(progress),
        setAside: (item) => this.#setAside(item),
      });
      if (end.progress !== undefined) {
        const { progress } = end;
        this.#report(() => progress);
      }
      return end;
    } finally {
      showing.abort();
      await shown;
      await this.#showNow();
    }
  }

  #report(progress: () => Progress): void {
    this.#told = progress;
    this.#moved();
  }

  #setAside(item: RunItem): void {
    this.#items.push(item);
    this.#view = withItem(this.#view, item);
    this.#moved();
  }

  #moved(): void {
    this.#movedMs = this.#nowMs();
    this.#isNew = true;
  }

  async #keepShowing(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(SHOW_EVERY, signal).catch(() => {});
      // A clock that was set back must not silence it.
      const isLate = Math.abs(this.#nowMs() - this.#shownMs) >= SHOW_AT_LEAST_MS;
      if (!signal.aborted && (this.#isNew || isLate)) await this.#showNow();
    }
  }

  async #showNow(): Promise<void> {
    const nowMs = this.#nowMs();
    this.#shownMs = nowMs;
    this.#isNew = false;
    const told = this.#told?.();
    const progress = told && goingOn(this.#before, told);
    if (told !== undefined && progress !== undefined) {
      this.#mostBytes = Math.max(this.#mostBytes, told.bytes.done);
      // What is found again is not done now: it says nothing of how fast the rest will be.
      this.#samples = progress === told ? measured(this.#samples, told, nowMs) : [];
    }
    const { state } = this.#view;
    const now = progress ?? { ...this.#view, phase: state.kind === 'running' ? state.phase : 'connecting' };
    this.#view = progressed(this.#view, now, { samples: this.#samples, movedMs: this.#movedMs, nowMs });
    const items = this.#items;
    this.#items = [];
    await this.#show(this.#view, items);
  }

  #nowMs(): number {
    return this.#clock.now().epochMilliseconds;
  }
}
