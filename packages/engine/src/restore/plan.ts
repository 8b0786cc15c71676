import type { ReasonCode } from '@holdfast/contract';
import type { FolderSink } from '@holdfast/devices';
import { type Failure, isFailure } from '@holdfast/kernel';
import type { EntryTraits } from '@holdfast/local-files';
import { type IndexedRepository, proveContents } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import type { RestoredRecord } from './events.ts';
import { HardLinks, type PlannedHardLink } from './hard-links.ts';
import { PlannedFiles, stageKey } from './planned-files.ts';
import { type Chosen, type LostFolder, select } from './select.ts';
import { traitsOf } from './traits-of.ts';

/** What is done where something else has the name already. */
export type Conflict = 'skip' | 'rename' | 'overwrite';

/** A folder to be made, or to be given its traits. */
interface PlannedFolder {
  /** Names below the target. */
  readonly to: readonly string[];
  readonly traits: EntryTraits;
}

/** A symbolic link to be given back. */
export interface PlannedLink {
  /** In the backup. */
  readonly path: string;
  readonly to: readonly string[];
  readonly target: string;
  readonly mtimeNs: bigint;
  readonly replaces: boolean;
}

/** An item that needs nothing done, or with which nothing can be done. */
export interface SettledItem {
  readonly path: string;
  readonly to: readonly string[];
  readonly record?: RestoredRecord;
  readonly hasReplaced?: true;
  readonly reason: ReasonCode;
  readonly detail?: string;
  readonly bytes: number;
}

/** What a restore will do, as data: nothing is written before it is applied. Good with the repository it was made with. */
export interface RestorePlan {
  /** Each before what is in it. */
  readonly folders: readonly PlannedFolder[];
  readonly files: PlannedFiles;
  /** Files of `files` that are one file with another. */
  readonly hardLinks: readonly PlannedHardLink[];
  readonly links: readonly PlannedLink[];
  readonly settled: readonly SettledItem[];
  /** What an interrupted restore left beside files that are there whole. */
  readonly leftOver: readonly { readonly to: readonly string[]; readonly key: string }[];
  /** Files and links that replace something. */
  readonly replaced: number;
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
  /** See `select`. */
  readonly keepsFolders?: boolean;
}

/**
 * Looks at the target and decides item by item. A file with the name and size of one there is compared by content: equal
 * ones need nothing. Fails with `engine/no-such-path`.
 */
export async function planRestore(
  repository: IndexedRepository,
  { tree, paths, conflict = 'skip', keepsFolders = false }: RestoreSelection,
  sink: FolderSink,
  signal?: AbortSignal,
): Promise<RestorePlan> {
  const planner = new Planner(repository, sink, conflict);
  const wanted = paths.length === 0 ? [''] : paths;
  for await (const chosen of select(repository.blobs, tree, wanted, { keepsFolders, signal }))
    planner.add(chosen);
  const { compared } = planner;
  const pathOf = (file: number): string => `${sink.root}/${compared.at(file).to.join('/')}`;
  for await (const { file, proof } of proveContents(repository, compared.contents, pathOf, signal))
    planner.settleCompared(file, proof === 'proved');
  return planner.plan();
}

class Planner {
  /** Files whose name and size are there already. */
  readonly compared: PlannedFiles;
  readonly #comparedNodes: Chosen[] = [];
  readonly #sink: FolderSink;
  readonly #conflict: Conflict;
  readonly #folders: PlannedFolder[] = [];
  readonly #files: PlannedFiles;
  readonly #hardLinks = new HardLinks();
  readonly #links: PlannedLink[] = [];
  readonly #settled: SettledItem[] = [];
  readonly #leftOver: RestorePlan['leftOver'][number][] = [];
  #replaced = 0;

  constructor({ index }: IndexedRepository, sink: FolderSink, conflict: Conflict) {
    this.#sink = sink;
    this.#conflict = conflict;
    this.#files = new PlannedFiles(index);
    this.compared = new PlannedFiles(index);
  }

  add(chosen: Chosen | LostFolder): void {
    if ('damage' in chosen) {
      const { path, to, damage: detail } = chosen;
      const lost = { path: path.join('/'), to, reason: 'damaged-in-backup', bytes: 0 } as const;
      this.#settled.push({ ...lost, detail });
      return;
    }
    this.#trying(chosen, () => this.#place(chosen));
  }

