import { type Failure, isFailure, mapOrdered } from '@holdfast/kernel';
import type { Id, IndexColumns } from '@holdfast/restic-format';
import type { IndexedRepository } from '../load-index.ts';

/** An index file as it is in the store now. */
export type ReadIndexFile =
  | { readonly kind: 'read'; readonly name: Id; readonly columns: IndexColumns }
  | { readonly kind: 'unreadable'; readonly name: Id; readonly failure: Failure };

/** restic, too, keeps index files well below this. */
const LIMIT_BYTES = 256 * 1024 * 1024;

/** Index files below this in all are read on the caller's thread: starting others takes longer. */
const WORTH_THREADS_BYTES = 4 * 1024 * 1024;

/** Two a thread, so that the next is there when one is done. */
const FILES_PER_THREAD = 2;

/**
 * Reads all index files, or those wanted, in the order of their names: unlike the repository's `index`, which has all they list together, this
 * tells which file lists what. A file that is removed meanwhile is left out. Fails when the store does.
 */
export async function* readIndexFiles(
  repository: IndexedRepository,
  signal?: AbortSignal,
  isWanted: (name: Id) => boolean = () => true,
): AsyncGenerator<ReadIndexFile, void, undefined> {
  const { store, pool } = repository;
  const listed = (await Array.fromAsync(store.list('index', signal))).filter(({ name }) => isWanted(name));
  listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  const totalBytes = listed.reduce((sum, file) => sum + file.sizeBytes, 0);
  const useThreads = totalBytes > WORTH_THREADS_BYTES;
  const read = async ({ name }: { name: Id }, stop: AbortSignal): Promise<ReadIndexFile | undefined> => {
    try {
      const bytes = await store.get({ kind: 'index', name }, { limitBytes: LIMIT_BYTES, signal: stop });
      const input = { id: name, sealed: bytes as Uint8Array<ArrayBuffer> };
      const columns = useThreads
        ? await pool.run(pool.idlest, 'parseIndex', input)
        : pool.runHere('parseIndex', input);
      return { kind: 'read', name, columns };
    } catch (error) {
      if (isFailure(error, 'store/missing')) return undefined;
      if (isFailure(error) && isAboutTheFile(error)) return { kind: 'unreadable', name, failure: error };
      throw error;
    }
  };
  const atATime = Math.max(1, pool.size) * FILES_PER_THREAD;
  for await (const file of mapOrdered(listed, atATime, read, signal)) if (file !== undefined) yield file;
}

/** True for what is wrong with this file's bytes, false for what is wrong with the whole store. */
export const isAboutTheFile = ({ code }: Failure): boolean =>
  !code.startsWith('store/') || code === 'store/too-large' || code === 'store/truncated';
