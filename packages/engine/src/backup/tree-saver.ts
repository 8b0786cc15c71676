import type { ReasonCode } from '@holdfast/contract';
import type { SourceEntry, SourceFile, SourceFolder } from '@holdfast/devices';
import { formatTree, type Id, type Node } from '@holdfast/restic-format';
import type { FileSaver } from './file-saver.ts';
import type { ItemReporter } from './item-reporter.ts';
import type { LookAhead } from './look-ahead.ts';
import { fileNode, folderNode, hasSameTraits, isSameFolder, isUnchanged, linkNode } from './nodes.ts';
import { nodesByName, type PreviousTrees } from './previous.ts';
import { type SameEntries, sameEntries } from './same-entries.ts';
import type { Saver } from './saver.ts';

/**
 * The content of a file that an earlier, interrupted backup had stored, when the file is as it was then; `undefined` when
 * that is not known.
 */
export type StoredContent = (path: string, file: SourceFile) => readonly Id[] | undefined;

/** Saves what a walk brings, folder by folder, and builds the trees; one item's trouble never stops the others. */
export class TreeSaver {
  readonly #walk: LookAhead;
  readonly #files: FileSaver;
  readonly #saver: Pick<Saver, 'saveBlob'>;
  readonly #previous: PreviousTrees;
  readonly #stored: StoredContent;
  readonly #report: ItemReporter;
  readonly #signal: AbortSignal;

  constructor(parts: {
    walk: LookAhead;
    files: FileSaver;
    saver: Pick<Saver, 'saveBlob'>;
    previous: PreviousTrees;
    stored: StoredContent | undefined;
    report: ItemReporter;
    signal: AbortSignal;
  }) {
    this.#walk = parts.walk;
    this.#files = parts.files;
    this.#saver = parts.saver;
    this.#previous = parts.previous;
    this.#stored = parts.stored ?? (() => undefined);
    this.#report = parts.report;
    this.#signal = parts.signal;
  }

  /**
   * The source's root as a tree; `previous` is the same folder's tree in the last backup. Resolves when all is saved. `also`
   * is asked, when everything else is, for more nodes of the root.
   */
  async save(
    previous: Id | undefined,
    also?: () => Promise<readonly Node[]>,
  ): Promise<{ readonly tree: Id; readonly root: SourceFolder } | undefined> {
    const root = await this.#walk.next();
    if (root === undefined) return undefined;
    const branch = await this.#branch(root, previous, also);
    return { tree: await branch.done, root };
  }

