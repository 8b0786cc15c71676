import { isFailure } from '@holdfast/kernel';
import type { Id, IndexColumns } from '@holdfast/restic-format';
import type { Store } from '@holdfast/store';
import { BlobReader } from './blob-reader.ts';
import { isAboutTheFile } from './index-files/read-index-files.ts';
import { BlobIndex } from './index-table/blob-index.ts';
import type { OpenRepository } from './repository.ts';
import { WorkerPool } from './workers/pool.ts';

/** A repository that knows its blobs. It owns worker threads: dispose of it. */
export interface IndexedRepository extends OpenRepository, AsyncDisposable {
  readonly index: BlobIndex;
  readonly blobs: BlobReader;
  readonly pool: WorkerPool;
  /** What new packs are filled up to. */
  readonly packBytes: number;
  /** Index files that could not be read, each with its failure; their blobs are missing from `index`. */
  readonly unreadableIndexes: readonly { readonly name: Id; readonly error: unknown }[];
}

/** restic's default since 0.14: small enough to be sent again, large enough that files are few. */
const PACK_BYTES = 16 * 1024 * 1024;

/** Index files below this in all are read on the caller's thread: starting others takes longer. */
const WORTH_THREADS_BYTES = 8 * 1024 * 1024;

const INDEX_LIMIT_BYTES = 256 * 1024 * 1024;

/** How an index is read, and what saving into it will do. */
export interface LoadIndexOptions {
  /** Worker threads; default: as many as there are processors, at most 8. 0: everything on the caller's thread. */
  readonly threads?: number;
  /** How large the packs saved with it become, about; default 16 MiB. */
  readonly packBytes?: number;
  /** Go on without index files that are damaged, and list them; otherwise they fail the call. */
  readonly tolerate?: boolean;
  /** Leave out what lies in packs that the store does not have, so that it is saved again. Their names are listed for it, once. */
  readonly storedOnly?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Reads all index files. Fails with `repository/damaged` when one is; packs no index file lists are not known. One that is
 * removed meanwhile is left out.
 *
 * One million blobs take about 85 MB.
 */
export async function loadIndex(
  repository: OpenRepository,
  options: LoadIndexOptions = {},
): Promise<IndexedRepository> {
  const { threads, packBytes = PACK_BYTES, tolerate = false, storedOnly = false, signal } = options;
  const { store, random, config, masterKey } = repository;
  const pool = new WorkerPool({ key: masterKey, version: config.version, packBytes }, random, threads);
  try {
    const index = new BlobIndex(new DataView(random(4).slice().buffer).getUint32(0));
    const unreadableIndexes: { name: Id; error: unknown }[] = [];
    const listed = await Array.fromAsync(store.list('index', signal));
    // After the index files are listed: a pack is stored before an index file lists it, so those of others at work are there.
    const listing = storedOnly ? packNames(store, signal) : undefined;
    listing?.catch(() => {});
    const totalBytes = listed.reduce((sum, file) => sum + file.sizeBytes, 0);
    const useThreads = totalBytes > WORTH_THREADS_BYTES;
    const read = async (name: Id, member: number): Promise<IndexColumns> => {
      const bytes = await store.get(
        { kind: 'index', name },
        { limitBytes: INDEX_LIMIT_BYTES, ...(signal && { signal }) },
      );
      const input = { id: name, sealed: bytes as Uint8Array<ArrayBuffer> };
      return useThreads ? pool.run(member, 'parseIndex', input) : pool.runHere('parseIndex', input);
    };
    const queue = listed.values();
    const takeTurns = async (member: number): Promise<void> => {
      for (const { name } of queue) {
        signal?.throwIfAborted();
        try {
          const columns = await read(name, member);
          const stored = await listing;
          index.addColumns(columns, stored && ((pack) => stored.has(pack)));
        } catch (error) {
          // Whoever put its blobs into others has removed it meanwhile.
          if (isFailure(error, 'store/missing')) continue;
          if (!tolerate || !isFailure(error) || !isAboutTheFile(error)) throw error;
          unreadableIndexes.push({ name, error });
        }
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, pool.size) * 2 }, (_, member) => takeTurns(member)));
    const blobs = new BlobReader(store, index, repository.sealer);
    return {
      ...repository,
      index,
      blobs,
      pool,
      packBytes,
      unreadableIndexes,
      [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
    };
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw error;
  }
}

/** The names of all index files there are now, as one text to compare; no name is ever used again. */
export async function indexFilesNow(
  { files }: Pick<OpenRepository, 'files'>,
  signal: AbortSignal,
): Promise<string> {
  const listed = await Array.fromAsync(files.list('index', signal));
  return listed
    .map(({ name }) => name)
    .sort()
    .join();
}

/** Packs that index files list and the store does not have, as long as nobody removes any meanwhile. */
export async function packsGone(
  { store, index }: Pick<IndexedRepository, 'store' | 'index'>,
  signal?: AbortSignal,
): Promise<readonly Id[]> {
  const stored = await packNames(store, signal);
  return index.packs.filter((pack) => !stored.has(pack));
}

async function packNames(store: Store, signal: AbortSignal | undefined): Promise<ReadonlySet<Id>> {
  if (store.packNames !== undefined) return store.packNames(signal);
  const names = new Set<Id>();
  for await (const { name } of store.list('pack', signal)) names.add(name);
  return names;
}
