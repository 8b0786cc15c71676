import { isFailure } from '@holdfast/kernel';
import type { IndexedRepository } from '@holdfast/repository';
import type { Id, Node } from '@holdfast/restic-format';

/** Trees of the last backup, to compare with. */
export interface PreviousTrees {
  /** The tree's nodes by name; empty when there is none, or it is damaged: then everything is simply read again. */
  load(tree: Id | undefined, signal: AbortSignal): Promise<ReadonlyMap<string, Node>>;
  /** True when every blob is still in the repository: content is only taken over if it is. */
  hasAll(content: readonly Id[]): boolean;
}

const NOTHING: ReadonlyMap<string, Node> = new Map();

/** The previous trees in a repository. */
export function previousTrees({ blobs, index }: Pick<IndexedRepository, 'blobs' | 'index'>): PreviousTrees {
  return {
    async load(tree, signal) {
      if (tree === undefined) return NOTHING;
      try {
        const nodes = await blobs.loadTree(tree, signal);
        return new Map(nodes.map((node) => [node.name, node]));
      } catch (error) {
        if (isFailure(error)) return NOTHING;
        throw error;
      }
    },
    hasAll: (content) => content.every((id) => index.has('data', id)),
  };
}

/** A node inside a tree by its path, from the root; `undefined` when it is not there or cannot be read. */
export async function findNode(
  previous: PreviousTrees,
  root: Id | undefined,
  path: readonly string[],
  signal: AbortSignal,
): Promise<Node | undefined> {
  let tree = root;
  let node: Node | undefined;
  for (const name of path) {
    node = (await previous.load(tree, signal)).get(name);
    tree = node?.subtree;
    if (node === undefined) return undefined;
  }
  return node;
}
