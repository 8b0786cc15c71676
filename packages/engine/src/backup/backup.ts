import type { ReasonCode } from '@holdfast/contract';
import { REASONS } from '@holdfast/contract';
import type { Device, Source, SourceFolder } from '@holdfast/devices';
import { type Clock, isFailure } from '@holdfast/kernel';
import {
  acquireLock,
  adoptPacks,
  BlobSaver,
  type HeldLock,
  type IndexedRepository,
  type IsProcessAlive,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  type SnapshotEntry,
  saveSnapshot,
  type Verify,
} from '@holdfast/repository';
import { formatTime, formatTree, type Id, type Snapshot } from '@holdfast/restic-format';
import { sourceEmpty } from '../failures.ts';
import { Channel } from '../run/channel.ts';
import type { BackupEvent, BackupSummary, SetAside } from './events.ts';
import { compareWithBefore } from './fewer.ts';
import { LookAhead } from './look-ahead.ts';
import { formatManifest, LAYOUT_VERSION, MANIFEST_NAME, type Manifest, parseManifest } from './manifest.ts';
import { folderNode, ownFileNode, ownFolderNode } from './nodes.ts';
import { findNode, type PreviousTrees, previousTrees } from './previous.ts';
import { dryRunSaver, type Saver } from './saver.ts';
import { BACKUP_BEGINNING, type BackupState, stepBackup } from './state.ts';
import { type ItemReporter, TreeSaver } from './tree-saver.ts';

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
  /** IANA name; default UTC. The snapshot's time has its offset, which is what `forget` counts days and weeks by, as restic does. */
  readonly timeZone?: string;
  /** Shown in the snapshot: “holdfast 0.1.0”. */
  readonly program?: string;
  /** Worker threads; see `loadIndex`. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** The folder of a snapshot that holds the files of the device. */
const FILES = 'files';

/** How often the saver's counts are told, at most. */
const PROGRESS_MS = 200;

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

/** What a backup needs to know of the repository before it saves. */
interface ReadRepository {
  readonly parent: SnapshotEntry | undefined;
  /** Names of the index files that were read. */
  readonly indexFiles: string;
  readonly indexed: IndexedRepository;
  /** Snapshots and index files that cannot be read. */
  readonly damagedFiles: number;
}

class BackupRun {
  readonly events = new Channel<BackupEvent>();
  readonly #source: Source;
  readonly #options: BackupOptions;
  readonly #stopper: AbortController;
  readonly #setAside: SetAside[] = [];
  readonly #began: Temporal.Instant;
  #before: BeforeManifest = undefined;
  #sinceBefore: ReadonlyMap<string, SetAside> = new Map();
  #state: BackupState = BACKUP_BEGINNING;
  #toldAt = 0;
  #saver: Saver | undefined;

  constructor(source: Source, options: BackupOptions, stopper: AbortController) {
    this.#source = source;
    this.#options = options;
    this.#stopper = stopper;
    this.#began = options.clock.now();
  }

  async work(opening: OpenRepository | PromiseLike<OpenRepository>): Promise<void> {
    const walk = new LookAhead(
      this.#source.walk(this.#stopper.signal),
      ({ totals: { items, bytes } }) => this.#tell({ kind: 'found', items, bytes }),
      () => this.#tell({ kind: 'looked' }),
    );
    try {
      await this.#lockAndSave(walk, await opening);
      this.events.close();
    } catch (error) {
      this.events.close({ error });
    } finally {
      this.#stopper.abort();
      await walk.stop();
    }
  }

