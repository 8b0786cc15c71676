import { mapOrdered } from '@holdfast/kernel';
import type { BlobEntry, Id, IndexPack } from '@holdfast/restic-format';
import { readIndexFiles } from '../index-files/read-index-files.ts';
import { IndexWriter } from '../index-files/rewrite-indexes.ts';
import type { IndexedRepository } from '../load-index.ts';
import { readPackHeader } from './read-pack-header.ts';

/** Headers being read at once. */
const HEADERS_AT_A_TIME = 8;

/**
 * Lists packs that no index file lists, as an interrupted backup leaves them, in a new index file, and adds them to the
 * repository's `index`: the next backup need not save their blobs again. Gives how many there were.
 *
 * Only headers are read. Packs without a readable one are left alone. It only adds, so a non-exclusive lock will do: a pack
 * that a backup at work is about to list will be listed twice, which does no harm.
 */
export async function adoptPacks(
  repository: IndexedRepository,
  signal?: AbortSignal,
): Promise<{ packs: number; blobs: number }> {
  const unlisted = await findUnlisted(repository, signal);
  const adopted: IndexPack[] = [];
  const read = async (
    { name, sizeBytes }: { name: Id; sizeBytes: number },
    stop: AbortSignal,
  ): Promise<IndexPack | undefined> => {
    const blobs = await readPackHeader(repository, name, sizeBytes, stop);
    return blobs && { id: name, blobs };
  };
  const writer = new IndexWriter(repository, signal);
  for await (const pack of mapOrdered(unlisted, HEADERS_AT_A_TIME, read, signal)) {
    if (pack === undefined) continue;
    await writer.add(pack);
    adopted.push(pack);
  }
  await writer.finish();
  for (const { id, blobs } of adopted) repository.index.addPack(id, blobs);
  return { packs: adopted.length, blobs: countBlobs(adopted) };
}

const countBlobs = (packs: readonly { readonly blobs: readonly BlobEntry[] }[]): number =>
  packs.reduce((sum, { blobs }) => sum + blobs.length, 0);

/** Looks at the index files once more before it says so: another backup may have saved some since the index was loaded. */
async function findUnlisted(
  repository: IndexedRepository,
  signal?: AbortSignal,
): Promise<{ name: Id; sizeBytes: number }[]> {
  const { store, index } = repository;
  const unlisted = await Array.fromAsync(store.list('pack', signal));
  const isUnlisted = ({ name }: { name: Id }): boolean => !index.hasPack(name);
  if (!unlisted.some(isUnlisted)) return [];
  for await (const file of readIndexFiles(repository, signal)) {
    if (file.kind === 'read') index.addColumns(file.columns);
  }
  return unlisted.filter(isUnlisted);
}
