import type { ReasonCode } from '@holdfast/contract';
import type { FolderSink } from '@holdfast/devices';
import { type Failure, isFailure } from '@holdfast/kernel';
import { type ContentTarget, type IndexedRepository, proveContents } from '@holdfast/repository';
import { type Id, type Node, parseTime, unixMode } from '@holdfast/restic-format';
import { type Chosen, type LostFolder, select } from './select.ts';

/** What is done where something else has the name already. */
export type Conflict = 'skip' | 'rename' | 'overwrite';

/** An item to be given back. */
export interface PlannedItem {
  /** In the backup. */
  readonly path: string;
  /** Names below the target. */
  readonly to: readonly string[];
  readonly node: Node;
  readonly replaces: boolean;
}

/** An item that needs nothing done, or with which nothing can be done. */
export interface SettledItem {
  readonly path: string;
  readonly to: readonly string[];
  readonly reason: ReasonCode;
  readonly detail?: string;
  readonly bytes: number;
}

/** What a restore will do, as data: nothing is written before it is applied. */
export interface RestorePlan {
  /** Each before what is in it. */
  readonly folders: readonly PlannedItem[];
  readonly files: readonly PlannedItem[];
  readonly links: readonly PlannedItem[];
  readonly settled: readonly SettledItem[];
  readonly writeBytes: number;
  readonly totalBytes: number;
}

/** What of a backup to plan for, and how. */
export interface RestoreSelection {
  /** The snapshot's tree. */
  readonly tree: Id;
  /** See `select`; the empty list is everything. */
  readonly paths: readonly string[];
  /** Default `skip`: nothing that is there is ever changed. */
  readonly conflict?: Conflict;
}

/**
 * Looks at the target and decides item by item. A file with the name and size of one there is compared by content: equal
 * ones need nothing. Fails with `engine/no-such-path`.
 */
export async function planRestore(
  repository: IndexedRepository,
  { tree, paths, conflict = 'skip' }: RestoreSelection,
  sink: FolderSink,
  signal?: AbortSignal,
): Promise<RestorePlan> {
  const planner = new Planner(sink, conflict);
  const wanted = paths.length === 0 ? [''] : paths;
  for await (const chosen of select(repository.blobs, tree, wanted, signal)) planner.add(chosen);
  for await (const { target, proof } of proveContents(repository, planner.toCompare, signal)) {
    if (proof === 'proved')
      planner.settle(target.item, 'already-there', undefined, target.item.node.size ?? 0);
    else planner.resolve(target.item);
  }
  return planner.plan();
}

interface Compared extends ContentTarget {
  readonly item: PlannedItem;
}

class Planner {
  readonly toCompare: Compared[] = [];
  readonly #sink: FolderSink;
  readonly #conflict: Conflict;
  readonly #folders: PlannedItem[] = [];
  readonly #files: PlannedItem[] = [];
  readonly #links: PlannedItem[] = [];
  readonly #settled: SettledItem[] = [];

  constructor(sink: FolderSink, conflict: Conflict) {
    this.#sink = sink;
    this.#conflict = conflict;
  }

  add(chosen: Chosen | LostFolder): void {
    const { to } = chosen;
    const path = chosen.path.join('/');
    if ('failure' in chosen) {
      this.#settled.push({ path, to, reason: 'damaged-in-backup', detail: chosen.failure.message, bytes: 0 });
      return;
    }
    const item: PlannedItem = { path, to, node: chosen.node, replaces: false };
    try {
      this.#place(item);
    } catch (error) {
      if (!isFailure(error)) throw error;
      this.settle(item, reasonOfRefusal(error), error.message, item.node.size ?? 0);
    }
  }

  settle({ path, to }: PlannedItem, reason: ReasonCode, detail: string | undefined, bytes: number): void {
    this.#settled.push({ path, to, reason, ...(detail !== undefined && { detail }), bytes });
  }

  /** Something else has the name. */
  resolve(item: PlannedItem): void {
    if (this.#conflict === 'skip') this.settle(item, 'conflict', undefined, item.node.size ?? 0);
    else if (this.#conflict === 'rename') this.#plan({ ...item, to: this.#sink.freePath(item.to) });
    else this.#plan({ ...item, replaces: true });
  }

  plan(): RestorePlan {
    const size = (items: readonly PlannedItem[]): number =>
      items.reduce((sum, { node }) => sum + (node.size ?? 0), 0);
    const writeBytes = size(this.#files);
    return {
      folders: this.#folders,
      files: this.#files,
      links: this.#links,
      settled: this.#settled,
      writeBytes,
      totalBytes: writeBytes + this.#settled.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  #place(item: PlannedItem): void {
    const { node, to } = item;
    const place = this.#sink.look(to);
    if (place.kind === 'blocked')
      return this.settle(item, 'conflict', 'not a folder above it', node.size ?? 0);
    switch (node.type) {
      case 'dir':
        // Its items find the way blocked, and say so; a folder by itself is no item.
        if (place.kind === 'absent' || place.kind === 'folder') this.#folders.push(item);
        return;
      case 'file':
        if (place.kind === 'absent') this.#plan(item);
        else if (place.kind === 'file' && place.sizeBytes === (node.size ?? 0)) this.#compare(item);
        else if (place.kind === 'folder') this.settle(item, 'conflict', 'a folder', node.size ?? 0);
        else this.resolve(item);
        return;
      case 'symlink':
        if (place.kind === 'absent') this.#plan(item);
        else if (place.kind === 'symlink' && place.target === node.linkTarget)
          this.settle(item, 'already-there', undefined, 0);
        else if (place.kind === 'folder') this.settle(item, 'conflict', 'a folder', 0);
        else this.resolve(item);
        return;
      default:
        this.settle(item, 'special-file', node.type, 0);
    }
  }

  #compare(item: PlannedItem): void {
    this.toCompare.push({
      path: `${this.#sink.root}/${item.to.join('/')}`,
      content: item.node.content ?? [],
      item,
    });
  }

  #plan(item: PlannedItem): void {
    (item.node.type === 'symlink' ? this.#links : this.#files).push(item);
  }
}

/** Why a target did not take an item, from what its sink said. */
export function reasonOfRefusal({ code }: Failure): ReasonCode {
  if (code === 'devices/unsafe-name') return 'unsafe-name';
  return code === 'devices/path-too-long' ? 'target-path-too-long' : 'target-refused';
}

/** Mode and time of a node, as a sink sets them. */
export function traitsOf(node: Node): { mode: number; mtimeNs: bigint } {
  // setuid, setgid and sticky are not given back: what they would allow is not what a backup is asked for.
  return { mode: unixMode(node.mode) & 0o777, mtimeNs: parseTime(node.mtime) ?? 0n };
}
