import type { BackupFile, RecordFile } from '@holdfast/devices';
import { isFailure } from '@holdfast/kernel';
import { hashContent, type IndexedRepository, readContent } from '@holdfast/repository';
import type { Id, Node } from '@holdfast/restic-format';
import { find } from '../select.ts';

/** The made file at a path of a backup, and those beside it. Fails with `engine/no-such-path`. */
export async function recordFile(
  repository: IndexedRepository,
  tree: Id,
  path: readonly string[],
  signal?: AbortSignal,
): Promise<RecordFile> {
  const node = await find(repository.blobs, tree, path, signal);
  /** What was looked up last, by folder: files are asked for one after another. */
  const folders = new Map<string, Promise<ReadonlyMap<string, Node>>>();
  return {
    ...backupFile(repository, path, node),
    async beside(below, stop) {
      const whole = [...path.slice(0, -1), ...below.split('/')];
      const folder = whole.slice(0, -1);
      const key = folder.join('/');
      let nodes = folders.get(key);
      if (nodes === undefined) folders.set(key, (nodes = nodesIn(repository, tree, folder, stop)));
      const found = (await nodes).get(whole.at(-1) ?? '');
      return found?.type === 'file' ? backupFile(repository, whole, found) : undefined;
    },
  };
}

async function nodesIn(
  { blobs }: IndexedRepository,
  tree: Id,
  folder: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Node>> {
  try {
    const { subtree } = await find(blobs, tree, folder, signal);
    const nodes = subtree === undefined ? [] : await blobs.loadTree(subtree, signal);
    return new Map(nodes.map((node) => [node.name, node]));
  } catch (error) {
    if (isFailure(error, 'engine/no-such-path')) return new Map();
    throw error;
  }
}

function backupFile(
  repository: IndexedRepository,
  path: readonly string[],
  { size = 0, content = [] }: Node,
): BackupFile {
  return {
    path: path.join('/'),
    sizeBytes: size,
    read: (signal) => readContent(repository, content, signal),
    hash: (signal) => hashContent(repository, content, signal),
  };
}
