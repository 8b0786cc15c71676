import { find, namesOf } from '@holdfast/engine/restore';
import { Failure, isFailure } from '@holdfast/kernel';
import type { BlobReader, SnapshotEntry } from '@holdfast/repository';
import type { Id, Node } from '@holdfast/restic-format';
import { shown } from '#output/screen.ts';

type Trees = Pick<BlobReader, 'loadTree'>;

/** Where Holdfast keeps the files of what a backup is of; see docs/repository.md. */
const FILES = 'files';
const FOLDER_TAG = 'kind:folder';

/**
 * The folders that are meant when no path is named, as names from the root: of a folder's backup, that folder; of any other,
 * everything (`[[]]`).
 */
export async function defaultPlaces(
  trees: Trees,
  { snapshot }: SnapshotEntry,
  signal: AbortSignal,
): Promise<string[][]> {
  if (snapshot.tags?.includes(FOLDER_TAG) !== true) return [[]];
  const root = await trees.loadTree(snapshot.tree, signal);
  const files = root.find(({ name, type }) => name === FILES && type === 'dir');
  if (files?.subtree === undefined) return [[]];
  const inside = await trees.loadTree(files.subtree, signal);
  return inside.length === 0 ? [[]] : inside.map(({ name }) => [FILES, name]);
}

/**
 * The names from the root that a typed path means: from the root with a leading `/`, else from the default place. A name
 * with bytes no terminal shows may be typed as it is shown. Fails with `engine/no-such-path`.
 */
export async function placeOf(
  trees: Trees,
  entry: SnapshotEntry,
  path: string,
  signal: AbortSignal,
): Promise<string[]> {
  const typed = namesOf(path);
  const starts = path.startsWith('/') || path === '' ? [[]] : await defaultPlaces(trees, entry, signal);
  let refusal: unknown;
  for (const start of starts) {
    try {
      return [...start, ...(await resolve(trees, entry, start, typed, signal))];
    } catch (error) {
      if (!isFailure(error, 'engine/no-such-path')) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** The node at a place; `undefined` for the root, which has none. */
export async function nodeAt(
  trees: Trees,
  { snapshot }: SnapshotEntry,
  place: readonly string[],
  signal: AbortSignal,
): Promise<Node | undefined> {
  return place.length === 0 ? undefined : await find(trees, snapshot.tree, place, signal);
}

async function resolve(
  trees: Trees,
  entry: SnapshotEntry,
  start: readonly string[],
  typed: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  let tree: Id | undefined = (await nodeAt(trees, entry, start, signal))?.subtree;
  if (start.length === 0) tree = entry.snapshot.tree;
  for (const name of typed) {
    const nodes: readonly Node[] = tree === undefined ? [] : await trees.loadTree(tree, signal);
    const node =
      nodes.find((each) => each.name === name) ?? onlyOne(nodes.filter((each) => shown(each.name) === name));
    if (node === undefined) throw nothingAt([...start, ...found, name]);
    found.push(node.name);
    tree = node.subtree;
  }
  return found;
}

function onlyOne(nodes: readonly Node[]): Node | undefined {
  return nodes.length === 1 ? nodes[0] : undefined;
}

function nothingAt(names: readonly string[]): Failure {
  return new Failure('engine/no-such-path', `This backup has nothing at /${shown(names.join('/'))}`, {
    hint: 'Look inside with "holdfast ls BACKUP", and give the path as it is shown there.',
  });
}
