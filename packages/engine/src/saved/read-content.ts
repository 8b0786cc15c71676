import type { ByteSource } from '@holdfast/kernel';
import type { BlobReader } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';

/** A file's bytes, a blob at a time. Fails as {@link BlobReader.loadBlob} does. */
export async function* readContent(
  blobs: Pick<BlobReader, 'loadBlob'>,
  content: readonly Id[],
  signal?: AbortSignal,
): ByteSource {
  for (const id of content) yield await blobs.loadBlob('data', id, signal);
}
