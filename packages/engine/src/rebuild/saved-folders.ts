import type { SnapshotEntry as ListedNode, SnapshotFolder } from '@holdfast/catalog';
import { fileKindOf } from '@holdfast/devices';
import { type Id, type Node, parseTime } from '@holdfast/restic-format';
import { MANIFEST_NAME } from '../backup/manifest.ts';
import { damageOf, type SavedBlobs } from '../saved/damage.ts';
import { readContent } from '../saved/read-content.ts';
import { readRecords, recordFileAt } from '../saved/record-files.ts';
import type { Unread } from './events.ts';

/** A device's part of a snapshot, and what to tell of it. */
export interface SavedTree {
  readonly tree: Id;
  /** The same of the device's snapshot before; what is the same in both is left out. */
  readonly before: Id | undefined;
  /** True when the snapshot's root is the device's own, with files made of records. */
  readonly isDevice: boolean;
  /** True when not all of the device was asked for. */
  readonly isPartial: boolean;
  readonly onUnread: (unread: Pick<Unread, 'what' | 'path' | 'detail'>) => void;
}

interface Step {
  readonly path: string;
  readonly tree: Id;
  readonly before: Id | undefined;
}

/**
 * The folders of a device as a snapshot has them, each before those in it: the root, and those that are not as they were in the
 * snapshot before. What cannot be read is told and left out; only trouble with the whole store is thrown.
 */
export async function* savedFolders(
  saved: SavedBlobs,
  tree: SavedTree,
  signal?: AbortSignal,
): AsyncGenerator<SnapshotFolder, void, undefined> {
  const waiting: Step[] = [{ path: '', tree: tree.tree, before: tree.before }];
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    signal?.throwIfAborted();
    const { path } = step;
    const nodes = await loadNodes(saved, step.tree, signal);
    if (!Array.isArray(nodes)) {
      tree.onUnread({ what: 'folder', path, detail: nodes.detail });
      yield { path, entries: [], isPartial: true };
      continue;
    }
    const isSame = step.tree === step.before;
    const { entries, isWhole } = await entriesOf(saved, nodes, path, tree, signal);
    yield { path, entries, isPartial: !isWhole || (tree.isPartial && path === '') };
    if (isSame) continue;
    const before = await loadNodes(saved, step.before, signal);
    const subtrees = new Map(Array.isArray(before) ? before.map((node) => [node.name, node.subtree]) : []);
    for (const { name, subtree } of nodes.toReversed()) {
      if (subtree === undefined || subtree === subtrees.get(name)) continue;
      waiting.push({ path: below(path, name), tree: subtree, before: subtrees.get(name) });
    }
  }
}

async function loadNodes(
  { blobs }: SavedBlobs,
  tree: Id | undefined,
  signal: AbortSignal | undefined,
): Promise<Node[] | { readonly detail: string }> {
  if (tree === undefined) return [];
  try {
    return await blobs.loadTree(tree, signal);
  } catch (error) {
    return { detail: damageOf(error) };
  }
}

async function entriesOf(
  saved: SavedBlobs,
  nodes: readonly Node[],
  path: string,
  tree: SavedTree,
  signal: AbortSignal | undefined,
): Promise<{ readonly entries: readonly ListedNode[]; readonly isWhole: boolean }> {
  const entries: ListedNode[] = [];
  let isWhole = true;
  for (const node of nodes) {
    if (path === '' && tree.isDevice && node.name === MANIFEST_NAME) continue;
    const entry = await entryOf(saved, node, below(path, node.name), tree, signal);
    if (entry === 'unread') isWhole = false;
    else if (entry !== undefined) entries.push(entry);
  }
  return { entries, isWhole };
}

/** A node as the device listed it; `unread` where what it was is not known any more, `undefined` for what is no item. */
async function entryOf(
  saved: SavedBlobs,
  node: Node,
  path: string,
  tree: SavedTree,
  signal: AbortSignal | undefined,
): Promise<ListedNode | 'unread' | undefined> {
  const { name, type, content = [], size = 0 } = node;
  const mtimeNs = parseTime(node.mtime) ?? 0n;
  if (type === 'dir') return { name, kind: 'folder' };
  if (type === 'symlink') return { name, kind: 'file', sizeBytes: 0, mtimeNs };
  if (type !== 'file') return undefined;
  const missing = content.find((id) => !saved.index.has('data', id));
  const detail = missing && `blob ${missing.slice(0, 8)} is missing`;
  if (detail !== undefined) tree.onUnread({ what: 'file', path, detail });
  const file = tree.isDevice ? recordFileAt(path) : undefined;
  const common = { name, kind: fileKindOf(name), sizeBytes: size, mtimeNs };
  if (file === undefined)
    return detail === undefined
      ? { ...common, content }
      : { ...common, problem: { reason: 'damaged-in-backup', detail } };
  if (detail !== undefined) return 'unread';
  try {
    const { records, unreadable } = await readRecords(file, readContent(saved.blobs, content, signal));
    if (unreadable > 0) tree.onUnread({ what: 'records', path, detail: `${unreadable} cannot be read` });
    return { ...common, records };
  } catch (error) {
    tree.onUnread({ what: 'file', path, detail: damageOf(error) });
    return 'unread';
  }
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);
