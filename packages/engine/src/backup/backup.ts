import type { CapabilityReport } from '@holdfast/contract';
import type { Source } from '@holdfast/devices';
import type { Clock } from '@holdfast/kernel';
import {
  acquireLock,
  adoptPacks,
  BlobSaver,
  type HeldLock,
  type IndexedRepository,
  type IsProcessAlive,
  indexFilesNow,
  type OpenRepository,
  saveSnapshot,
  type Verify,
} from '@holdfast/repository';
import { sourceEmpty } from '../failures.ts';
import type { BackupEvent, BackupSummary } from './events.ts';
import { compareWithBefore } from './fewer.ts';
import { FileSaver } from './file-saver.ts';
import { loadManifest, type ReadRepository, readRepository } from './last-backup.ts';
import { LookAhead } from './look-ahead.ts';
import { formatManifest } from './manifest.ts';
import { manifestOf, type RunFacts, snapshotOf, summaryOf } from './outcome.ts';
import type { PreviousTrees } from './previous.ts';
import { dryRunSaver, type Saver } from './saver.ts';
import { saveSnapshotRoot } from './snapshot-root.ts';
import { Telling } from './telling.ts';
import { type StoredContent, TreeSaver } from './tree-saver.ts';

/** A device's first backup of so many bytes has work for all threads. */
const WORTH_THREADS_BYTES = 4 * 1024 * 1024;

/** What a backup is asked to do. */
export interface BackupOptions {
  readonly clock: Clock;
  readonly isProcessAlive: IsProcessAlive;
  /** How written packs are proved; default `cache`. */
  readonly verify?: Verify;
  /** Look and compare only: nothing is written, and a changed file counts as new in its whole size. */
  readonly isDryRun?: boolean;
  /** Record an empty backup of a device that had items before. */
  readonly allowEmpty?: boolean;
  /** What the source leaves out, to be recorded; the source applies it. */
  readonly excludes?: readonly string[];
  /** What alone of a device was asked for, to be recorded; the source sees to it. Absent: all. */
  readonly types?: readonly string[];
  /** What else the device's rules leave out, in words, to be recorded; the source sees to it. */
  readonly rules?: readonly string[];
  /** What the device says of itself, to be recorded. */
  readonly facts?: Readonly<Record<string, string>>;
  /** What the device gives and takes, to be recorded. */
  readonly capabilities?: CapabilityReport;
  /** When the backup began, for whoever writes that down elsewhere too; default: now. */
  readonly began?: Temporal.Instant;
  /** IANA name; default UTC. The snapshot's time has its offset, which is what `forget` counts days and weeks by, as restic does. */
  readonly timeZone?: string;
  /** Shown in the snapshot: “holdfast 0.1.0”. */
  readonly program?: string;
  /** Worker threads; see `loadIndex`. */
  readonly threads?: number;
  /** What an earlier, interrupted backup stored of files that are in no snapshot yet. */
  readonly stored?: StoredContent;
  readonly signal?: AbortSignal;
}

/**
 * Backs a source up into a repository, telling what happens; `stepBackup` makes a state of it.
 *
 * The repository may still be opening: the source is looked at meanwhile. When it cannot be opened, that throws.
 *
 * Ends with `done` when the snapshot is saved and every blob it needs was read back. Trouble with an item sets it aside and
 * is told; trouble with the repository, the source as a whole, or an abort throws, after what was proved has been
 * listed, so that the next run need not store it again. Leaving the loop early does the same.
 */
export async function* backup(
  repository: OpenRepository | PromiseLike<OpenRepository>,
  source: Source,
  options: BackupOptions,
): AsyncGenerator<BackupEvent, void, undefined> {
  const stopper = new AbortController();
  const onAbort = (): void => stopper.abort(options.signal?.reason);
  options.signal?.throwIfAborted();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const run = new BackupRun(source, options, stopper);
  const working = run.work(repository);
  try {
    yield* run.events;
    await working;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
    stopper.abort();
    await working.catch(() => {});
  }
}

