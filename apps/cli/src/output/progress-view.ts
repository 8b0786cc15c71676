import type { JsonLineOf } from '@holdfast/contract';
import { Meter, type Progress, wholePercent } from './progress.ts';
import { barLine, logLine } from './progress-text.ts';

/** Where progress is shown. */
export interface ProgressPlace {
  readonly form: 'bar' | 'lines' | 'json' | 'none';
  readonly columns: () => number;
  readonly nowMs: () => number;
  /** Draws over the line the cursor is in; `''` clears it. */
  readonly draw: (line: string) => void;
  readonly line: (text: string) => void;
  readonly json: (line: JsonLineOf<'progress'>) => void;
}

/** A bar is redrawn at most so often: faster than this is flicker. */
const REDRAW_MS = 100;

/** A log gets a line at least so often … */
const LINE_MS = 10_000;
/** … and after so much progress, but not more often than this. */
const LINE_PERCENT = 10;
const SOONEST_LINE_MS = 1000;

const JSON_MS = 1000;

/** Shows the progress of one piece of long work: a bar, lines for a log, or JSON. Dispose of it when the work is over. */
export class ProgressView implements Disposable {
  readonly #place: ProgressPlace;
  readonly #meter = new Meter();
  readonly #beganMs: number;
  #shownMs: number;
  #shownPercent = 0;
  #phase: string | undefined;
  #hasBar = false;

  constructor(place: ProgressPlace) {
    this.#place = place;
    this.#beganMs = place.nowMs();
    this.#shownMs = this.#beganMs;
  }

  /** Shows where the work is, if it is time to. Cheap: call it for every item. `progress` is only asked when it is. */
  update(progress: () => Progress): void {
    const { form } = this.#place;
    if (form === 'none') return;
    const now = this.#place.nowMs();
    // A clock that was set back must not make the work look stuck.
    if (now < this.#shownMs) this.#shownMs = now;
    const passed = now - this.#shownMs;
    if (form === 'bar' && this.#hasBar && passed < REDRAW_MS) return;
    if (form !== 'bar' && passed < SOONEST_LINE_MS) return;
    this.#show(progress(), now, passed);
  }

  /** Takes the bar away, so that something else can be printed; the next update draws it again. */
  clear(): void {
    if (this.#hasBar) this.#place.draw('');
    this.#hasBar = false;
  }

  [Symbol.dispose](): void {
    this.clear();
  }

  #show(progress: Progress, now: number, passed: number): void {
    const { form, columns, draw, line, json } = this.#place;
    const measured = this.#meter.measure(progress, now);
    if (form === 'bar') {
      this.#shownMs = now;
      this.#hasBar = true;
      draw(barLine(progress, measured, columns()));
      return;
    }
    if (form === 'json' ? passed < JSON_MS : !this.#isTimeForLine(progress.phase, measured.fraction, passed))
      return;
    this.#shownMs = now;
    this.#shownPercent = wholePercent(measured.fraction ?? 0);
    this.#phase = progress.phase;
    if (form === 'lines') line(logLine(progress, measured));
    else json(progressLine(progress, measured));
  }

  #isTimeForLine(phase: string, fraction: number | undefined, passed: number): boolean {
    if (passed >= LINE_MS) return true;
    if (phase !== this.#phase || fraction === undefined) return false;
    return wholePercent(fraction) - this.#shownPercent >= LINE_PERCENT;
  }
}

function progressLine(
  { phase, items, bytes, current }: Progress,
  { bytesPerSecond, secondsLeft }: ReturnType<Meter['measure']>,
): JsonLineOf<'progress'> {
  return {
    type: 'progress',
    phase,
    ...(items !== undefined && { itemsDone: items.done }),
    ...(items?.total !== undefined && { itemsTotal: items.total }),
    ...(bytes !== undefined && { bytesDone: bytes.done }),
    ...(bytes?.total !== undefined && { bytesTotal: bytes.total }),
    ...(bytesPerSecond !== undefined && { bytesPerSecond }),
    ...(secondsLeft !== undefined && { secondsLeft }),
    ...(current !== undefined && { current }),
  };
}
