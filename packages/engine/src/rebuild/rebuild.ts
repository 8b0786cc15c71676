import type { Catalog, SnapshotFacts, SnapshotSetAside } from '@holdfast/catalog';
import type { ItemKind } from '@holdfast/contract';
import { type Device, fileKindOf } from '@holdfast/devices';
import type { SnapshotEntry, SnapshotList } from '@holdfast/repository';
import { type Id, parseTime } from '@holdfast/restic-format';
import type { SetAside } from '../backup/events.ts';
import { loadManifest } from '../backup/last-backup.ts';
import type { Manifest } from '../backup/manifest.ts';
import { previousTrees } from '../backup/previous.ts';
import { Channel } from '../run/channel.ts';
import { damageOf, type SavedBlobs } from '../saved/damage.ts';
import { recordFileAt } from '../saved/record-files.ts';
import { savedDevice, savedRoot } from '../saved/saved-device.ts';
import type { RebuildEvent, Unread } from './events.ts';
import { savedFolders } from './saved-folders.ts';

/** What a rebuild writes into: nothing is forgotten by it. */
type Ledger = Pick<Catalog, 'ingest'>;

/**
 * Repeats in a ledger every backup there is, from the snapshots of all devices in order of time; what is as it was in the
 * device's snapshot before is not read again.
 *
 * What cannot be read is told, and the rest goes on. Fails with the ledger's failures, and where the whole store does.
 */
export async function* rebuild(
  saved: SavedBlobs,
  snapshots: SnapshotList,
  ledger: Ledger,
  signal?: AbortSignal,
): AsyncGenerator<RebuildEvent, void, undefined> {
  const stopper = new AbortController();
  const stop = signal === undefined ? stopper.signal : AbortSignal.any([signal, stopper.signal]);
  const events = new Channel<RebuildEvent>();
  const run = new Rebuild(saved, ledger, (event) => events.put(event), stop);
  const working = run.work(snapshots).then(
    () => events.close(),
    (error: unknown) => events.close({ error }),
  );
  try {
    yield* events;
  } finally {
    stopper.abort();
    await working;
  }
}

/** Where a device's items were in the snapshot that was repeated last. */
type LastTrees = Map<string, Id | undefined>;

class Rebuild {
  readonly #saved: SavedBlobs;
  readonly #ledger: Ledger;
  readonly #tell: (event: RebuildEvent) => void;
  readonly #signal: AbortSignal;
  readonly #last: LastTrees = new Map();
  #unread = 0;
  #snapshots = 0;
  #foreign = 0;

  constructor(saved: SavedBlobs, ledger: Ledger, tell: (event: RebuildEvent) => void, signal: AbortSignal) {
    this.#saved = saved;
    this.#ledger = ledger;
    this.#tell = tell;
    this.#signal = signal;
  }

  async work({ entries, unreadable }: SnapshotList): Promise<void> {
    this.#tell({ kind: 'began', snapshots: entries.length });
    for (const { name, error } of unreadable)
      this.#tellUnread({ snapshot: name, what: 'snapshot', path: '', detail: damageOf(error) });
    for (const entry of entries) {
      this.#signal.throwIfAborted();
      const device = savedDevice(entry);
      if (device === undefined) this.#foreign += 1;
      else await this.#repeat(entry, device);
    }
    const counts = { snapshots: this.#snapshots, foreign: this.#foreign, unread: this.#unread };
    this.#tell({ kind: 'done', summary: { devices: this.#last.size, ...counts } });
  }

  async #repeat(entry: SnapshotEntry, device: Device): Promise<void> {
    const { id } = entry;
    this.#tell({ kind: 'snapshot', snapshot: id, device });
    const onUnread = (unread: Pick<Unread, 'what' | 'path' | 'detail'>): void =>
      this.#tellUnread({ device, snapshot: id, ...unread });
    const trees = previousTrees(this.#saved, (error) => damageOf(error) !== undefined);
    const manifest = await loadManifest(this.#saved, trees, entry, this.#signal);
    if (manifest === undefined)
      onUnread({ what: 'manifest', path: '', detail: 'what was set aside is not known' });
    const tree = await this.#rootOf(entry, device, onUnread);
    const before = this.#last.get(device.id);
    const outcome = await this.#ledger.ingest(
      device,
      factsOf(entry, device, manifest),
      this.#folders({ tree, before, device, manifest, onUnread }),
    );
    // One that came late was not repeated: the next is compared with the last that was.
    if (outcome !== 'late') this.#last.set(device.id, tree);
    this.#snapshots += 1;
    this.#tell({ kind: 'repeated', snapshot: id, outcome });
  }

  async #rootOf(
    entry: SnapshotEntry,
    { kind }: Device,
    onUnread: (unread: Pick<Unread, 'what' | 'path' | 'detail'>) => void,
  ): Promise<Id | undefined> {
    try {
      return (await savedRoot(this.#saved.blobs, entry, kind, this.#signal))?.tree;
    } catch (error) {
      onUnread({ what: 'folder', path: '', detail: damageOf(error) });
      return undefined;
    }
  }

  async *#folders({
    tree,
    before,
    device,
    manifest,
    onUnread,
  }: {
    readonly tree: Id | undefined;
    readonly before: Id | undefined;
    readonly device: Device;
    readonly manifest: ReadManifest | undefined;
    readonly onUnread: (unread: Pick<Unread, 'what' | 'path' | 'detail'>) => void;
  }) {
    if (tree === undefined) {
      yield { path: '', entries: [], isPartial: true };
      return;
    }
    const isDevice = device.kind !== 'folder';
    // Without its manifest nobody knows what else it had.
    const isPartial = manifest === undefined || manifest.asked.types !== undefined;
    const parts = { tree, before, isDevice, isPartial, onUnread };
    for await (const folder of savedFolders(this.#saved, parts, this.#signal)) {
      this.#tell({ kind: 'folder', path: folder.path, entries: [...folder.entries].length });
      yield folder;
    }
  }

  #tellUnread(unread: Unread): void {
    this.#unread += 1;
    this.#tell({ kind: 'unread', ...unread });
  }
}

type ReadManifest = Pick<Manifest, 'asked' | 'setAside'>;

function factsOf(
  { id, timeNs }: SnapshotEntry,
  device: Device,
  manifest: ReadManifest | undefined,
): SnapshotFacts {
  const began = Temporal.Instant.fromEpochNanoseconds(timeNs);
  return {
    id,
    began,
    ...(manifest && { proved: manifest.asked.verify }),
    setAside: (manifest?.setAside ?? []).map((item) => setAsideOf(item, device, began)),
  };
}

function setAsideOf(
  { path, state, reason, detail, since }: SetAside,
  device: Device,
  began: Temporal.Instant,
): SnapshotSetAside {
  const sinceNs = parseTime(since);
  return {
    path,
    kind: kindOf(path, reason, device),
    state,
    reason,
    ...(detail !== undefined && { detail }),
    since: sinceNs === undefined ? began : Temporal.Instant.fromEpochNanoseconds(sinceNs),
  };
}

/** What kind of item was set aside at a path: a record is one of its file's, all else is a file. */
function kindOf(path: string, reason: string, { kind }: Device): ItemKind {
  const file =
    kind === 'folder' ? undefined : recordFileAt(path.slice(0, Math.max(0, path.lastIndexOf('#'))));
  if (file !== undefined) return file.kind;
  return reason === 'special-file' ? 'file' : fileKindOf(path.slice(path.lastIndexOf('/') + 1));
}
