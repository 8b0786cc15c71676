import { toHex } from '@holdfast/kernel';
import type { BlobEntry, BlobType } from '@holdfast/restic-format';
import fc from 'fast-check';

/** Any id. */
export const ids: fc.Arbitrary<string> = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);

/** Up to six blobs one after another, as a pack holds them. */
export const blobEntries: fc.Arbitrary<BlobEntry[]> = fc
  .array(
    fc.record(
      {
        id: ids,
        type: fc.constantFrom<BlobType>('data', 'tree'),
        length: fc.integer({ min: 32, max: 2 ** 24 }),
        uncompressedLength: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      },
      { requiredKeys: ['id', 'type', 'length'], noNullPrototype: true },
    ),
    { maxLength: 6 },
  )
  .map((blobs) => {
    let end = 0;
    return blobs.map((blob): BlobEntry => ({ ...blob, offset: (end += blob.length) - blob.length }));
  });
