import { DEVICE_KINDS, type DeviceKind } from '@holdfast/contract';
import type { Device } from '@holdfast/devices';
import { deviceOf, type SnapshotEntry } from '@holdfast/repository';
import type { Id, Node, Snapshot } from '@holdfast/restic-format';

/** What reads trees. */
export interface Trees {
  loadTree(id: Id, signal?: AbortSignal): Promise<readonly Node[]>;
}

/** The folder of a snapshot that holds the files of a source that is only a folder. */
export const FILES = 'files';

const KIND_TAG = 'kind:';

/** The device that a snapshot is of; `undefined` for one that another program made. */
export function savedDevice({ snapshot }: Pick<SnapshotEntry, 'snapshot'>): Device | undefined {
  const { id, name } = deviceOf(snapshot);
  const kind = kindOf(snapshot);
  return id === undefined || kind === undefined ? undefined : { id, name, kind };
}

function kindOf({ tags = [] }: Snapshot): DeviceKind | undefined {
  const tag = tags.find((each) => each.startsWith(KIND_TAG))?.slice(KIND_TAG.length);
  return DEVICE_KINDS.find((kind) => kind === tag);
}

/** Where the items of a device are in a snapshot of it. */
export interface SavedRoot {
  readonly tree: Id;
  /** From the snapshot's root, parts joined by `/`: before the path of each item, with a `/` between; `''` for none. */
  readonly place: string;
}

/**
 * The tree of the device's root: a folder is below `files`, by its name; of other devices it is the snapshot's own. `undefined`
 * where there is none. Fails as `loadTree` does.
 */
export async function savedRoot(
  trees: Trees,
  { snapshot }: Pick<SnapshotEntry, 'snapshot'>,
  kind: DeviceKind,
  signal?: AbortSignal,
): Promise<SavedRoot | undefined> {
  if (kind !== 'folder') return { tree: snapshot.tree, place: '' };
  const files = (await trees.loadTree(snapshot.tree, signal)).find(({ name }) => name === FILES)?.subtree;
  if (files === undefined) return undefined;
  const [folder] = await trees.loadTree(files, signal);
  if (folder?.subtree === undefined) return undefined;
  return { tree: folder.subtree, place: `${FILES}/${folder.name}` };
}
