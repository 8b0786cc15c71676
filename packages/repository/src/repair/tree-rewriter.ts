import { isFailure } from '@holdfast/kernel';
import { formatTree, type Id, idOf, type Node } from '@holdfast/restic-format';
import type { TreeHome } from '../trees/walk-trees.ts';

/** Something of a snapshot that a repair gives up, or puts right. */
export type Loss =
  /** Parts of a file are gone; what is left stays under its name. */
  | {
      readonly kind: 'content-lost';
      readonly path: string;
      readonly sizeBytes: number;
      readonly keptBytes: number;
    }
  /** A folder's list is gone, and with it everything in it; an empty folder stays. */
  | { readonly kind: 'folder-lost'; readonly path: string }
  /** An entry that is nothing we know. */
  | { readonly kind: 'entry-dropped'; readonly path: string }
  /** Nothing is lost: the snapshot gave a wrong size. */
  | {
      readonly kind: 'size-corrected';
      readonly path: string;
      readonly sizeBytes: number;
      readonly contentBytes: number;
    };

const EMPTY_ID = idOf(formatTree([]));

/** Takes the bytes of a tree that changed and gives its id. */
export type SaveTree = (bytes: Uint8Array) => Promise<Id>;

/**
 * Writes trees anew without what is not there any more, as restic's `repair snapshots` does; a tree that lacks nothing stays.
 *
 * It looks for content in the index only: what is damaged in its pack has to be taken out by `repair packs` before.
 */
export class TreeRewriter {
  readonly #home: TreeHome;
  readonly #save: SaveTree;
  /** By blob number: trees that lack nothing, down to the last folder. */
  readonly #isWhole: Uint8Array;

  constructor(home: TreeHome, save: SaveTree) {
    this.#home = home;
    this.#save = save;
    this.#isWhole = new Uint8Array(home.index.blobCount);
  }

  /**
   * The id of the tree as it is without what is lost, which is told to `onLoss`; `undefined` when the tree itself cannot be
   * had. `path` is of the folder, empty for the root.
   */
  async rewrite(
    tree: Id,
    path: string,
    onLoss: (loss: Loss) => void,
    signal?: AbortSignal,
  ): Promise<Id | undefined> {
    const number = this.#home.index.numberOf('tree', tree);
    if (this.#isWhole[number] === 1) return tree;
    const nodes = await this.#load(tree, signal);
    // A lost list of nothing is known without it.
    if (nodes === undefined) return tree === EMPTY_ID ? this.#save(formatTree([])) : undefined;
    const rewritten: Node[] = [];
    let isSame = true;
    for (const node of nodes) {
      const kept = await this.#rewriteNode(node, `${path}/${node.name}`, onLoss, signal);
      if (kept !== undefined) rewritten.push(kept);
      isSame &&= kept === node;
    }
    if (!isSame) return this.#save(formatTree(rewritten));
    if (number < this.#isWhole.length) this.#isWhole[number] = 1;
    return tree;
  }

  async #rewriteNode(
    node: Node,
    path: string,
    onLoss: (loss: Loss) => void,
    signal?: AbortSignal,
  ): Promise<Node | undefined> {
    if (node.type === 'file') return this.#rewriteFile(node, path, onLoss);
    if (node.type === 'dir') return this.#rewriteFolder(node, path, onLoss, signal);
    if (node.type !== 'irregular') return node;
    onLoss({ kind: 'entry-dropped', path });
    return undefined;
  }

  async #rewriteFolder(
    node: Node,
    path: string,
    onLoss: (loss: Loss) => void,
    signal?: AbortSignal,
  ): Promise<Node> {
    const subtree =
      node.subtree === undefined ? undefined : await this.rewrite(node.subtree, path, onLoss, signal);
    if (subtree !== undefined) return subtree === node.subtree ? node : { ...node, subtree };
    onLoss({ kind: 'folder-lost', path });
    return { ...node, subtree: await this.#save(formatTree([])) };
  }

  #rewriteFile(node: Node, path: string, onLoss: (loss: Loss) => void): Node {
    const { index } = this.#home;
    const { content = [], size: sizeBytes = 0 } = node;
    const kept: Id[] = [];
    let keptBytes = 0;
    for (const id of content) {
      const blob = index.numberOf('data', id);
      if (blob < 0) continue;
      kept.push(id);
      keptBytes += index.plainLengthOf(blob);
    }
    if (node.content !== undefined && kept.length === content.length && keptBytes === sizeBytes) return node;
    const isLost = node.content === undefined || kept.length < content.length;
    if (!isLost) {
      onLoss({ kind: 'size-corrected', path, sizeBytes, contentBytes: keptBytes });
      return { ...node, content: kept, size: keptBytes };
    }
    onLoss({ kind: 'content-lost', path, sizeBytes, keptBytes });
    const error = `a repair found ${keptBytes} of ${sizeBytes} bytes`;
    return { ...node, content: kept, size: keptBytes, error };
  }

  async #load(tree: Id, signal?: AbortSignal): Promise<Node[] | undefined> {
    try {
      return await this.#home.blobs.loadTree(tree, signal);
    } catch (error) {
      if (isFailure(error, 'repository/missing-blob') || isFailure(error, 'repository/damaged'))
        return undefined;
      if (isFailure(error, 'restic-format/malformed')) return undefined;
      throw error;
    }
  }
}
