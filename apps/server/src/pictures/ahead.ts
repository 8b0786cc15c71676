import type { BackupIndex, Contents, Entry } from '@holdfast/contents';
import type { Id } from '@holdfast/restic-format';
import { learnFacts, type OriginalDeps, originalOf } from './original.ts';
import type { Pictures } from './pictures.ts';

/** What is made before anybody asks for it. */
export interface AheadDeps extends OriginalDeps {
  readonly contents: Pick<Contents, 'ready' | 'placeAnew' | 'knows' | 'learn'>;
  readonly pictures: Pick<Pictures, 'makeAhead' | 'whenFree'>;
  /** Whether a run is at work: then nothing is made. */
  readonly isBusy: () => boolean;
  readonly onTrouble: (error: unknown) => void;
}

/** Some screens of small pictures, made in some seconds. */
const PICTURES = 200;

/** Most files of a backup that are read for their days alone: of each a megabyte or two, some milliseconds of a processor. */
const MOST_DATED = 20_000;

/** Backups that wait: the last ones are looked at. */
const MOST_WAITING = 3;

/**
 * Makes what a person will look at first, while nobody waits for anything: the newest small pictures of a backup, and what its photos say of when they
 * were taken, where their names do not. Ends when a run begins, and goes on after it.
 */
export class Ahead implements AsyncDisposable {
  readonly #deps: AheadDeps;
  /** The one to be looked at next is at the end. */
  #wanted: Id[] = [];
  #stop = new AbortController();
  #work: Promise<void> | undefined;
  #isClosed = false;
  /** How many need the repository to themselves now. */
  #held = 0;

  constructor(deps: AheadDeps) {
    this.#deps = deps;
  }

  /** A backup was made or laid out. */
  want(snapshot: Id): void {
    this.#wanted = [...this.#wanted.filter((id) => id !== snapshot), snapshot].slice(-MOST_WAITING);
    this.look();
  }

  /** A run began or ended: looks whether there is something to stop or to do. */
  look(): void {
    if (!this.#mayWork) this.#stop.abort(new DOMException('a run begins', 'AbortError'));
    else this.#work ??= this.#go();
  }

  /** Nothing is made until the answer is disposed of: somebody needs the repository to himself. */
  async makeWay(): Promise<Disposable> {
    this.#held += 1;
    this.#stop.abort(new DOMException('somebody needs the repository', 'AbortError'));
    await this.#work;
    return {
      [Symbol.dispose]: () => {
        this.#held -= 1;
        this.look();
      },
    };
  }

  get #mayWork(): boolean {
    return !this.#isClosed && this.#held === 0 && !this.#deps.isBusy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#stop.abort(new DOMException('closing', 'AbortError'));
    await this.#work;
  }

  async #go(): Promise<void> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    try {
      for (let next = this.#wanted.pop(); next !== undefined; next = this.#wanted.pop()) {
        try {
          await this.#makeFor(next, signal);
        } catch (error) {
          if (signal.aborted) this.#wanted.push(next);
          else this.#deps.onTrouble(error);
        }
        if (signal.aborted) break;
      }
    } finally {
      this.#work = undefined;
    }
    // It may have been stopped by a run that is over already.
    if (signal.aborted && this.#mayWork) this.look();
  }

  async #makeFor(snapshot: Id, signal: AbortSignal): Promise<void> {
    const { contents } = this.#deps;
    const index = await contents.ready(snapshot, signal);
    const { done: isDated } = index.undated().next();
    await this.#makePictures(index, signal);
    if (isDated === true) return;
    await this.#readDates(index, signal);
    await contents.placeAnew(snapshot, signal);
    await this.#makePictures(await contents.ready(snapshot, signal), signal);
  }

  async #makePictures(index: BackupIndex, signal: AbortSignal): Promise<void> {
    for (const entry of index.newest(PICTURES)) {
      await this.#deps.pictures.makeAhead(originalOf(this.#deps, entry, signal), signal);
      // A video without a picture has a length all the same.
      await this.#learn(entry, signal);
    }
  }

  async #readDates(index: BackupIndex, signal: AbortSignal): Promise<void> {
    let read = 0;
    for (const entry of index.undated()) {
      if (read >= MOST_DATED) break;
      await this.#learn(entry, signal);
      read += 1;
    }
  }

  async #learn(entry: Entry, signal: AbortSignal): Promise<void> {
    const { contents, pictures } = this.#deps;
    if (contents.knows(entry.content)) return;
    await pictures.whenFree(() => learnFacts(this.#deps, entry, signal), signal);
  }
}