class BackupRun {
  readonly #source: Source;
  readonly #options: BackupOptions;
  readonly #stopper: AbortController;
  /** Aborts when the run stops, and before that, when the device is lost: then nobody waits for what else it was asked. */
  readonly #asking = new AbortController();
  readonly #facts: RunFacts;
  readonly #telling: Telling;
  #before: Awaited<ReturnType<typeof loadManifest>>;
  /** In a device's first backup, until its threads are started. */
  #unstarted: Pick<IndexedRepository, 'pool'> | undefined;

  constructor(source: Source, options: BackupOptions, stopper: AbortController) {
    this.#source = source;
    this.#options = options;
    this.#stopper = stopper;
    const { signal } = stopper;
    signal.addEventListener('abort', () => this.#asking.abort(signal.reason), { once: true });
    this.#facts = {
      device: source.device,
      began: options.began ?? options.clock.now(),
      verify: options.verify ?? 'cache',
      excludes: options.excludes ?? [],
      types: options.types,
      rules: options.rules,
      facts: options.facts,
      capabilities: options.capabilities,
      timeZone: options.timeZone ?? 'UTC',
      program: options.program,
    };
    this.#telling = new Telling(options.clock, this.#facts.began);
  }

  get events(): AsyncIterable<BackupEvent> {
    return this.#telling.events;
  }

  async work(opening: OpenRepository | PromiseLike<OpenRepository>): Promise<void> {
    const walk = new LookAhead(
      this.#source.walk(this.#asking.signal),
      (folder) => {
        this.#telling.tell({ kind: 'listed', folder });
        this.#startThreads();
      },
      () => this.#telling.tell({ kind: 'looked' }),
    );
    try {
      await this.#lockAndSave(walk, await opening);
      this.#telling.events.close();
    } catch (error) {
      this.#telling.events.close({ error });
    } finally {
      this.#stopper.abort();
      await walk.stop();
    }
  }

