import {
  fileKindOf,
  type HashFiles,
  type Source,
  type SourceEntry,
  type SourceFile,
} from '@holdfast/devices';
import { type IndexedRepository, type SnapshotEntry, walkTrees } from '@holdfast/repository';
import type { Id, Node } from '@holdfast/restic-format';
import type { SetAside } from '../backup/events.ts';
import { loadManifest } from '../backup/last-backup.ts';
import { previousTrees } from '../backup/previous.ts';
import { damageOf } from '../saved/damage.ts';
import { savedDevice, savedRoot } from '../saved/saved-device.ts';
import { auditRecords, type RecordFiles } from './audit-records.ts';
import { type Doubtful, fileOf, NOT_ASKED_FOR } from './doubtful.ts';
import type { AuditEvent, Verdict } from './events.ts';
import { LastTrees } from './last-trees.ts';
import { readAndHash } from './read-and-hash.ts';
import { type SavedContent, SavedContents } from './saved-contents.ts';
import { Tally } from './tally.ts';
import { whyNot } from './why-not.ts';

/** How an audit goes about it. */
export interface AuditOptions {
  /** How the device hashes files itself; default: they are read from it. */
  readonly hashes?: HashFiles;
  /** Compare the content of every file, also of those that have the size and times they had when they were proved. */
  readonly isThorough?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * What is on a device and in no backup, by content: a file that was renamed, moved, or came from another device is in one.
 *
 * A file that is as the device's last backup has it counts as saved. Others are hashed where they are, if any backup has content of
 * their size, and looked for in all backups there are, the newest first. Records are compared by what they say. What a rule of the
 * source leaves out, and what has no content, is not looked at. Every item is told once. Fails where the device or the whole store does.
 */
export async function* audit(
  saved: Pick<IndexedRepository, 'blobs' | 'index'>,
  snapshots: readonly SnapshotEntry[],
  source: Source,
  {
    hashes = readAndHash(source),
    isThorough = false,
    signal = new AbortController().signal,
  }: AuditOptions = {},
): AsyncGenerator<AuditEvent, void, undefined> {
  const run = new Audit(saved, snapshots, source, isThorough, signal);
  yield* run.look();
  if (run.isSettled) yield* run.end();
  else {
    yield* run.lookIntoBackups();
    yield* run.compare(hashes);
    yield* run.end();
  }
}

class Audit {
  readonly #saved: Pick<IndexedRepository, 'blobs' | 'index'>;
  readonly #snapshots: readonly SnapshotEntry[];
  readonly #source: Source;
  readonly #isThorough: boolean;
  readonly #signal: AbortSignal;
  /** Files that are not as the last backup has them, by path. */
  readonly #doubtful = new Map<string, Doubtful>();
  readonly #records = new Map<string, { file: SourceFile; saved: SavedContent[] }>();
  readonly #contents: SavedContents;
  readonly #tally = new Tally();
  #setAside: ReadonlyMap<string, SetAside> = new Map();
  #placeOf: ReadonlyMap<Id, string> = new Map();

  constructor(
    saved: Pick<IndexedRepository, 'blobs' | 'index'>,
    snapshots: readonly SnapshotEntry[],
    source: Source,
    isThorough: boolean,
    signal: AbortSignal,
  ) {
    this.#saved = saved;
    this.#snapshots = snapshots;
    this.#source = source;
    this.#isThorough = isThorough;
    this.#signal = signal;
    this.#contents = new SavedContents(saved, (where, detail) => this.#tally.unread(where, detail));
  }

  get isSettled(): boolean {
    return this.#doubtful.size === 0 && this.#records.size === 0;
  }