  /** Goes through a folder and its branch; when it returns all of the branch is under way, and `done` gives its tree. */
  async #branch(
    folder: SourceFolder,
    previousTree: Id | undefined,
    also?: () => Promise<readonly Node[]>,
  ): Promise<{ done: Promise<Id> }> {
    this.#signal.throwIfAborted();
    const plaintext = await this.#previous.load(previousTree, this.#signal);
    const same = this.#sameEntries(folder, plaintext);
    if (same !== undefined && plaintext !== undefined && previousTree !== undefined)
      return this.#sameBranch(folder, same, plaintext, previousTree);
    const previous = nodesByName(plaintext);
    // A string that is looked up in a Map is one more that V8 keeps.
    const hasPrevious = previous.size > 0;
    if (folder.problem !== undefined)
      this.#setAside(folder.path, 0, folder.problem.reason, folder.problem.detail);
    const nodes: (Node | Promise<Node | undefined>)[] = [];
    const unchanged = new Unchanged(folder.path, this.#report);
    for (const entry of folder.entries) {
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      const before = hasPrevious ? previous.get(entry.name) : undefined;
      const kept = entry.kind === 'file' ? this.#unchanged(entry, path, before) : undefined;
      if (entry.kind === 'file' && kept !== undefined) {
        const sizeBytes = kept.size ?? 0;
        // Of a made file the walk knew only about how long it is.
        this.#report.found(0, sizeBytes - entry.sizeBytes);
        unchanged.add(entry.name, entry.made?.items ?? 1, sizeBytes);
        nodes.push(kept);
        continue;
      }
      unchanged.tellBeforeWaiting();
      const node = await this.#entry(entry, path, before);
      if (node !== undefined) nodes.push(node.node);
    }
    unchanged.tell();
    const done = this.#finish(nodes, previous, previousTree, also);
    // Awaited by the parent, possibly much later; until then its failure is nobody's yet.
    done.catch(() => {});
    return { done };
  }

  /** The node of a file whose content need not be read: the previous one, or one with the content that is stored already. */
  #unchanged(file: SourceFile, path: string, before: Node | undefined): Node | undefined {
    if (isUnchanged(file, before) && this.#previous.hasAll(before.content))
      return hasSameTraits(file, before) ? before : fileNode(file, before.content, before.size ?? 0);
    if (file.made !== undefined) return undefined;
    const stored = this.#stored(path, file);
    if (stored === undefined || !this.#previous.hasAll(stored)) return undefined;
    return fileNode(file, stored, file.sizeBytes);
  }

  #sameEntries(folder: SourceFolder, previous: Uint8Array | undefined): SameEntries | undefined {
    const { columns, problem } = folder;
    if (previous === undefined || columns === undefined || problem !== undefined) return undefined;
    return sameEntries(previous, columns, (id) => this.#previous.hasBlob(id));
  }

  /** As `#branch`, for a folder whose names and files are the previous tree's: what may differ is in its subfolders. */
  async #sameBranch(
    folder: SourceFolder,
    { files, bytes, folders }: SameEntries,
    plaintext: Uint8Array,
    previousTree: Id,
  ): Promise<{ done: Promise<Id> }> {
    if (files > 0) this.#report.unchanged(folder.path, files, bytes, filesOf(folder));
    const nodes: Promise<Node>[] = [];
    for (const before of folders) {
      const path = folder.path === '' ? before.name : `${folder.path}/${before.name}`;
      nodes.push((await this.#subfolder(path, before)).node);
    }
    const finish = async (): Promise<Id> => {
      const changed = new Map<string, Node>();
      for (const [index, node] of nodes.entries()) {
        const settled = await node;
        if (settled !== folders[index]) changed.set(settled.name, settled);
      }
      if (changed.size === 0) return previousTree;
      const previous = nodesByName(plaintext);
      if (previous.size !== files + folders.length)
        throw new Error(`a tree of ${files + folders.length} entries has ${previous.size} nodes`);
      const settled = Array.from(previous.values(), (node) => changed.get(node.name) ?? node);
      return this.#saver.saveBlob('tree', formatTree(settled));
    };
    const done = finish();
    done.catch(() => {});
    return { done };
  }

  /** A folder whose every node is the previous one keeps its tree: nothing is formatted, hashed or sent to a worker. */
  async #finish(
    nodes: readonly (Node | Promise<Node | undefined>)[],
    previous: ReadonlyMap<string, Node>,
    previousTree: Id | undefined,
    also: (() => Promise<readonly Node[]>) | undefined,
  ): Promise<Id> {
    const settled: Node[] = [];
    for (const node of nodes) {
      const known = node instanceof Promise ? await node : node;
      if (known !== undefined) settled.push(known);
    }
    if (also !== undefined) settled.push(...(await also()));
    const isSame =
      settled.length > 0 &&
      settled.length === previous.size &&
      settled.every((node) => previous.get(node.name) === node);
    if (isSame && previousTree !== undefined) return previousTree;
    return this.#saver.saveBlob('tree', formatTree(settled));
  }

  /** The entry's node or the promise of it, wrapped so that awaiting this does not await that; `undefined` for none. */
  async #entry(
    entry: SourceEntry,
    path: string,
    previous: Node | undefined,
  ): Promise<{ node: Node | Promise<Node | undefined> } | undefined> {
    switch (entry.kind) {
      case 'file':
        return this.#files.begin(entry, path, previous);
      case 'folder':
        return this.#subfolder(path, previous);
      case 'symlink':
        this.#report.saved({ path, bytes: 0, newBytes: 0, items: 1, content: [] });
        return { node: linkNode(entry) };
      case 'special':
        this.#setAside(path, 0, 'special-file', entry.what);
        return undefined;
      case 'problem':
        this.#setAside(path, 0, entry.reason, entry.detail);
        return undefined;
      default:
        return entry satisfies never;
    }
  }

  async #subfolder(path: string, previous: Node | undefined): Promise<{ node: Promise<Node> }> {
    const next = await this.#walk.next();
    if (next?.path !== path)
      throw new Error(`the walk came to ${next?.path ?? 'its end'} instead of ${path}`);
    const subtree = previous?.type === 'dir' ? previous.subtree : undefined;
    const { done } = await this.#branch(next, subtree);
    const node = done.then((tree) =>
      isSameFolder(next.facts, previous) && previous.subtree === tree
        ? previous
        : folderNode(next.facts, tree),
    );
    node.catch(() => {});
    return { node };
  }

  #setAside(path: string, bytes: number, reason: ReasonCode, detail?: string): void {
    this.#report.setAside(path, bytes, reason, detail);
  }
}

/** What of a folder is as it was: told before a file that has to be read, which may take long; after the first time once it is as much again. */
class Unchanged {
  readonly #folder: string;
  readonly #report: Pick<ItemReporter, 'unchanged'>;
  #names: string[] = [];
  #items = 0;
  #bytes = 0;
  #told = 0;

  constructor(folder: string, report: Pick<ItemReporter, 'unchanged'>) {
    this.#folder = folder;
    this.#report = report;
  }

  add(name: string, items: number, bytes: number): void {
    this.#names.push(name);
    this.#items += items;
    this.#bytes += bytes;
  }

  tellBeforeWaiting(): void {
    if (this.#names.length >= Math.max(1, this.#told)) this.tell();
  }

  tell(): void {
    if (this.#names.length === 0) return;
    this.#report.unchanged(this.#folder, this.#items, this.#bytes, this.#names);
    this.#told += this.#names.length;
    this.#names = [];
    this.#items = 0;
    this.#bytes = 0;
  }
}

/** Names of a folder's files, when somebody asks for them. */
const filesOf = ({ entries }: SourceFolder): Iterable<string> => ({
  *[Symbol.iterator]() {
    for (const { kind, name } of entries) if (kind === 'file') yield name;
  },
});
