import { isFailure } from '@holdfast/kernel';
import type { IndexedRepository } from '@holdfast/repository';
import { type Id, type Node, parseTree } from '@holdfast/restic-format';

/** Trees of the last backup, to compare with. */
export interface PreviousTrees {
  /** The tree's plaintext; `undefined` when there is none, or it is damaged: then everything is simply read again. */
  load(tree: Id | undefined, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** True when every blob is still in the repository: content is only taken over if it is. */
  hasAll(content: readonly Id[]): boolean;
  /** The same for one, by the 32 bytes of its id. */
  hasBlob(id: Uint8Array): boolean;
}

const NOTHING: ReadonlyMap<string, Node> = new Map();

/** The previous trees in a repository. What `isLost` says no to, of what fails as one is loaded, is thrown. */
export function previousTrees(
  { blobs, index }: Pick<IndexedRepository, 'blobs' | 'index'>,
  isLost: (error: unknown) => boolean = (error) => isFailure(error),
): PreviousTrees {
  return {
    async load(tree, signal) {
      if (tree === undefined) return undefined;
      try {
        return await blobs.loadBlob('tree', tree, signal);
      } catch (error) {
        if (isLost(error)) return undefined;
        throw error;
      }
    },
    hasAll: (content) => content.every((id) => index.has('data', id)),
    hasBlob: (id) => index.hasBytes('data', id),
  };
}

/** A tree's nodes by name; none where there is no tree, or it cannot be parsed. */
export function nodesByName(plaintext: Uint8Array | undefined): ReadonlyMap<string, Node> {
  if (plaintext === undefined) return NOTHING;
  try {
    return new Map(parseTree(plaintext).map((node) => [node.name, node]));
  } catch (error) {
    if (isFailure(error)) return NOTHING;
    throw error;
  }
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
    node = nodesByName(await previous.load(tree, signal)).get(name);
    tree = node?.subtree;
    if (node === undefined) return undefined;
  }
  return node;
}
