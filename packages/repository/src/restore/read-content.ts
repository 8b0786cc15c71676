import { createHash } from 'node:crypto';
import { type ByteSource, mapOrdered } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import type { BlobReader } from '../blob-reader.ts';

/** Blobs of one file that are held at once: the next is on its way while one is taken. */
const HELD_AT_ONCE = 2;

/**
 * The bytes of a file, by its blobs; each was compared with its id. However long the file, two blobs are held.
 *
 * Fails as `loadBlob` does, after what comes before.
 */
export const readContent = (
  { blobs }: { readonly blobs: Pick<BlobReader, 'loadBlob'> },
  ids: readonly Id[],
  signal?: AbortSignal,
): ByteSource => mapOrdered(ids, HELD_AT_ONCE, (id, reading) => blobs.loadBlob('data', id, reading), signal);

/**
 * SHA-256 of such a file, in hexadecimal digits. One of a single blob is not read for it: that is what the blob is named by. Fails as
 * `loadBlob` does.
 */
export async function hashContent(
  repository: { readonly blobs: Pick<BlobReader, 'loadBlob'> },
  ids: readonly Id[],
  signal?: AbortSignal,
): Promise<string> {
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) return only;
  const hash = createHash('sha256');
  for await (const bytes of readContent(repository, ids, signal)) hash.update(bytes);
  return hash.digest('hex');
}
