import type { SourceFolder } from '@holdfast/devices';

/** Entries listed but not yet taken up: far enough ahead to know how much there is, bounded for millions of them. */
const MOST_ENTRIES_AHEAD = 300_000;

/**
 * A walk that runs ahead of its reader, as far as memory allows: what is found is known early, and while the reader
 * waits for a disk the next folders are being listed.
 *
 * `onFound` is called for each folder when it is listed. Whoever starts it must `stop` it.
 */
export class LookAhead {
  readonly #folders: SourceFolder[] = [];
  #entries = 0;
  #isOver = false;
  #isStopped = false;
  #failure: { error: unknown } | undefined;
  #wakeReader: (() => void) | undefined;
  #wakeWalker: (() => void) | undefined;
  readonly #walking: Promise<void>;

  constructor(walk: AsyncIterable<SourceFolder>, onFound: (folder: SourceFolder) => void, onEnd: () => void) {
    this.#walking = this.#walk(walk, onFound, onEnd);
  }

  /** The next folder of the walk; `undefined` after the last. Rejects with the walk's error once it is reached. */
  async next(): Promise<SourceFolder | undefined> {
    for (;;) {
      const folder = this.#folders.shift();
      if (folder !== undefined) {
        this.#entries -= folder.totals.entries;
        this.#wakeWalker?.();
        return folder;
      }
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#isOver) return undefined;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
  }

  /** Ends the walk; resolves when it has let go of everything. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wakeWalker?.();
    await this.#walking;
  }

  async #walk(
    walk: AsyncIterable<SourceFolder>,
    onFound: (folder: SourceFolder) => void,
    onEnd: () => void,
  ): Promise<void> {
    try {
      for await (const folder of walk) {
        onFound(folder);
        this.#folders.push(folder);
        this.#entries += folder.totals.entries;
        this.#wakeReader?.();
        while (this.#entries > MOST_ENTRIES_AHEAD && !this.#isStopped) {
          await new Promise<void>((resolve) => {
            this.#wakeWalker = resolve;
          });
        }
        if (this.#isStopped) return;
      }
      onEnd();
    } catch (error) {
      this.#failure = { error };
    } finally {
      this.#isOver = true;
      this.#wakeReader?.();
    }
  }
}
