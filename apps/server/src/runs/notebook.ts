import { type Clock, isFailure } from '@holdfast/kernel';
import type { Journal, Journals } from './journal.ts';

/** A run as it is by the time it is written down. */
export interface Noted extends Journal {
  /** When it was last, by the clock. */
  savedMs: number;
}

/** What writing down needs. */
export interface NotebookOptions {
  readonly journals: Pick<Journals, 'save' | 'remove'>;
  readonly clock: Clock;
  /** Whether a run is still one to be written down. */
  readonly isKept: (id: string) => boolean;
  readonly onBug: (error: unknown) => void;
}

/** How much of a run's view is forgotten when the process dies. */
const SAVE_EVERY_MS = 2000;

/** Writes runs down, one at a time and each as it is by then. */
export class Notebook {
  readonly #options: NotebookOptions;
  #writing: Promise<unknown> = Promise.resolve();
  /** What could not be written down yet: a full drive. */
  readonly #unsaved = new Set<Noted>();

  constructor(options: NotebookOptions) {
    this.#options = options;
  }

  /** Fails with `home/folder` where it cannot be written. */
  save(run: Noted): Promise<void> {
    const { journals, clock, isKept } = this.#options;
    return this.#next(async () => {
      if (!isKept(run.view.id)) return;
      const { request, wants, view } = run;
      run.savedMs = clock.now().epochMilliseconds;
      await journals.save({ request, wants, view });
    });
  }

  /** The same, unless it was a moment ago. */
  async saveSometimes(run: Noted): Promise<void> {
    // Far off either way: a clock that was set back must not end the saving.
    if (Math.abs(this.#options.clock.now().epochMilliseconds - run.savedMs) >= SAVE_EVERY_MS)
      await this.save(run);
  }

  /** The same; where it cannot be written, what a person wants and how it ended hold all the same, and are written with what is next. */
  async saveOrLater(run: Noted): Promise<void> {
    for (const one of [run, ...this.#unsaved])
      try {
        await this.save(one);
        this.#unsaved.delete(one);
      } catch (error) {
        this.#unsaved.add(one);
        if (!isFailure(error)) this.#options.onBug(error);
        return;
      }
  }

  /** Removes one with what it set aside. */
  remove(id: string): void {
    const { journals, onBug } = this.#options;
    this.#next(() => journals.remove(id)).catch((error: unknown) => {
      // What stays there is read again with the next start.
      if (!isFailure(error)) onBug(error);
    });
  }

  /** Resolves when all is written down that can be. */
  async closed(): Promise<void> {
    const [unsaved] = this.#unsaved;
    if (unsaved !== undefined) await this.saveOrLater(unsaved);
    await this.#writing.catch(() => {});
  }

  #next(write: () => Promise<void>): Promise<void> {
    const next = this.#writing.catch(() => {}).then(write);
    this.#writing = next;
    return next;
  }
}
