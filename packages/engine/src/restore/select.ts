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

/** How the selected is laid out below the target. */
export interface SelectOptions {
  /** In the folders that it has in the backup, as far as those differ among the selected; default: each path right below the target. */
  readonly keepsFolders?: boolean;
  /** The selected are these, or some of them, which keep the folders that they have among all of these; default: the selected. */
  readonly partOf?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Everything below the selected paths, folders before what is in them; a path selected twice, or inside another, comes once.
 *
 * A path is the names from the backup's root joined by `/`; `''` or `/` is all of it. Fails with `engine/no-such-path`.
 */
export async function* select(
  trees: Trees,
  root: Id,
  paths: readonly string[],
  { keepsFolders = false, partOf, signal }: SelectOptions = {},
): AsyncGenerator<Chosen | LostFolder, void, undefined> {
  const chosen = outermost(paths);
  const common = keepsFolders ? commonLength(partOf === undefined ? chosen : outermost(partOf)) : undefined;
  const remembering = rememberTrees(trees);
  for (const path of chosen) {
    if (path.length === 0) {
      for (const node of await trees.loadTree(root, signal))
        yield* branch(trees, { folder: { path: [], to: [] }, node }, signal);
      continue;
    }
    const node = await find(remembering, root, path, signal);
    const folder = path.slice(0, -1);
    const to = common === undefined ? [] : folder.slice(common);
    yield* branch(trees, { folder: { path: folder, to }, node }, signal);
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

/** A folder's paths come one after another: so many trees are remembered that none of the way to it is loaded again. */
const MOST_REMEMBERED = 64;

function rememberTrees(trees: Trees): Trees {
  const loaded = new Map<Id, Node[]>();
  return {
    async loadTree(id, signal) {
      const nodes = loaded.get(id) ?? (await trees.loadTree(id, signal));
      loaded.delete(id);
      loaded.set(id, nodes);
      const [oldest] = loaded.keys();
      if (loaded.size > MOST_REMEMBERED && oldest !== undefined) loaded.delete(oldest);
      return nodes;
    },
  };
}

/** In an order in which what is inside a path follows it. */
function outermost(paths: readonly string[]): string[][] {
  // No name has a NUL, and nothing sorts before it.
  const keys = paths.map((path) => namesOf(path).join('\0')).toSorted(byCodeUnits);
  const kept: string[] = [];
  for (const key of keys) {
    const last = kept.at(-1);
    if (last === undefined || !(last === '' || key === last || key.startsWith(`${last}\0`))) kept.push(key);
  }
  return kept.map((key) => (key === '' ? [] : key.split('\0')));
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How many folders all paths have in common: sorted, the first and the last differ first. */
function commonLength(paths: readonly (readonly string[])[]): number {
  const first = paths[0]?.slice(0, -1) ?? [];
  const last = paths.at(-1)?.slice(0, -1) ?? [];
  const at = first.findIndex((name, index) => last[index] !== name);
  return at === -1 ? first.length : at;
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
