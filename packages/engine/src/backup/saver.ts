import type { ByteSource } from '@holdfast/kernel';
import type { BlobSaver, SavedContent } from '@holdfast/repository';
import { type BlobType, type Id, idOf } from '@holdfast/restic-format';

/** What a backup needs to save with. */
export type Saver = Pick<
  BlobSaver,
  'saveFile' | 'saveBlob' | 'saveStream' | 'finish' | 'salvage' | 'counts' | 'kept'
> & {
  /** No content is read: a file counts as what it was listed as. */
  readonly isPretending?: true;
};

/** Saves nothing and reads no content: a file that would be read counts as new in its whole size. */
export function dryRunSaver(): Saver {
  const saved = (sizeBytes: number): SavedContent => ({
    kind: 'saved',
    content: [],
    sizeBytes,
    newBytes: sizeBytes,
    facts: undefined,
  });
  return {
    isPretending: true,
    saveFile: async (_path: string, sizeBytes: number) => saved(sizeBytes),
    saveStream: async (_source: ByteSource) => saved(0),
    saveBlob: async (_type: BlobType, bytes: Uint8Array): Promise<Id> => idOf(bytes),
    finish: async () => {},
    salvage: async () => {},
    counts: { readBytes: 0, newBlobs: 0, newBytes: 0, newSealedBytes: 0 },
    kept: { storedPacks: 0, storedBytes: 0, verifiedBytes: 0, devicePacks: 0 },
  };
}
