import type { SourceFile, SourceLink } from '@holdfast/devices';
import type { Id, Node } from '@holdfast/restic-format';
import { isUnchanged } from '../backup/nodes.ts';
import { nodesByName, type PreviousTrees } from '../backup/previous.ts';

const NOTHING: ReadonlyMap<string, Node> = new Map();

/** The nodes of a device's last backup, folder after folder as the device is walked: each before those in it. */
export class LastTrees {
  readonly #trees: PreviousTrees;
  readonly #roots = new Map<string, Id>();

  constructor(trees: PreviousTrees, root: Id | undefined) {
    this.#trees = trees;
    if (root !== undefined) this.#roots.set('', root);
  }

  /** The nodes of a folder; none where the backup has no such folder. To be asked once. */
  async nodesOf(path: string, signal: AbortSignal): Promise<ReadonlyMap<string, Node>> {
    const tree = this.#roots.get(path);
    this.#roots.delete(path);
    if (tree === undefined) return NOTHING;
    const nodes = nodesByName(await this.#trees.load(tree, signal));
    for (const { name, subtree } of nodes.values())
      if (subtree !== undefined) this.#roots.set(path === '' ? name : `${path}/${name}`, subtree);
    return nodes;
  }

  /** True when a backup has this very file, and all of it. */
  isSaved(file: SourceFile | SourceLink, node: Node | undefined): boolean {
    if (file.kind === 'symlink') return node?.type === 'symlink' && node.linkTarget === file.target;
    return isUnchanged(file, node) && this.#trees.hasAll(node.content);
  }
}