  /** Goes through the device, beside its last backup. */
  async *look(): AsyncGenerator<AuditEvent, void, undefined> {
    const { device } = this.#source;
    const last = this.#snapshots.findLast((entry) => savedDevice(entry)?.id === device.id);
    const trees = previousTrees(this.#saved);
    const manifest = await loadManifest(this.#saved, trees, last, this.#signal);
    this.#setAside = new Map(manifest?.setAside.map((item) => [item.path, item]));
    const root = last && (await this.#rootOf(last));
    const before = new LastTrees(trees, root?.tree);
    for await (const folder of this.#source.walk(this.#signal)) {
      yield { kind: 'looked', items: folder.totals.items };
      const nodes = await before.nodesOf(folder.path, this.#signal);
      if (folder.problem !== undefined) yield* this.#entry(folder.problem, folder.path, undefined, undefined);
      for (const entry of folder.entries) {
        const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
        const node = nodes.get(entry.name);
        const isSaved =
          last !== undefined &&
          (entry.kind === 'symlink' || (entry.kind === 'file' && !this.#isThorough)) &&
          before.isSaved(entry, node);
        yield* this.#entry(entry, path, node, isSaved ? last.id : undefined);
      }
    }
  }

  *#entry(
    entry: SourceEntry,
    path: string,
    node: Node | undefined,
    savedIn: Id | undefined,
  ): Generator<AuditEvent, void, undefined> {
    const thing = { path, kind: fileKindOf(entry.name) };
    const isThere = node !== undefined;
    switch (entry.kind) {
      case 'folder':
      case 'special':
        return;
      case 'problem': {
        const { reason, detail } = entry;
        if (NOT_ASKED_FOR.includes(reason)) return;
        yield this.#tally.item({
          ...thing,
          verdict: 'cannot-tell',
          reason,
          ...(detail !== '' && { detail }),
        });
        return;
      }
      case 'symlink':
        yield this.#tally.item({
          ...thing,
          sizeBytes: 0,
          ...(savedIn === undefined
            ? whyNot(path, isThere, this.#setAside)
            : { verdict: 'in-backup', snapshot: savedIn, by: 'content' }),
        });
        return;
      case 'file': {
        const { made, sizeBytes } = entry;
        if (made !== undefined) {
          // What belongs to records goes with them.
          if (made.isFixed !== true) this.#records.set(path, { file: entry, saved: [] });
        } else if (savedIn === undefined)
          this.#doubtful.set(path, { path, sizeBytes, file: entry, isThere, here: [] });
        else
          yield this.#tally.item({
            ...thing,
            sizeBytes,
            verdict: 'in-backup',
            snapshot: savedIn,
            by: 'time',
          });
        return;
      }
      default:
        entry satisfies never;
    }
  }