  /** The file is there already, or something else has its name. */
  settleCompared(file: number, isThere: boolean): void {
    const chosen = this.#comparedNodes[file];
    if (chosen === undefined) throw new RangeError(`no file ${file} was compared`);
    if (!isThere) return this.#trying(chosen, () => this.#resolve(chosen));
    const { to } = this.compared.at(file);
    this.#hardLinks.addThere(chosen.node, to);
    const key = stageKey(to, this.compared.contents, file);
    if (this.#sink.hasStage(to, key)) this.#leftOver.push({ to, key });
    this.#settle(chosen, 'already-there');
  }

  plan(): RestorePlan {
    const hardLinks = this.#hardLinks.planned();
    let writeBytes = 0;
    for (let file = 0; file < this.#files.length; file++) writeBytes += this.#files.bytesOf(file);
    const settledBytes = this.#settled.reduce((sum, { bytes }) => sum + bytes, 0);
    const linkedBytes = hardLinks.reduce((sum, { file }) => sum + this.#files.bytesOf(file), 0);
    return {
      folders: this.#folders,
      files: this.#files,
      hardLinks,
      links: this.#links,
      settled: this.#settled,
      leftOver: this.#leftOver,
      replaced: this.#replaced,
      writeBytes: writeBytes - linkedBytes,
      totalBytes: writeBytes + settledBytes,
    };
  }

  #place(chosen: Chosen): void {
    const { folder, node } = chosen;
    const to = [...folder.to, node.name];
    const place = this.#sink.look(to);
    if (place.kind === 'blocked') {
      if (node.type !== 'dir') this.#settle(chosen, 'conflict', 'not a folder above it');
      return;
    }
    const isFree = place.kind === 'absent';
    switch (node.type) {
      case 'dir':
        // Its items find the way blocked, and say so; a folder by itself is no item.
        if (isFree || place.kind === 'folder') this.#folders.push({ to, traits: traitsOf(node) });
        return;
      case 'file':
        if (isFree) this.#plan(chosen);
        else if (place.kind === 'file' && place.sizeBytes === (node.size ?? 0)) this.#compare(chosen);
        else if (place.kind === 'folder') this.#settle(chosen, 'conflict', 'a folder');
        else this.#resolve(chosen);
        return;
      case 'symlink':
        if (isFree) this.#plan(chosen);
        else if (place.kind === 'symlink' && place.target === node.linkTarget)
          this.#settle(chosen, 'already-there');
        else if (place.kind === 'folder') this.#settle(chosen, 'conflict', 'a folder');
        else this.#resolve(chosen);
        return;
      default:
        this.#settle(chosen, 'special-file', node.type);
    }
  }

  #compare(chosen: Chosen): void {
    this.compared.add(chosen.folder, chosen.node);
    this.#comparedNodes.push(chosen);
  }

  /** Something else has the name. */
  #resolve(chosen: Chosen): void {
    if (this.#conflict === 'skip') return this.#settle(chosen, 'conflict');
    if (this.#conflict === 'overwrite') return this.#plan(chosen, { replaces: true });
    const free = this.#sink.freePath([...chosen.folder.to, chosen.node.name]);
    this.#plan(chosen, { to: free.at(-1) ?? '' });
  }

  #plan({ folder, node }: Chosen, how: { replaces?: boolean; to?: string } = {}): void {
    const { replaces = false, to = node.name } = how;
    if (replaces) this.#replaced += 1;
    if (node.type === 'file') {
      this.#hardLinks.addPlanned(node, this.#files.add(folder, node, { replaces, to }));
      return;
    }
    this.#links.push({
      path: [...folder.path, node.name].join('/'),
      to: [...folder.to, to],
      target: node.linkTarget ?? '',
      mtimeNs: traitsOf(node).mtimeNs,
      replaces,
    });
  }

  #settle({ folder, node }: Chosen, reason: ReasonCode, detail?: string): void {
    this.#settled.push({
      path: [...folder.path, node.name].join('/'),
      to: [...folder.to, node.name],
      reason,
      ...(detail !== undefined && { detail }),
      bytes: node.type === 'symlink' ? 0 : (node.size ?? 0),
    });
  }

  #trying(chosen: Chosen, call: () => void): void {
    try {
      call();
    } catch (error) {
      if (!isFailure(error)) throw error;
      this.#settle(chosen, refusalOf(error), error.message);
    }
  }
}

/** Why an item is not given back when its target fails like this. */
export function refusalOf({ code }: Failure): ReasonCode {
  if (code === 'devices/unsafe-name') return 'unsafe-name';
  return code === 'devices/path-too-long' ? 'target-path-too-long' : 'target-refused';
}
