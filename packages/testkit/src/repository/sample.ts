import { concatBytes } from '@holdfast/kernel';
import { BlobSaver, type IndexedRepository } from '@holdfast/repository';
import {
  formatSnapshot,
  formatTime,
  formatTree,
  type Id,
  NO_TIME,
  type Node,
  parseSnapshot,
  type Snapshot,
} from '@holdfast/restic-format';

/**
 * A folder as a test writes it down: a text or bytes are a file of one blob, a list is a file of a blob each, anything
 * else is a folder.
 */
export interface Sample {
  readonly [name: string]: string | Uint8Array | readonly (string | Uint8Array)[] | Sample;
}

/** Every file of a snapshot by its path, from `/` on. Folders end in `/` and are empty. */
export type LoadedSample = ReadonlyMap<string, Uint8Array>;

/** Fields of the snapshot that a test cares about. */
export type SampleOptions = Partial<Pick<Snapshot, 'time' | 'hostname' | 'tags' | 'paths' | 'parent'>>;

/** Saves a sample as a backup would and gives the snapshot's id. The repository's index knows the new blobs afterwards. */
export async function saveSample(
  repository: IndexedRepository,
  sample: Sample,
  options: SampleOptions = {},
): Promise<Id> {
  const saver = new BlobSaver(repository);
  const tree = await saveFolder(saver, sample);
  await saver.finish();
  const time = formatTime(repository.clock.now().epochNanoseconds);
  const snapshot: Snapshot = { time, hostname: 'sample', paths: ['/'], ...options, tree };
  return repository.files.save('snapshot', formatSnapshot(snapshot));
}

/** Loads every file of a snapshot; fails as soon as one is not whole. */
export async function loadSample(repository: IndexedRepository, snapshot: Id): Promise<LoadedSample> {
  const { tree } = parseSnapshot(await repository.files.load('snapshot', snapshot));
  const files = new Map<string, Uint8Array>();
  await loadFolder(repository, tree, '/', files);
  return files;
}

async function saveFolder(saver: BlobSaver, sample: Sample): Promise<Id> {
  const nodes: Node[] = [];
  for (const [name, content] of Object.entries(sample)) {
    const parts = partsOf(content);
    if (parts === undefined) {
      nodes.push({ ...node(name, 'dir', 0x800001c0), subtree: await saveFolder(saver, content as Sample) });
      continue;
    }
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    const ids: Id[] = [];
    for (const part of parts) ids.push(await saver.saveBlob('data', part.slice()));
    nodes.push({ ...node(name, 'file', 0o600), size, content: ids });
  }
  return saver.saveBlob('tree', formatTree(nodes));
}

function partsOf(content: Sample[string]): Uint8Array[] | undefined {
  if (typeof content === 'string' || content instanceof Uint8Array) return [bytesOf(content)];
  return Array.isArray(content) ? content.map(bytesOf) : undefined;
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

const node = (name: string, type: Node['type'], mode: number): Node => ({
  name,
  type,
  mode,
  mtime: NO_TIME,
  atime: NO_TIME,
  ctime: NO_TIME,
  uid: 1000,
  gid: 1000,
});

async function loadFolder(
  repository: IndexedRepository,
  tree: Id,
  path: string,
  files: Map<string, Uint8Array>,
): Promise<void> {
  for (const { name, type, content = [], subtree } of await repository.blobs.loadTree(tree)) {
    if (type === 'dir' && subtree !== undefined) {
      files.set(`${path}${name}/`, new Uint8Array(0));
      await loadFolder(repository, subtree, `${path}${name}/`, files);
    } else if (type === 'file') {
      const parts: Uint8Array[] = [];
      for (const id of content) parts.push(await repository.blobs.loadBlob('data', id));
      files.set(path + name, concatBytes(parts));
    }
  }
}
