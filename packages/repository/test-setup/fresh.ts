import { systemClock } from '@holdfast/kernel';
import {
  type IndexedRepository,
  type LoadIndexOptions,
  loadIndex,
  type OpenRepository,
} from '@holdfast/repository';
import { type CheapOptions, cheapRepository } from '@holdfast/repository/testing';
import type { Id } from '@holdfast/restic-format';
import { MemoryStore, type Store } from '@holdfast/store';
import { seededRandom } from '@holdfast/testkit';

/** A new repository in memory, or in `store`. */
export function fresh(options: Partial<CheapOptions> & { store?: Store } = {}): Promise<OpenRepository> {
  const { store = new MemoryStore(), ...others } = options;
  return cheapRepository(store, { clock: systemClock, random: seededRandom(1), ...others });
}

/** A new repository that knows it has no blobs; works on the caller's thread unless told otherwise. */
export async function freshIndexed(
  options: Partial<CheapOptions> & { store?: Store } = {},
  load: LoadIndexOptions = {},
): Promise<IndexedRepository> {
  return loadIndex(await fresh(options), { threads: 0, ...load });
}

/** The file's content as its blobs say, one behind the other. */
export async function contentOf(repository: IndexedRepository, content: readonly Id[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const id of content) parts.push(await repository.blobs.loadBlob('data', id));
  return Buffer.concat(parts);
}

/** For `assert.rejects`: a failure of this code. */
export const withCode = (code: string): { readonly name: 'Failure'; readonly code: string } => ({
  name: 'Failure',
  code,
});
