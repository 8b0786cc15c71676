import { createHash } from 'node:crypto';
import type { Reading } from '@holdfast/contents';
import type { IndexedRepository } from '@holdfast/repository';
import { formatSnapshot, type Id } from '@holdfast/restic-format';
import { type LargeBackup, makeLargeBackup } from './large-backup.ts';

const idOf = (text: string | Uint8Array): Id => createHash('sha256').update(text).digest('hex');

/**
 * A backup that is in no repository: what reads one for `Contents` is given its trees and records as they are asked for. Its pictures cannot be read.
 */
export async function largeBackup(sizes: LargeBackup): Promise<{
  readonly snapshot: Id;
  readonly read: (signal: AbortSignal) => Promise<Reading>;
}> {
  const blobs = new Map<Id, Uint8Array>();
  const { snapshot } = await makeLargeBackup(sizes, {
    async saveBlob(type, bytes) {
      const id = idOf(Buffer.concat([Buffer.from(type), bytes]));
      blobs.set(id, bytes);
      return id;
    },
    savePhoto: async (place, name) => ({ content: [idOf(name)], size: 3_000_000 + place }),
  });
  const file = formatSnapshot(snapshot);
  const repository = {
    files: { load: async () => file },
    index: { has: () => true },
    blobs: { loadBlob: async (_type: string, id: Id) => blobs.get(id) ?? new Uint8Array() },
  };
  return {
    snapshot: idOf('large'),
    read: async (signal) => ({
      // As much of a repository as the contents of a backup are read from.
      repository: repository as unknown as IndexedRepository,
      signal,
      [Symbol.asyncDispose]: async () => {},
    }),
  };
}
