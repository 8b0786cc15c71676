import { type Device, withDigits } from '@holdfast/devices';
import { isFailure } from '@holdfast/kernel';
import {
  deviceOf,
  type IndexedRepository,
  indexFilesNow,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  type SnapshotEntry,
} from '@holdfast/repository';
import { MANIFEST_NAME, type Manifest, parseManifest } from './manifest.ts';
import { findNode, type PreviousTrees } from './previous.ts';
import { type TreesAhead, treesAhead } from './trees-ahead.ts';

/** What a backup needs to know of the repository before it saves. */
export interface ReadRepository {
  /** The device's last backup. */
  readonly parent: SnapshotEntry | undefined;
  /** What the device is called in its snapshot: restic takes snapshots of one name for those of one computer, and keeps or forgets them as such. */
  readonly hostname: string;
  /** The caller's to dispose of. */
  readonly indexed: IndexedRepository;
  /** Of the last backup, being loaded; the caller's to dispose of before `indexed`. */
  readonly trees: TreesAhead;
  /** Snapshots and index files that cannot be read, and packs that are gone. */
  readonly damagedFiles: number;
  /** Names of the index files that were read: still current while {@link indexFilesNow} gives the same. */
  readonly indexFiles: string;
}

/**
 * The device's last backup, and the index. Files that are damaged are counted and left out.
 *
 * Snapshots are read first: one that is saved while the index is read would name blobs that it does not know yet.
 */
export async function readRepository(
  repository: OpenRepository,
  device: Pick<Device, 'id' | 'name'>,
  { threads, signal }: { readonly threads: number | undefined; readonly signal: AbortSignal },
): Promise<ReadRepository> {
  const { entries, unreadable } = await listSnapshots(repository, { tolerate: true, signal });
  const parent = entries.findLast(({ snapshot }) => snapshot.tags?.includes(`device:${device.id}`));
  const others = entries.map(({ snapshot }) => deviceOf(snapshot)).filter(({ id }) => id !== device.id);
  const isTaken = others.some(({ id, name }) => id !== undefined && name === device.name);
  const hostname = isTaken ? withDigits(device) : device.name;
  const indexFiles = await indexFilesNow(repository, signal);
  const indexed = await loadIndex(repository, {
    tolerate: true,
    storedOnly: true,
    signal,
    ...(threads !== undefined && { threads }),
  });
  const trees = treesAhead(indexed, parent?.snapshot.tree, signal);
  const damagedFiles = unreadable.length + indexed.unreadableIndexes.length + indexed.index.missingPacks;
  return { parent, hostname, indexed, trees, damagedFiles, indexFiles };
}

/** What the last backup says of itself; `undefined` when there is none, or its `holdfast.json` is damaged or unknown to us. */
export async function loadManifest(
  indexed: Pick<IndexedRepository, 'blobs' | 'index'>,
  previous: PreviousTrees,
  parent: Pick<SnapshotEntry, 'snapshot'> | undefined,
  signal: AbortSignal,
): Promise<Pick<Manifest, 'asked' | 'counts' | 'setAside'> | undefined> {
  const node = await findNode(previous, parent?.snapshot.tree, [MANIFEST_NAME], signal);
  const [id, ...more] = node?.content ?? [];
  if (id === undefined || more.length > 0 || !indexed.index.has('data', id)) return undefined;
  const bytes = await indexed.blobs.loadBlob('data', id, signal).catch(nothingIfDamaged);
  return bytes && parseManifest(bytes);
}

/** What was saved before may be damaged: that is for a check to tell, and no reason not to back up now. */
function nothingIfDamaged(error: unknown): undefined {
  if (!isFailure(error, 'repository/damaged')) throw error;
}
