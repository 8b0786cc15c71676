import { type Clock, Failure, isFailure } from '@holdfast/kernel';
import { findSnapshot, type IndexedRepository } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { BackupIndex } from './backup-index.ts';
import { build } from './build/build.ts';
import { Draft } from './build/draft.ts';
import { CacheFolder } from './cache-folder.ts';
import { cacheFailure } from './failures.ts';
import { Zone } from './words/zone.ts';

/** Reads the repository until it is disposed of. */
export interface Reading extends AsyncDisposable {
  readonly repository: IndexedRepository;
  /** Aborts when it must not be read any more. */
  readonly signal: AbortSignal;
}

/** What an index is made with. */
export interface ContentsOptions {
  /** Where indexes are kept: a folder of its own, all of which may be removed at any time. */
  readonly folder: string;
  /** Asked when a backup must be read. */
  readonly read: (signal: AbortSignal) => Promise<Reading>;
  readonly clock: Clock;
  /** IANA name: days are days there, and names of photos without a zone say its time. */
  readonly timeZone: string;
}

/** How far a backup is laid out. */
export type ContentsState =
  | { readonly kind: 'opening'; readonly entries: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly index: BackupIndex };

/** Opened last, the last one at the end. */
const MOST_KEPT = 5;

/** Why a backup could not be laid out is told for so long before it is tried again. */
const FAILED_FOR = Temporal.Duration.from({ seconds: 5 });

interface Building {
  readonly work: Promise<BackupIndex>;
  draft?: Draft;
}

/**
 * What is in backups: each is laid out once, when it is first asked for, in a file that is kept for the five looked at last.
 *
 * ```ts
 * await using contents = new Contents({ folder, read, clock, timeZone });
 * const index = await contents.ready(snapshot, signal);
 * index.entry(4711).path;
 * ```
 */
export class Contents implements AsyncDisposable {
  readonly #options: ContentsOptions;
  readonly #cache: CacheFolder;
  readonly #zone: Zone;
  readonly #closing = new AbortController();
  readonly #open = new Map<Id, BackupIndex>();
  readonly #building = new Map<Id, Building>();
  readonly #failed = new Map<Id, { readonly failure: Failure; readonly at: Temporal.Instant }>();

  constructor(options: ContentsOptions) {
    this.#options = options;
    this.#zone = new Zone(options.timeZone);
    this.#cache = new CacheFolder(options.folder, options.timeZone);
  }

  /** The index of a backup, made when there is none. All who ask share the work, which goes on when one is aborted. Fails as reading does. */
  async ready(snapshot: Id, signal: AbortSignal): Promise<BackupIndex> {
    signal.throwIfAborted();
    const state = this.state(snapshot);
    if (state.kind === 'ready') return state.index;
    if (state.kind === 'failed') throw state.failure;
    const building = this.#building.get(snapshot);
    return building === undefined ? this.ready(snapshot, signal) : await unlessAborted(building.work, signal);
  }

  /** How far a backup is laid out; asking begins it. */
  state(snapshot: Id): ContentsState {
    const open = this.#open.get(snapshot) ?? this.#openKept(snapshot);
    if (open !== undefined) {
      this.#used(snapshot, open);
      return { kind: 'ready', index: open };
    }
    const failed = this.#failed.get(snapshot);
    const since = failed?.at.until(this.#options.clock.now());
    // Less than nothing: the clock was set back, and it is tried again.
    const isFresh =
      since !== undefined && since.sign >= 0 && Temporal.Duration.compare(since, FAILED_FOR) < 0;
    if (failed !== undefined && isFresh) return { kind: 'failed', failure: failed.failure };
    let building = this.#building.get(snapshot);
    if (building === undefined) this.#building.set(snapshot, (building = this.#begin(snapshot)));
    return { kind: 'opening', entries: building.draft?.entries ?? 0 };
  }

  /** Removes what is kept of all other backups: those that are no more. */
  keepOnly(snapshots: ReadonlySet<Id>): void {
    for (const [snapshot, index] of this.#open) {
      if (snapshots.has(snapshot)) continue;
      this.#open.delete(snapshot);
      index.leave();
    }
    this.#cache.keepOnly(snapshots);
  }

  /** Ends what is under way, and closes all of them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException('closing', 'AbortError'));
    await Promise.allSettled(Array.from(this.#building.values(), ({ work }) => work));
    for (const index of this.#open.values()) index.leave();
    this.#open.clear();
  }

  #openKept(snapshot: Id): BackupIndex | undefined {
    const path = this.#building.has(snapshot) ? undefined : this.#cache.find(snapshot);
    if (path === undefined) return undefined;
    try {
      return new BackupIndex(snapshot, path, this.#zone);
    } catch {
      // Whatever is wrong with it, another is made.
      this.#cache.remove(snapshot);
      return undefined;
    }
  }

  #used(snapshot: Id, index: BackupIndex): void {
    const isNew = !this.#open.delete(snapshot);
    this.#open.set(snapshot, index);
    if (!isNew) return;
    this.#cache.touch(snapshot, this.#options.clock.now());
    for (const [oldest, left] of this.#open) {
      if (this.#open.size <= MOST_KEPT) break;
      this.#open.delete(oldest);
      left.leave();
    }
    this.#cache.keepLast(MOST_KEPT, new Set(this.#open.keys()));
  }

  #begin(snapshot: Id): Building {
    this.#failed.clear();
    const building: { work?: Promise<BackupIndex>; draft?: Draft } = {};
    const work = this.#build(snapshot, (draft) => (building.draft = draft))
      .catch((error: unknown) => {
        const failure = isFailure(error) ? error : cacheFailure(this.#options.folder, error);
        if (!this.#closing.signal.aborted)
          this.#failed.set(snapshot, { failure, at: this.#options.clock.now() });
        throw failure;
      })
      .finally(() => this.#building.delete(snapshot));
    // Whoever waits hears of it; that nobody may is no mistake.
    work.catch(() => {});
    return Object.assign(building, { work });
  }

  async #build(snapshot: Id, onDraft: (draft: Draft) => void): Promise<BackupIndex> {
    const closing = this.#closing.signal;
    await using reading = await this.#options.read(closing);
    const signal = AbortSignal.any([closing, reading.signal]);
    const entry = await findSnapshot(reading.repository, snapshot, signal);
    const path = this.#cache.draft(snapshot);
    {
      using draft = new Draft(path, this.#zone);
      onDraft(draft);
      await build(draft, reading.repository, entry, signal);
    }
    const index = new BackupIndex(snapshot, this.#cache.finish(snapshot), this.#zone);
    this.#used(snapshot, index);
    return index;
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
