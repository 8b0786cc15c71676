import type { ReasonCode } from '@holdfast/contract';
import type { FileSink, FolderThere, TakenName } from '@holdfast/devices';
import { isFailure } from '@holdfast/kernel';
import { hashContent, type IndexedRepository } from '@holdfast/repository';
import type { Node } from '@holdfast/restic-format';
import { PlannedFiles } from '../planned-files.ts';
import type { Conflict, SettledItem } from '../restore-plan.ts';
import type { Chosen, ChosenFolder } from '../select.ts';
import { FolderNames } from './folder-names.ts';

/** Folders that are looked at, and files that are compared, together: each time costs a round trip or a few. */
const FOLDERS_AT_ONCE = 64;
const FILES_AT_ONCE = 4000;
const COMPARED_AT_ONCE = 500;

/** Files of one folder of the backup, and where they belong. */
interface Group {
  readonly folder: ChosenFolder;
  readonly nodes: Node[];
}

/** A file that may be there already. */
interface Pending {
  readonly folder: ChosenFolder;
  readonly node: Node;
  /** Names there of files of its size. */
  readonly alike: readonly string[];
  /** What becomes of it when none of them is it. */
  readonly otherwise: () => void;
}

/** Decides what becomes of files, folder by folder. */
export class FilePlanner {
  readonly #repository: IndexedRepository;
  readonly #sink: FileSink;
  readonly #conflict: Conflict;
  readonly #files: PlannedFiles;
  readonly #settled: SettledItem[] = [];
  /** Names that files of this plan take, by folder. */
  readonly #planned = new Map<string, Set<string>>();
  #replaced = 0;
  #groups: Group[] = [];
  #waiting = 0;

  constructor(repository: IndexedRepository, sink: FileSink, conflict: Conflict) {
    this.#repository = repository;
    this.#sink = sink;
    this.#conflict = conflict;
    this.#files = new PlannedFiles(repository.index);
  }

  /** `place`: where it belongs, names from the volume on; `undefined` when the device has no such volume. */
  async add(
    { folder, node }: Chosen,
    place: readonly string[] | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    const { path } = folder;
    if (place === undefined) return this.#settle({ path, to: path }, node, 'no-such-card');
    const to = place.slice(0, -1);
    if (node.type === 'symlink') return this.#settle({ path, to }, node, 'not-given-back-here', 'a link');
    if (node.type !== 'file') return this.#settle({ path, to }, node, 'special-file', node.type);
    const refusal = this.#sink.refuse(place, node.size ?? 0);
    if (refusal !== undefined) return this.#settle({ path, to }, node, refusal.reason, refusal.detail);
    const last = this.#groups.at(-1);
    const key = path.join('/');
    if (last?.folder.path.join('/') === key) last.nodes.push(node);
    else this.#groups.push({ folder: { path, to }, nodes: [node] });
    this.#waiting += 1;
    if (this.#groups.length > FOLDERS_AT_ONCE || this.#waiting >= FILES_AT_ONCE) await this.#decide(signal);
  }

  async plan(signal?: AbortSignal): Promise<{
    readonly files: PlannedFiles;
    readonly settled: readonly SettledItem[];
    readonly replaced: number;
  }> {
    await this.#decide(signal);
    return { files: this.#files, settled: this.#settled, replaced: this.#replaced };
  }

  async #decide(signal: AbortSignal | undefined): Promise<void> {
    const groups = this.#groups;
    this.#groups = [];
    this.#waiting = 0;
    if (groups.length === 0) return;
    const there = await this.#sink.look(
      groups.map(({ folder }) => folder.to),
      signal,
    );
    let pending: Pending[] = [];
    for (const [at, { folder, nodes }] of groups.entries()) {
      for (const found of this.#look(folder, nodes, there[at] ?? { kind: 'absent' })) {
        pending.push(found);
        if (pending.length < COMPARED_AT_ONCE) continue;
        await this.#compare(pending, signal);
        pending = [];
      }
    }
    await this.#compare(pending, signal);
  }

  *#look(
    folder: ChosenFolder,
    nodes: readonly Node[],
    there: FolderThere,
  ): Generator<Pending, void, undefined> {
    const key = folder.to.map((name) => this.#sink.fold(name)).join('/');
    const planned = this.#planned.get(key) ?? new Set<string>();
    this.#planned.set(key, planned);
    const names = new FolderNames(this.#sink, there.kind === 'folder' ? there.names : [], planned);
    for (const node of nodes) {
      if (there.kind === 'problem') this.#settle(folder, node, there.reason, there.detail);
      else if (there.kind === 'blocked') this.#settle(folder, node, 'conflict', 'not a folder above it');
      else {
        const pending = this.#place(folder, node, names);
        if (pending !== undefined) yield pending;
      }
    }
  }

  /** Decides at once where no content has to be compared. */
  #place(folder: ChosenFolder, node: Node, names: FolderNames): Pending | undefined {
    const sizeBytes = node.size ?? 0;
    const { taken, isOurs, alike, free } = names.find(node.name, sizeBytes, this.#conflict === 'rename');
    names.reserve(free ?? node.name);
    const otherwise = (): void => this.#resolve(folder, node, { taken, isOurs, free });
    if (alike.length > 0) return { folder, node, alike, otherwise };
    otherwise();
    return undefined;
  }

  #resolve(
    folder: ChosenFolder,
    node: Node,
    { taken, isOurs, free }: { taken: TakenName | undefined; isOurs: boolean; free: string | undefined },
  ): void {
    if (free !== undefined) return void this.#files.add(folder, node, { to: free });
    if (isOurs) return this.#settle(folder, node, 'name-collision', 'a file given back with it');
    if (taken !== undefined && taken.name !== node.name)
      return this.#settle(folder, node, 'name-collision', `there is ${taken.name}`);
    if (taken?.kind === 'folder') return this.#settle(folder, node, 'conflict', 'a folder');
    if (this.#conflict !== 'overwrite' || taken?.kind !== 'file')
      return this.#settle(folder, node, 'conflict');
    this.#replaced += 1;
    this.#files.add(folder, node, { replaces: true });
  }

  async #compare(pending: readonly Pending[], signal: AbortSignal | undefined): Promise<void> {
    const paths = pending.flatMap(({ folder, alike }) => alike.map((name) => [...folder.to, name]));
    const bytes = pending.reduce((sum, { node, alike }) => sum + alike.length * (node.size ?? 0), 0);
    const hashes = (await this.#sink.hashes(paths, bytes, signal)).values();
    for (const { folder, node, alike, otherwise } of pending) {
      const found = alike.map((name) => [name, hashes.next().value] as const);
      try {
        const own = await hashContent(this.#repository, node.content ?? [], signal);
        const same = found.find(([, hash]) => hash === own);
        if (same === undefined) otherwise();
        else this.#settle(folder, node, 'already-there', undefined, same[0]);
      } catch (error) {
        if (!isFailure(error) || !error.code.startsWith('repository/')) throw error;
        this.#settle(folder, node, 'damaged-in-backup', error.message);
      }
    }
  }

  #settle(
    { path, to }: ChosenFolder,
    { name, size = 0, type }: Node,
    reason: ReasonCode,
    detail?: string,
    toName: string = name,
  ): void {
    this.#settled.push({
      path: [...path, name].join('/'),
      to: [...to, toName],
      reason,
      ...(detail !== undefined && { detail }),
      bytes: type === 'file' ? size : 0,
    });
  }
}