  async #lockAndSave(walk: LookAhead, repository: OpenRepository): Promise<void> {
    const { signal } = this.#stopper;
    const noLocks = { stale: 0, unreadable: 0 };
    if (this.#options.isDryRun === true)
      return this.#save(walk, repository, await this.#read(repository, signal), noLocks);
    const { isProcessAlive } = this.#options;
    let reading: Promise<ReadRepository> | undefined;
    // Reading begins while the lock settles, not before: its work would keep the lock from being written.
    const onWritten = (): void => {
      reading ??= this.#read(repository, signal);
      reading.catch(() => {});
    };
    try {
      await using lock = await acquireLock(repository, {
        exclusive: false,
        isProcessAlive,
        onWritten,
        signal,
      });
      // A lock that cannot be kept is as good as none: stop before somebody prunes what we rely on.
      lock.signal.addEventListener('abort', () => this.#stopper.abort(lock.signal.reason), { once: true });
      const read = await (reading ?? this.#read(repository, signal));
      const isCurrent = read.indexFiles === (await indexFilesNow(repository, signal));
      if (!isCurrent) await letGo(read);
      await this.#save(walk, repository, isCurrent ? read : await this.#read(repository, signal), lock);
    } catch (error) {
      await reading?.then(letGo).catch(() => {});
      throw error;
    }
  }

  async #read(repository: OpenRepository, signal: AbortSignal): Promise<ReadRepository> {
    const { threads, isDryRun } = this.#options;
    const read = await readRepository(repository, this.#source.device, { threads, signal });
    if (read.parent === undefined && isDryRun !== true) this.#unstarted = read.indexed;
    this.#startThreads();
    return read;
  }

  /** Where all that is found is new, the threads to save it start while the lock settles. */
  #startThreads(): void {
    if (this.#telling.state.foundBytes < WORTH_THREADS_BYTES) return;
    this.#unstarted?.pool.start();
    this.#unstarted = undefined;
  }

  async #save(
    walk: LookAhead,
    repository: OpenRepository,
    read: ReadRepository,
    locks: Pick<HeldLock, 'stale' | 'unreadable'>,
  ): Promise<void> {
    const { signal } = this.#stopper;
    const { device } = this.#source;
    const { parent } = read;
    await using indexed = read.indexed;
    await using trees = read.trees;
    const isDryRun = this.#options.isDryRun === true;
    // Somebody died here, or an index file is damaged: packs that are whole may be in none that can be read.
    const isListing = locks.stale === 0 && locks.unreadable === 0 && indexed.unreadableIndexes.length === 0;
    const adopted = isListing || isDryRun ? { packs: 0 } : await adoptPacks(indexed, signal);
    const damagedFiles = read.damagedFiles + locks.unreadable;
    this.#telling.tell({
      kind: 'began',
      device,
      parent: parent?.id,
      adoptedPacks: adopted.packs,
      damagedFiles,
    });
    const { previous } = trees;
    this.#before = await loadManifest(indexed, previous, parent, signal);
    this.#telling.remember(this.#before?.setAside ?? []);
    const { verify } = this.#facts;
    const saver: Saver = isDryRun
      ? dryRunSaver()
      : new BlobSaver(indexed, {
          verify,
          filling: 'leave-reserve',
          onRead: () => this.#telling.progress(saver),
          signal,
        });
    try {
      const summary = await this.#saveTrees(walk, repository, saver, previous, read);
      this.#telling.tell({ kind: 'done', summary });
    } catch (error) {
      // The repository is well: what came from the device before it was lost need not come again.
      const { lost } = this.#telling;
      if (lost !== undefined && error === lost.error) await saver.finish().catch(() => {});
      await saver.salvage();
      throw error;
    }
  }

  async #saveTrees(
    walk: LookAhead,
    repository: OpenRepository,
    saver: Saver,
    previous: PreviousTrees,
    before: Pick<ReadRepository, 'parent' | 'hostname'>,
  ): Promise<BackupSummary> {
    const { signal } = this.#stopper;
    const { parent } = before;
    const { name } = this.#source.device;
    const report = this.#telling.reporter((error) => this.#asking.abort(error));
    const { clock, stored } = this.#options;
    const asking = { report, signal: this.#asking.signal };
    const files = new FileSaver({ source: this.#source, saver, clock, ...asking });
    const saving = new TreeSaver({ walk, files, saver, previous, stored, ...asking });
    let fewer: ReturnType<typeof compareWithBefore>;
    const tree = await saveSnapshotRoot({
      source: this.#source,
      saver,
      saveTrees: (previousTree, also) => saving.save(previousTree, also),
      previous,
      previousRoot: parent?.snapshot.tree,
      began: this.#facts.began,
      manifest: () => {
        fewer = compareWithBefore(this.#telling.state.balance, this.#facts, this.#before);
        if (fewer === 'nothing' && this.#options.allowEmpty !== true)
          throw sourceEmpty(name, this.#before?.counts.verified ?? 0);
        this.#telling.tell({ kind: 'proving' });
        return formatManifest(manifestOf(this.#facts, this.#telling.state, this.#telling.setAside));
      },
      signal,
    });
    await saver.finish();
    const isDryRun = this.#options.isDryRun === true;
    const snapshot = isDryRun
      ? undefined
      : await saveSnapshot(repository, snapshotOf(this.#facts, repository.identity, tree, before), signal);
    const summary = summaryOf(this.#facts, this.#telling.state, saver.kept, snapshot);
    if (parent === undefined || fewer === undefined || fewer === 'nothing') return summary;
    return { ...summary, fewer: { ...fewer, lastBackup: parent.id } };
  }
}

async function letGo({ trees, indexed }: ReadRepository): Promise<void> {
  await trees[Symbol.asyncDispose]();
  await indexed[Symbol.asyncDispose]();
}
