import { type Id, idOf, type Node, SEAL_OVERHEAD, type Snapshot } from '@holdfast/restic-format';
import { missingBlob } from '../failures.ts';
import type { IndexedRepository } from '../load-index.ts';
import { findUsedBlobs } from '../trees/used-blobs.ts';
import { type WalkRoot, walkTrees } from '../trees/walk-trees.ts';
import { restoreSizes } from './restore-size.ts';

/** What is counted; names and meanings as restic's `stats --mode`. */
export type StatsMode =
  /** What restoring all the snapshots would write. */
  | 'restore-size'
  /** Files with the same content once. */
  | 'files-by-contents'
  /** Blobs as they are stored, each once. */
  | 'raw-data'
  /** Files with the same content once, and in each file each blob once. */
  | 'blobs-per-file';

/** Counts, as far as a mode has them. */
export interface Stats {
  readonly mode: StatsMode;
  readonly snapshots: number;
  /** Entries of any kind, as restic counts; 0 for `raw-data`. */
  readonly files: number;
  /** 0 but for `raw-data` and `blobs-per-file`. */
  readonly blobs: number;
  readonly bytes: number;
  /** How well blobs are compressed; only for `raw-data`, only in format version 2. */
  readonly compression?: {
    /** What the blobs would take were none of them compressed. */
    readonly uncompressedBytes: number;
    /** How many times smaller compressed blobs are than before; 1 when there are none. */
    readonly ratio: number;
    /** The share of `uncompressedBytes` that is compressed, 0 to 1. */
    readonly compressedShare: number;
    /** The share of `uncompressedBytes` that is saved, 0 to 1. */
    readonly saved: number;
  };
}

/** A snapshot to be counted. */
export interface CountedSnapshot {
  readonly id: Id;
  readonly snapshot: Pick<Snapshot, 'tree'>;
}

/** Counts what snapshots hold. Fails with `repository/missing-blob` and `repository/damaged` where one is not whole. */
export async function stats(
  repository: IndexedRepository,
  { mode = 'restore-size' }: { readonly mode?: StatsMode },
  snapshots: readonly CountedSnapshot[],
  signal?: AbortSignal,
): Promise<Stats> {
  const roots = snapshots.map(({ id, snapshot }) => ({ snapshot: id, tree: snapshot.tree }));
  const counts = { mode, snapshots: snapshots.length, files: 0, blobs: 0, bytes: 0 };
  switch (mode) {
    case 'restore-size':
      return { ...counts, ...(await restoreSizes(repository, roots, signal)) };
    case 'raw-data':
      return { ...counts, ...(await rawData(repository, roots, signal)) };
    case 'files-by-contents':
    case 'blobs-per-file':
      return { ...counts, ...(await byContents(repository, roots, mode, signal)) };
  }
}

async function rawData(
  repository: IndexedRepository,
  roots: readonly WalkRoot[],
  signal?: AbortSignal,
): Promise<Partial<Stats>> {
  const { index, config } = repository;
  const isUsed = await findUsedBlobs(repository, roots, signal);
  let blobs = 0;
  let bytes = 0;
  let uncompressedBytes = 0;
  const compressed = { bytes: 0, uncompressedBytes: 0 };
  for (const [blob, used] of isUsed.entries()) {
    if (used === 0) continue;
    const sealed = index.sealedLengthOf(blob);
    const uncompressed = index.plainLengthOf(blob) + SEAL_OVERHEAD;
    blobs += 1;
    bytes += sealed;
    uncompressedBytes += uncompressed;
    if (!index.isCompressed(blob)) continue;
    compressed.bytes += sealed;
    compressed.uncompressedBytes += uncompressed;
  }
  if (config.version === 1) return { blobs, bytes };
  const share = (part: number): number => (uncompressedBytes === 0 ? 0 : part / uncompressedBytes);
  const compression = {
    uncompressedBytes,
    ratio: compressed.bytes === 0 ? 1 : compressed.uncompressedBytes / compressed.bytes,
    compressedShare: share(compressed.uncompressedBytes),
    saved: share(uncompressedBytes - bytes),
  };
  return { blobs, bytes, compression };
}

/** A tree that occurs again holds no content that was not counted: each is looked at once. */
async function byContents(
  repository: IndexedRepository,
  roots: readonly WalkRoot[],
  mode: 'files-by-contents' | 'blobs-per-file',
  signal?: AbortSignal,
): Promise<Partial<Stats>> {
  const seen = new Set<Id>();
  const counter = mode === 'files-by-contents' ? new FileCounter() : new BlobCounter(repository);
  for await (const { path, outcome } of walkTrees(repository, roots, signal)) {
    if (outcome.kind === 'failed') throw outcome.failure;
    for (const node of outcome.nodes) {
      const content = contentId(node);
      if (seen.has(content)) continue;
      seen.add(content);
      counter.add(node, path);
    }
  }
  const { files, blobs, bytes } = counter;
  return { files, blobs, bytes };
}

/** Equal for nodes with the same content, that is, blobs in the same order. */
function contentId({ content = [] }: Node): Id {
  const [first = ''] = content;
  return content.length < 2 ? first : idOf(Buffer.from(content.join(''), 'latin1'));
}

class FileCounter {
  readonly blobs = 0;
  files = 0;
  bytes = 0;

  add({ size = 0 }: Node, _path: string): void {
    this.files += 1;
    this.bytes += size;
  }
}

/** As restic: a path that has different content in different snapshots counts as one file, and its blobs once. */
class BlobCounter {
  readonly #index: IndexedRepository['index'];
  readonly #paths = new Map<string, Set<Id>>();
  blobs = 0;
  bytes = 0;

  constructor({ index }: IndexedRepository) {
    this.#index = index;
  }

  get files(): number {
    return this.#paths.size;
  }

  add({ name, content = [] }: Node, path: string): void {
    if (content.length === 0) return;
    const blobs = this.#paths.getOrInsertComputed(`${path}/${name}`, () => new Set<Id>());
    for (const id of content) {
      if (blobs.has(id)) continue;
      blobs.add(id);
      const blob = this.#index.numberOf('data', id);
      if (blob < 0) throw missingBlob('data', id);
      this.blobs += 1;
      this.bytes += this.#index.plainLengthOf(blob);
    }
  }
}