  async #lockAndSave(walk: LookAhead, repository: OpenRepository): Promise<void> {
    const { signal } = this.#stopper;
    // Reading begins while the lock settles; what was read is taken only if it still is what is there under the lock.
    const reading = this.#read(repository, signal);
    reading.catch(() => {});
    const noLocks = { stale: 0, unreadable: 0 };
    if (this.#options.isDryRun === true) return this.#save(walk, repository, await reading, noLocks);
    const { isProcessAlive } = this.#options;
    try {
      await using lock = await acquireLock(repository, { exclusive: false, isProcessAlive, signal });
      // A lock that cannot be kept is as good as none: stop before somebody prunes what we rely on.
      lock.signal.addEventListener('abort', () => this.#stopper.abort(lock.signal.reason), { once: true });
      const read = await reading;
      const isCurrent = read.indexFiles === (await listIndexFiles(repository, signal));
      if (!isCurrent) await read.indexed[Symbol.asyncDispose]();
      await this.#save(walk, repository, isCurrent ? read : await this.#read(repository, signal), lock);
    } catch (error) {
      await reading.then(({ indexed }) => indexed[Symbol.asyncDispose]()).catch(() => {});
      throw error;
    }
  }

  /** Snapshots first, then the index: a snapshot saved in between would name blobs that the index does not know yet. */
  async #read(repository: OpenRepository, signal: AbortSignal): Promise<ReadRepository> {
    const { parent, unreadable } = await previousSnapshot(repository, this.#source.device, signal);
    const indexFiles = await listIndexFiles(repository, signal);
    const { threads } = this.#options;
    const options = { tolerate: true, signal, ...(threads !== undefined && { threads }) };
    const indexed = await loadIndex(repository, options);
    return { parent, indexFiles, indexed, damagedFiles: unreadable + indexed.unreadableIndexes.length };
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
    const isDryRun = this.#options.isDryRun === true;
    // Somebody died here, or an index file is damaged: packs that are whole may be in none that can be read.
    const isListing = locks.stale === 0 && locks.unreadable === 0 && indexed.unreadableIndexes.length === 0;
    const adopted = isListing || isDryRun ? { packs: 0 } : await adoptPacks(indexed, signal);
    const damagedFiles = read.damagedFiles + locks.unreadable;
    this.#tell({ kind: 'began', device, parent: parent?.id, adoptedPacks: adopted.packs, damagedFiles });
    const previous = previousTrees(indexed);
    this.#before = await loadManifest(indexed, previous, parent, signal);
    this.#sinceBefore = new Map(this.#before?.setAside.map((item) => [item.path, item]));
    const verify = this.#options.verify ?? 'cache';
    const saver: Saver = isDryRun
      ? dryRunSaver()
      : new BlobSaver(indexed, { verify, filling: 'leave-reserve', signal });
    this.#saver = saver;
    try {
      const summary = await this.#saveTrees(walk, repository, saver, previous, parent);
      this.#tell({ kind: 'done', summary });
    } catch (error) {
      await saver.salvage();
      throw error;
    }
  }

  async #saveTrees(
    walk: LookAhead,
    repository: OpenRepository,
    saver: Saver,
    previous: PreviousTrees,
    parent: SnapshotEntry | undefined,
  ): Promise<BackupSummary> {
    const { signal } = this.#stopper;
    const { name } = this.#source.device;
    const folderName = fileFolderName(name);
    const nodeBefore = await findNode(previous, parent?.snapshot.tree, [FILES, folderName], signal);
    const trees = new TreeSaver({
      source: this.#source,
      walk,
      saver,
      previous,
      report: this.#reporter(),
      clock: this.#options.clock,
      signal,
    });
    const saved = await trees.save(nodeBefore?.subtree);
    const fewer = compareWithBefore(this.#state.balance, this.#options.excludes ?? [], this.#before);
    if (fewer === 'nothing' && this.#options.allowEmpty !== true)
      throw sourceEmpty(name, this.#before?.counts.verified ?? 0);
    this.#tell({ kind: 'proving' });
    const tree = await this.#saveRoot(saver, folderName, saved);
    await saver.finish();
    const isDryRun = this.#options.isDryRun === true;
    const snapshot = isDryRun
      ? undefined
      : await saveSnapshot(repository, this.#snapshot(repository, tree, parent), signal);
    const summary = this.#summary(saver, snapshot);
    if (parent === undefined || fewer === undefined || fewer === 'nothing') return summary;
    return { ...summary, fewer: { ...fewer, lastBackup: parent.id } };
  }

  /** The snapshot's own root: the device's files below `files/<name>`, and `holdfast.json`. */
  async #saveRoot(
    saver: Saver,
    folderName: string,
    saved: { tree: Id; root: SourceFolder } | undefined,
  ): Promise<Id> {
    const began = this.#began.epochNanoseconds;
    const inFiles =
      saved === undefined ? [] : [folderNode({ ...saved.root.facts, name: folderName }, saved.tree)];
    const files = await saver.saveBlob('tree', formatTree(inFiles));
    const manifest = formatManifest(this.#manifest());
    const sizeBytes = manifest.length;
    const id = await saver.saveBlob('data', manifest);
    const nodes = [ownFolderNode(FILES, files, began), ownFileNode(MANIFEST_NAME, [id], sizeBytes, began)];
    return saver.saveBlob('tree', formatTree(nodes));
  }

  #manifest(): Manifest {
    const { balance, savedItems, foundBytes } = this.#state;
    const { verified, waiting } = balance;
    return {
      layout: LAYOUT_VERSION,
      began: formatTime(this.#began.epochNanoseconds),
      device: this.#source.device,
      asked: { excludes: this.#options.excludes ?? [], verify: this.#options.verify ?? 'cache' },
      // The snapshot that holds this file is only saved once everything in it is proved.
      counts: { ...balance, verified: verified + savedItems, waiting: waiting - savedItems },
      totalBytes: foundBytes,
      setAside: this.#setAside.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    };
  }

  #snapshot({ identity }: OpenRepository, tree: Id, parent: SnapshotEntry | undefined): Snapshot {
    const { device } = this.#source;
    const { username, uid, gid } = identity;
    return {
      time: formatTime(this.#began.epochNanoseconds, this.#offsetMinutes()),
      ...(parent !== undefined && { parent: parent.id }),
      tree,
      paths: ['/'],
      hostname: device.name,
      username,
      uid,
      gid,
      tags: ['holdfast', `device:${device.id}`, `kind:${device.kind}`],
      ...(this.#options.program !== undefined && { programVersion: this.#options.program }),
    };
  }

  #offsetMinutes(): number {
    const { timeZone = 'UTC' } = this.#options;
    return Math.round(this.#began.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9);
  }

  #summary(saver: Saver, snapshot: Id | undefined): BackupSummary {
    const { balance, savedItems, foundBytes } = this.#state;
    const { storedPacks, storedBytes, verifiedBytes, devicePacks } = saver.kept;
    const verify = this.#options.verify ?? 'cache';
    // In a dry run nothing is saved, so nothing is proved.
    const proved = snapshot === undefined ? 0 : savedItems;
    return {
      snapshot,
      balance: { ...balance, verified: balance.verified + proved, waiting: balance.waiting - proved },
      totalBytes: foundBytes,
      newBytes: this.#state.newBytes,
      storedBytes,
      verifiedBytes,
      verifiedFrom:
        storedPacks === 0
          ? 'nothing-new'
          : verify !== 'device'
            ? verify
            : devicePacks === storedPacks
              ? 'device'
              : devicePacks === 0
                ? 'cache'
                : 'mixed',
    };
  }

  #reporter(): ItemReporter {
    return {
      unchanged: (items, bytes) => this.#tell({ kind: 'unchanged', items, bytes }),
      saving: (path) => this.#tell({ kind: 'saving', path }),
      saved: (path, bytes, newBytes) => {
        this.#tell({ kind: 'saved', path, bytes, newBytes });
        this.#tellProgress();
      },
      setAside: (path, bytes, reason, detail) => this.#tellSetAside(path, bytes, reason, detail),
    };
  }

  #tellSetAside(path: string, bytes: number, reason: ReasonCode, detail: string | undefined): void {
    const { state } = REASONS[reason];
    if (state !== 'skipped' && state !== 'failed')
      throw new Error(`${reason} is no reason to set an item aside`);
    const before = this.#sinceBefore.get(path);
    const since = before?.reason === reason ? before.since : formatTime(this.#began.epochNanoseconds);
    const setAside: SetAside = { path, state, reason, ...(detail !== undefined && { detail }), since };
    this.#setAside.push(setAside);
    this.#tell({ kind: 'set-aside', bytes, ...setAside });
  }

  #tellProgress(): void {
    const now = this.#options.clock.now().epochMilliseconds;
    // A clock that was set back must not silence it.
    if (this.#saver === undefined || Math.abs(now - this.#toldAt) < PROGRESS_MS) return;
    this.#toldAt = now;
    const { storedBytes, verifiedBytes } = this.#saver.kept;
    this.#tell({ kind: 'progress', readBytes: this.#saver.counts.readBytes, storedBytes, verifiedBytes });
  }

  #tell(event: BackupEvent): void {
    this.#state = stepBackup(this.#state, event);
    this.events.put(event);
  }
}

type BeforeManifest = ReturnType<typeof parseManifest>;

/** What the last backup says of itself, where it can be read. */
async function loadManifest(
  indexed: IndexedRepository,
  previous: PreviousTrees,
  parent: SnapshotEntry | undefined,
  signal: AbortSignal,
): Promise<BeforeManifest> {
  const node = await findNode(previous, parent?.snapshot.tree, [MANIFEST_NAME], signal);
  const [id, ...more] = node?.content ?? [];
  if (id === undefined || more.length > 0 || !indexed.index.has('data', id)) return undefined;
  const bytes = await indexed.blobs.loadBlob('data', id, signal).catch(nothingIfDamaged);
  return bytes && parseManifest(bytes);
}

async function listIndexFiles(repository: OpenRepository, signal: AbortSignal): Promise<string> {
  const files = await Array.fromAsync(repository.files.list('index', signal));
  return files
    .map(({ name }) => name)
    .sort()
    .join();
}

async function previousSnapshot(
  repository: OpenRepository,
  device: Device,
  signal: AbortSignal,
): Promise<{ parent: SnapshotEntry | undefined; unreadable: number }> {
  const { entries, unreadable } = await listSnapshots(repository, { tolerate: true, signal });
  const parent = entries.findLast(({ snapshot }) => snapshot.tags?.includes(`device:${device.id}`));
  return { parent, unreadable: unreadable.length };
}

/** What was saved before may be damaged: that is for a check to tell, and no reason not to back up now. */
function nothingIfDamaged(error: unknown): undefined {
  if (!isFailure(error, 'repository/damaged')) throw error;
}

/** A device's name as the name of a folder. */
function fileFolderName(name: string): string {
  return name.replaceAll('/', '_').replaceAll('\0', '') || '_';
}
