import type { BlobReader } from '@holdfast/repository';
import type { Id, Node } from '@holdfast/restic-format';
import { noSuchPath } from '../failures.ts';
import { damageOf } from '../saved/damage.ts';

/** A folder of a backup that holds something chosen. One object for all that is in it. */
export interface ChosenFolder {
  /** Names from the backup's root. */
  readonly path: readonly string[];
  /** Names below the target: what was selected keeps its own name, and what is in it its place. */
  readonly to: readonly string[];
}

/** An entry of a backup, chosen to be given back. */
export interface Chosen {
  readonly folder: ChosenFolder;
  readonly node: Node;
}

/** A folder whose tree could not be read: what is in it is lost to this restore. */
export interface LostFolder extends ChosenFolder {
  /** What is wrong with it. */
  readonly damage: string;
}

type Trees = Pick<BlobReader, 'loadTree'>;

/**
 * Everything below the selected paths, folders before what is in them; a path selected twice, or inside another, comes once.
 *
 * A path is the names from the backup's root joined by `/`; `''` or `/` is all of it. Fails with `engine/no-such-path`.
 */
export async function* select(
  trees: Trees,
  root: Id,
  paths: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Chosen | LostFolder, void, undefined> {
  for (const path of outermost(paths)) {
    if (path.length === 0) {
      for (const node of await trees.loadTree(root, signal))
        yield* branch(trees, { folder: { path: [], to: [] }, node }, signal);
      continue;
    }
    const node = await find(trees, root, path, signal);
    yield* branch(trees, { folder: { path: path.slice(0, -1), to: [] }, node }, signal);
  }
}

/** Names of a path. `.` and `..` are ordinary names here, which no backup has. */
export const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '');

/** The node at a path. Fails with `engine/no-such-path`. */
export async function find(
  trees: Trees,
  root: Id,
  path: readonly string[],
  signal?: AbortSignal,
): Promise<Node> {
  let tree: Id | undefined = root;
  let node: Node | undefined;
  for (const name of path) {
    node =
      tree === undefined
        ? undefined
        : (await trees.loadTree(tree, signal)).find((each) => each.name === name);
    if (node === undefined) throw noSuchPath(path.join('/'));
    tree = node.subtree;
  }
  if (node === undefined) throw noSuchPath('');
  return node;
}

function outermost(paths: readonly string[]): string[][] {
  const all = paths.map(namesOf).toSorted((a, b) => a.length - b.length);
  const kept: string[][] = [];
  for (const path of all) {
    const isInside = kept.some((outer) => outer.every((name, at) => path[at] === name));
    if (!isInside) kept.push(path);
  }
  return kept;
}

/** Depth first, without recursion: trees from a hostile repository may be as deep as they like. */
async function* branch(
  trees: Trees,
  root: Chosen,
  signal: AbortSignal | undefined,
): AsyncGenerator<Chosen | LostFolder, void, undefined> {
  const waiting: Chosen[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal?.throwIfAborted();
    yield next;
    const { subtree, name } = next.node;
    if (next.node.type !== 'dir' || subtree === undefined) continue;
    const folder = { path: [...next.folder.path, name], to: [...next.folder.to, name] };
    try {
      const nodes = await trees.loadTree(subtree, signal);
      for (const node of nodes.toReversed()) waiting.push({ folder, node });
    } catch (error) {
      yield { ...folder, damage: damageOf(error) };
    }
  }
}
