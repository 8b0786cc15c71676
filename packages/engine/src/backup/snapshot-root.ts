import type { Source, SourceFolder } from '@holdfast/devices';
import { formatTree, type Id, type Node } from '@holdfast/restic-format';
import { FILES } from '../saved/saved-device.ts';
import { MANIFEST_NAME } from './manifest.ts';
import { folderNode, ownFileNode, ownFolderNode } from './nodes.ts';
import { findNode, type PreviousTrees } from './previous.ts';
import type { Saver } from './saver.ts';

/** Saves the trees of the source's root and below, and gives the root's; `also` is asked last for more nodes of that root. */
type SaveTrees = (
  previousTree: Id | undefined,
  also?: () => Promise<readonly Node[]>,
) => Promise<{ readonly tree: Id; readonly root: SourceFolder } | undefined>;

/** What the root of a snapshot is made with. */
interface Parts {
  readonly source: Source;
  readonly saver: Pick<Saver, 'saveBlob'>;
  readonly saveTrees: SaveTrees;
  readonly previous: PreviousTrees;
  /** The root of the device's last backup. */
  readonly previousRoot: Id | undefined;
  readonly began: Temporal.Instant;
  /** Asked when everything else is saved. */
  readonly manifest: () => Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * Saves a source and `holdfast.json` as the tree of a snapshot: a device's root is the snapshot's own, a folder goes below
 * `files`, under its name.
 */
export function saveSnapshotRoot(parts: Parts): Promise<Id> {
  return parts.source.layout === 'device' ? saveDevice(parts) : saveFolder(parts);
}

async function saveDevice(parts: Parts): Promise<Id> {
  const { saveTrees, previousRoot, saver } = parts;
  const saved = await saveTrees(previousRoot, async () => [await manifestNode(parts)]);
  return saved?.tree ?? saver.saveBlob('tree', formatTree([await manifestNode(parts)]));
}

async function saveFolder(parts: Parts): Promise<Id> {
  const { source, saver, saveTrees, previous, previousRoot, began, signal } = parts;
  const name = folderName(source.device.name);
  const before = await findNode(previous, previousRoot, [FILES, name], signal);
  const saved = await saveTrees(before?.subtree);
  const inFiles = saved === undefined ? [] : [folderNode({ ...saved.root.facts, name }, saved.tree)];
  const files = await saver.saveBlob('tree', formatTree(inFiles));
  const nodes = [ownFolderNode(FILES, files, began.epochNanoseconds), await manifestNode(parts)];
  return saver.saveBlob('tree', formatTree(nodes));
}

async function manifestNode({ saver, manifest, began }: Parts): Promise<Node> {
  const bytes = manifest();
  const sizeBytes = bytes.length;
  const id = await saver.saveBlob('data', bytes);
  return ownFileNode(MANIFEST_NAME, [id], sizeBytes, began.epochNanoseconds);
}

/** A device's name as the name of a folder. */
function folderName(name: string): string {
  return name.replaceAll('/', '_').replaceAll('\0', '') || '_';
}
