import { isFailure, toHex } from '@holdfast/kernel';
import {
  type BlobEntry,
  formatIndexFile,
  type Id,
  type IndexColumns,
  type IndexPack,
} from '@holdfast/restic-format';
import type { IndexedRepository } from '../load-index.ts';
import { readIndexFiles } from './read-index-files.ts';

/** What is to become different in the index. */
export interface IndexChange {
  /** Packs that no index file of now shall list any more. */
  readonly drop: ReadonlySet<Id>;
  /** Packs that a new one shall list; they may be among those dropped. */
  readonly add?: AsyncIterable<IndexPack> | Iterable<IndexPack>;
  /** Index files to be removed without a look: they cannot be read. */
  readonly obsolete?: readonly Id[];
}

/** Blobs an index file lists when it is full; restic has the same number. */
const FULL_BLOBS = 50_000;

/** Index files below this are put together when others have to be written anyway. */
const SMALL_BLOBS = 25_000;

/**
 * Brings the index files to list what they shall, each pack once. The new ones are all saved before the first old one is
 * removed: wherever it is interrupted, nothing is missing, and some packs may be listed twice.
 *
 * Nothing is written when nothing changes. Fails with the failure of an index file that cannot be read and is not obsolete.
 * The repository's `index` is not changed.
 */
export async function rewriteIndexes(
  repository: IndexedRepository,
  { drop, add, obsolete = [] }: IndexChange,
  signal?: AbortSignal,
): Promise<void> {
  const survey = await surveyFiles(repository, drop, new Set(obsolete), signal);
  const isWritten = add !== undefined || survey.files.some(({ isWrong }) => isWrong);
  const leaves = ({ isWrong, blobs }: OldFile): boolean => isWrong || (isWritten && blobs < SMALL_BLOBS);
  const leaving = new Set(survey.files.filter(leaves).map(({ name }) => name));
  const isListed = new Set<Id>();
  for (const [pack, name] of survey.firstListing) if (!leaving.has(name)) isListed.add(pack);

  const writer = new IndexWriter(repository, signal);
  for await (const pack of add ?? []) {
    isListed.add(pack.id);
    await writer.add(pack);
  }
  for await (const file of readIndexFiles(repository, signal, (name) => leaving.has(name))) {
    if (file.kind === 'unreadable') throw file.failure;
    for (const pack of packsOf(file.columns)) {
      if (drop.has(pack.id) || isListed.has(pack.id)) continue;
      isListed.add(pack.id);
      await writer.add(pack);
    }
  }
  await writer.finish();
  for (const name of [...leaving, ...obsolete]) {
    signal?.throwIfAborted();
    await removeIfThere(repository, name, signal);
  }
}

interface OldFile {
  readonly name: Id;
  readonly blobs: number;
  /** It lists a pack that is dropped, or that another lists already. */
  readonly isWrong: boolean;
}

async function surveyFiles(
  repository: IndexedRepository,
  drop: ReadonlySet<Id>,
  isObsolete: ReadonlySet<Id>,
  signal?: AbortSignal,
): Promise<{ files: OldFile[]; firstListing: Map<Id, Id> }> {
  const files: OldFile[] = [];
  const firstListing = new Map<Id, Id>();
  for await (const file of readIndexFiles(repository, signal, (name) => !isObsolete.has(name))) {
    if (file.kind === 'unreadable') throw file.failure;
    const { name, columns } = file;
    let isWrong = false;
    for (const pack of packIds(columns)) {
      if (drop.has(pack) || firstListing.has(pack)) isWrong = true;
      else firstListing.set(pack, name);
    }
    files.push({ name, blobs: columns.pack.length, isWrong });
  }
  return { files, firstListing };
}

/** Collects packs and saves an index file whenever one is full; what is left, with `finish`. */
export class IndexWriter {
  readonly #repository: IndexedRepository;
  readonly #signal: AbortSignal | undefined;
  #packs: IndexPack[] = [];
  #blobs = 0;

  constructor(repository: IndexedRepository, signal?: AbortSignal) {
    this.#repository = repository;
    this.#signal = signal;
  }

  async add(pack: IndexPack): Promise<void> {
    this.#packs.push(pack);
    this.#blobs += pack.blobs.length;
    if (this.#blobs >= FULL_BLOBS) await this.finish();
  }

  async finish(): Promise<void> {
    if (this.#packs.length === 0) return;
    this.#signal?.throwIfAborted();
    const json = formatIndexFile({ supersedes: [], packs: this.#packs });
    this.#packs = [];
    this.#blobs = 0;
    await this.#repository.files.save('index', json, this.#signal);
  }
}

function* packIds({ packIds: ids }: IndexColumns): Generator<Id> {
  for (let at = 0; at < ids.length; at += 32) yield toHex(ids.subarray(at, at + 32));
}

/** The packs of an index file; one that is in it twice comes twice. */
function packsOf(columns: IndexColumns): IndexPack[] {
  const packs = Array.from(packIds(columns), (id) => ({ id, blobs: [] as BlobEntry[] }));
  for (let row = 0; row < columns.pack.length; row++) {
    const uncompressedLength = columns.uncompressedLength[row] ?? 0;
    packs[columns.pack[row] ?? 0]?.blobs.push({
      id: toHex(columns.ids.subarray(row * 32, row * 32 + 32)),
      type: columns.isTree[row] === 1 ? 'tree' : 'data',
      offset: columns.offset[row] ?? 0,
      length: columns.length[row] ?? 0,
      ...(uncompressedLength > 0 && { uncompressedLength }),
    });
  }
  return packs;
}

async function removeIfThere(repository: IndexedRepository, name: Id, signal?: AbortSignal): Promise<void> {
  try {
    await repository.files.remove('index', name, signal);
  } catch (error) {
    if (!isFailure(error, 'store/missing')) throw error;
  }
}
