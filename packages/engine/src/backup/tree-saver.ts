import type { ReasonCode } from '@holdfast/contract';
import type { Source, SourceEntry, SourceFile, SourceFolder } from '@holdfast/devices';
import { type Clock, isFailure } from '@holdfast/kernel';
import type { SavedContent } from '@holdfast/repository';
import { formatTree, type Id, type Node } from '@holdfast/restic-format';
import { Slots } from '../run/slots.ts';
import type { LookAhead } from './look-ahead.ts';
import { fileNode, folderNode, hasSameTraits, isSameFolder, isUnchanged, linkNode } from './nodes.ts';
import type { PreviousTrees } from './previous.ts';
import { reasonOfErrno } from './reasons.ts';
import type { Saver } from './saver.ts';

/** What happens to items, as it happens. */
export interface ItemReporter {
  unchanged(items: number, bytes: number): void;
  saving(path: string): void;
  saved(path: string, bytes: number, newBytes: number): void;
  setAside(path: string, bytes: number, reason: ReasonCode, detail?: string): void;
}

/** Files at once on their way through the saver: enough to fill its batches of small ones. */
const MOST_UNDER_WAY = 384;

/** A file that changed while it was read is tried again so often, each time after a longer wait. */
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 100;

/** Saves what a walk brings, folder by folder, and builds the trees; one item's trouble never stops the others. */
export class TreeSaver {
  readonly #source: Source;
  readonly #walk: LookAhead;
  readonly #saver: Saver;
  readonly #previous: PreviousTrees;
  readonly #report: ItemReporter;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #slots = new Slots(MOST_UNDER_WAY);

  constructor(parts: {
    source: Source;
    walk: LookAhead;
    saver: Saver;
    previous: PreviousTrees;
    report: ItemReporter;
    clock: Clock;
    signal: AbortSignal;
  }) {
    this.#source = parts.source;
    this.#walk = parts.walk;
    this.#saver = parts.saver;
    this.#previous = parts.previous;
    this.#report = parts.report;
    this.#clock = parts.clock;
    this.#signal = parts.signal;
  }

  /** The source's root as a tree; `previous` is the same folder's tree in the last backup. Resolves when all is saved. */
  async save(
    previous: Id | undefined,
  ): Promise<{ readonly tree: Id; readonly root: SourceFolder } | undefined> {
    const root = await this.#walk.next();
    if (root === undefined) return undefined;
    const branch = await this.#branch(root, previous);
    return { tree: await branch.done, root };
  }

  /** Goes through a folder and its branch; when it returns all of the branch is under way, and `done` gives its tree. */
  async #branch(folder: SourceFolder, previousTree: Id | undefined): Promise<{ done: Promise<Id> }> {
    this.#signal.throwIfAborted();
    const previous = await this.#previous.load(previousTree, this.#signal);
    if (folder.problem !== undefined)
      this.#setAside(folder.path, 0, folder.problem.reason, folder.problem.detail);
    const nodes: (Node | Promise<Node | undefined>)[] = [];
    let unchangedItems = 0;
    let unchangedBytes = 0;
    for (const entry of folder.entries) {
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      const before = previous.get(entry.name);
      if (entry.kind === 'file' && isUnchanged(entry, before) && this.#previous.hasAll(before.content)) {
        unchangedItems += 1;
        unchangedBytes += entry.sizeBytes;
        nodes.push(hasSameTraits(entry, before) ? before : fileNode(entry, before.content, entry.sizeBytes));
        continue;
      }
      const node = await this.#entry(entry, path, before);
      if (node !== undefined) nodes.push(node.node);
    }
    if (unchangedItems > 0) this.#report.unchanged(unchangedItems, unchangedBytes);
    const done = this.#finish(nodes, previous, previousTree);
    // Awaited by the parent, possibly much later; until then its failure is nobody's yet.
    done.catch(() => {});
    return { done };
  }

  /** A folder whose every node is the previous one keeps its tree: nothing is formatted, hashed or sent to a worker. */
  async #finish(
    nodes: readonly (Node | Promise<Node | undefined>)[],
    previous: ReadonlyMap<string, Node>,
    previousTree: Id | undefined,
  ): Promise<Id> {
    const settled: Node[] = [];
    for (const node of nodes) {
      const known = node instanceof Promise ? await node : node;
      if (known !== undefined) settled.push(known);
    }
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
      case 'file': {
        await this.#slots.take();
        const node = this.#file(entry, path).finally(() => this.#slots.give());
        node.catch(() => {});
        return { node };
      }
      case 'folder': {
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
      case 'symlink':
        this.#report.saved(path, 0, 0);
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

  async #file(file: SourceFile, path: string): Promise<Node | undefined> {
    this.#report.saving(path);
    for (let attempt = 1; ; attempt++) {
      const saved = await this.#content(file, path);
      if (saved.kind === 'saved') {
        this.#report.saved(path, file.sizeBytes, saved.newBytes);
        return fileNode(file, saved.content, saved.sizeBytes, saved.facts);
      }
      if (saved.kind === 'unreadable') {
        this.#setAside(path, file.sizeBytes, reasonOfErrno(saved.errno), `${saved.errno}, ${saved.syscall}`);
        return undefined;
      }
      if (attempt === ATTEMPTS) {
        this.#setAside(path, file.sizeBytes, 'changed-while-reading');
        return undefined;
      }
      const waitMs = FIRST_WAIT_MS * 2 ** (attempt - 1);
      await this.#clock.sleep(Temporal.Duration.from({ milliseconds: waitMs }), this.#signal);
    }
  }

  async #content(file: SourceFile, path: string): Promise<SavedContent> {
    const local = this.#source.localPath(path);
    if (local !== undefined) return this.#saver.saveFile(local, file.sizeBytes);
    try {
      return await this.#saver.saveStream(this.#source.read(path, this.#signal));
    } catch (error) {
      if (!isFailure(error) || !error.code.startsWith('devices/')) throw error;
      return { kind: 'unreadable', errno: error.code, syscall: 'read' };
    }
  }

  #setAside(path: string, bytes: number, reason: ReasonCode, detail?: string): void {
    this.#report.setAside(path, bytes, reason, detail);
  }
}