  /** Goes through all backups, the newest first: what they have at the paths in doubt, and of the sizes. */
  async *lookIntoBackups(): AsyncGenerator<AuditEvent, void, undefined> {
    const sizes = new Set(Array.from(this.#doubtful.values(), ({ sizeBytes }) => sizeBytes));
    const newestFirst = this.#snapshots.toReversed();
    this.#placeOf = await this.#placesOfThisDevice(newestFirst);
    const trees = new LastTrees(previousTrees(this.#saved), undefined);
    const roots = newestFirst.map(({ id, snapshot }) => ({ snapshot: id, tree: snapshot.tree }));
    for await (const { snapshot, path, outcome } of walkTrees(this.#saved, roots, this.#signal)) {
      if (outcome.kind === 'failed') {
        this.#tally.unread({ snapshot, path: path.slice(1) }, outcome.failure.message);
        continue;
      }
      const place = this.#placeOf.get(snapshot);
      for (const node of outcome.nodes) {
        if (node.type !== 'file' || node.content === undefined) continue;
        const { content, size = 0 } = node;
        const inSnapshot = `${path}/${node.name}`.slice(1);
        const file = { content, snapshot, path: inSnapshot };
        // Of any device: the same message may have come from another phone.
        this.#records.get(inSnapshot)?.saved.push(file);
        const onDevice =
          place !== undefined && inSnapshot.startsWith(place) ? inSnapshot.slice(place.length) : '';
        const doubtful = this.#doubtful.get(onDevice);
        if (doubtful !== undefined && !this.#isThorough && trees.isSaved(doubtful.file, node)) {
          this.#doubtful.delete(onDevice);
          yield this.#tally.item({ ...fileOf(doubtful), verdict: 'in-backup', snapshot, by: 'time' });
        } else if (sizes.has(size)) {
          this.#contents.add(size, file);
          if (doubtful?.sizeBytes === size) doubtful.here.push(file);
        }
      }
      yield* this.#tally.untold();
    }
  }

  /** Compares contents: of files by their hashes, of records by what they say. */
  async *compare(hashes: HashFiles): AsyncGenerator<AuditEvent, void, undefined> {
    const doubtful = [...this.#doubtful.values()];
    const toHash = doubtful.filter(({ sizeBytes }) => this.#contents.hasSize(sizeBytes));
    const bytes = toHash.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    yield { kind: 'doubtful', files: toHash.length, bytes };
    for (const file of doubtful)
      if (!this.#contents.hasSize(file.sizeBytes))
        yield this.#tally.item({ ...fileOf(file), ...this.#whyNot(file) });
    for await (const hash of hashes(toHash, this.#signal)) {
      const { file } = hash;
      yield this.#tally.hashed(file.sizeBytes);
      if (hash.kind === 'unreadable') {
        const { reason, detail } = hash;
        yield this.#tally.item({
          ...fileOf(file),
          verdict: 'cannot-tell',
          reason,
          ...(detail !== undefined && { detail }),
        });
        continue;
      }
      const found = await this.#contents.find(file.sizeBytes, hash.sha256, this.#signal);
      yield* this.#tally.untold();
      yield this.#tally.item({
        ...fileOf(file),
        ...(found === undefined ? this.#whyNot(file) : this.#foundIn(file, found)),
      });
    }
    for (const [path, { file, saved }] of this.#records) yield* this.#compareRecords({ path, file, saved });
  }

  async *#compareRecords(files: RecordFiles): AsyncGenerator<AuditEvent, void, undefined> {
    const parts = {
      source: this.#source,
      saved: this.#saved,
      whyNot: (path: string) => whyNot(path, false, this.#setAside),
      onUnread: (where: SavedContent, detail: string) => this.#tally.unread(where, detail),
      signal: this.#signal,
    };
    for await (const item of auditRecords(files, parts)) yield this.#tally.item(item);
    yield* this.#tally.untold();
  }

  *end(): Generator<AuditEvent, void, undefined> {
    yield* this.#tally.untold();
    yield { kind: 'done', summary: this.#tally.summary() };
  }

  #whyNot({ path, isThere }: Doubtful): Verdict {
    return whyNot(path, isThere, this.#setAside);
  }

  #foundIn({ path, here }: Doubtful, found: SavedContent): Verdict {
    const key = found.content.join();
    const same = here.find(({ content }) => content.join() === key);
    if (same !== undefined) return { verdict: 'in-backup', snapshot: same.snapshot, by: 'content' };
    const { snapshot, path: savedAs } = found;
    const isHere = savedAs === `${this.#placeOf.get(snapshot) ?? '/'}${path}`;
    return { verdict: 'in-backup', snapshot, by: 'content', ...(!isHere && { savedAs }) };
  }

  /** Where this device's items begin in each snapshot of it, with a `/` at the end. */
  async #placesOfThisDevice(entries: readonly SnapshotEntry[]): Promise<ReadonlyMap<Id, string>> {
    const places = new Map<Id, string>();
    for (const entry of entries) {
      if (savedDevice(entry)?.id !== this.#source.device.id) continue;
      const root = await this.#rootOf(entry);
      if (root !== undefined) places.set(entry.id, root.place === '' ? '' : `${root.place}/`);
    }
    return places;
  }

  async #rootOf(entry: SnapshotEntry): Promise<Awaited<ReturnType<typeof savedRoot>>> {
    try {
      return await savedRoot(this.#saved.blobs, entry, this.#source.device.kind, this.#signal);
    } catch (error) {
      // Whoever walks the trees comes to it, and tells.
      damageOf(error);
      return undefined;
    }
  }
}
