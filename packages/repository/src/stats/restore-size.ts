import type { Id, Node } from '@holdfast/restic-format';
import type { TreeHome, WalkRoot } from '../trees/walk-trees.ts';

interface FolderSize {
  readonly files: number;
  readonly bytes: number;
  /** Some file in it has more names than one: what it takes depends on where else they are. */
  readonly hasLinks: boolean;
}

/**
 * Entries and bytes that restoring every root would write; a file with several names is written once a root.
 *
 * A folder that occurs again, as most do from snapshot to snapshot, is not walked again, unless it holds such files.
 */
export async function restoreSizes(
  home: TreeHome,
  roots: readonly WalkRoot[],
  signal?: AbortSignal,
): Promise<{ files: number; bytes: number }> {
  const known = new Map<Id, FolderSize>();
  let files = 0;
  let bytes = 0;
  for (const { tree } of roots) {
    const size = await folderSize(home, tree, known, new Set(), signal);
    files += size.files;
    bytes += size.bytes;
  }
  return { files, bytes };
}

async function folderSize(
  home: TreeHome,
  tree: Id,
  known: Map<Id, FolderSize>,
  links: Set<string>,
  signal?: AbortSignal,
): Promise<FolderSize> {
  const before = known.get(tree);
  if (before !== undefined) return before;
  let files = 0;
  let bytes = 0;
  let hasLinks = false;
  for (const node of await home.blobs.loadTree(tree, signal)) {
    files += 1;
    if (isLinked(node)) hasLinks = true;
    if (!isLinked(node) || isFirstName(node, links)) bytes += node.size ?? 0;
    if (node.type !== 'dir' || node.subtree === undefined) continue;
    const below = await folderSize(home, node.subtree, known, links, signal);
    files += below.files;
    bytes += below.bytes;
    hasLinks ||= below.hasLinks;
  }
  const size = { files, bytes, hasLinks };
  if (!hasLinks) known.set(tree, size);
  return size;
}

/** restic takes anything that does not say it has one name for a file with several. */
const isLinked = ({ type, links }: Node): boolean => type !== 'dir' && links !== 1;

function isFirstName({ inode = 0, deviceId = 0 }: Node, links: Set<string>): boolean {
  if (inode === 0) return true;
  const file = `${deviceId}/${inode}`;
  if (links.has(file)) return false;
  links.add(file);
  return true;
}
