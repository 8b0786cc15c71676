import { isFailure, mapOrdered } from '@holdfast/kernel';
import type { BlobEntry, BlobType, Id } from '@holdfast/restic-format';
import { missingBlob } from '../failures.ts';
import { BlobIndex } from '../index-table/blob-index.ts';
import type { IndexedRepository } from '../load-index.ts';
import { BlobSaver } from '../save/blob-saver.ts';
import { openBlob } from '../workers/open-blob.ts';
import { sealersFor } from './sealers.ts';

/** Blobs of one pack that are to be in a new one. */
export interface BlobsToResave {
  readonly pack: Id;
  readonly entries: readonly BlobEntry[];
  /** Left out where they cannot be opened, here or elsewhere; any other that cannot is a failure. */
  readonly mayBeLost?: ReadonlySet<Id>;
}

/** How blobs are saved again. */
export interface ResaveOptions {
  /** About how many bytes there are: few are not shared out among many threads. Default: many. */
  readonly sealedBytes?: number;
  /** Compresses data too, even where that saves nothing; otherwise only where it does. */
  readonly alwaysCompress?: boolean;
  readonly signal?: AbortSignal;
}

/** Packs at once in memory, opened. */
const PACKS_AT_A_TIME = 2;

/**
 * Saves blobs again, in new packs, whether the index has them or not; of a blob that comes twice, once. Yields each pack
 * whose blobs are on their way; when it ends, all are proved and listed in index files.
 *
 * Where a blob is damaged, any other copy is taken. Fails with `repository/damaged` when there is none; new packs that are
 * proved by then are listed, and a prune will use or remove them.
 */
export async function* resaveBlobs(
  repository: IndexedRepository,
  packs: Iterable<BlobsToResave>,
  { sealedBytes = Number.POSITIVE_INFINITY, alwaysCompress = false, signal }: ResaveOptions = {},
): AsyncGenerator<Id, void, undefined> {
  // An index of its own: to the repository's, nothing of this is new.
  const index = new BlobIndex(seedFrom(repository));
  const sealers = sealersFor(sealedBytes, repository.packBytes);
  const saver = new BlobSaver({ ...repository, index }, { mostSealers: sealers, ...(signal && { signal }) });
  const compressing = alwaysCompress ? 'always' : undefined;
  let isFinished = false;
  const saved: { type: BlobType; id: Id }[] = [];
  try {
    const resave = async (blobs: BlobsToResave, stop: AbortSignal): Promise<Id> => {
      const opened = await openAll(repository, blobs, stop);
      await Promise.all(opened.map(({ type, plaintext }) => saver.saveBlob(type, plaintext, compressing)));
      for (const { type, id } of opened) saved.push({ type, id });
      return blobs.pack;
    };
    yield* mapOrdered(packs, PACKS_AT_A_TIME, resave, signal);
    await saver.finish();
    isFinished = true;
  } finally {
    // What has failed, or was left early, is known to the caller already.
    if (!isFinished) await saver.salvage().catch(() => undefined);
  }
  for (const { type, id } of saved) if (!index.has(type, id)) throw missingBlob(type, id);
}

interface OpenedBlob {
  readonly type: BlobType;
  readonly id: Id;
  readonly plaintext: Uint8Array;
}

async function openAll(
  repository: IndexedRepository,
  { pack, entries, mayBeLost }: BlobsToResave,
  signal: AbortSignal,
): Promise<OpenedBlob[]> {
  const stretch = await readStretch(repository, pack, entries, signal);
  const opened: OpenedBlob[] = [];
  for (const entry of entries) {
    const { type, id } = entry;
    const sealed = stretch?.(entry) ?? (await readRange(repository, pack, entry, signal));
    const here = sealed === undefined ? undefined : openBlob(repository.sealer, entry, sealed);
    if (here?.kind === 'opened') opened.push({ type, id, plaintext: here.plaintext });
    else if (mayBeLost?.has(id) !== true) {
      opened.push({ type, id, plaintext: await repository.blobs.loadBlob(type, id, signal) });
    }
  }
  return opened;
}

/** Reads from the first entry to the last in one go; nothing where the pack ends before. */
async function readStretch(
  repository: IndexedRepository,
  pack: Id,
  entries: readonly BlobEntry[],
  signal: AbortSignal,
): Promise<((entry: BlobEntry) => Uint8Array) | undefined> {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { offset, length } of entries) {
    from = Math.min(from, offset);
    to = Math.max(to, offset + length);
  }
  if (entries.length === 0) return undefined;
  const bytes = await readRange(repository, pack, { offset: from, length: to - from }, signal);
  return bytes && (({ offset, length }) => bytes.subarray(offset - from, offset - from + length));
}

/** Bytes of a pack; nothing where it is missing or ends before. */
export async function readRange(
  { store }: Pick<IndexedRepository, 'store'>,
  pack: Id,
  { offset, length }: { readonly offset: number; readonly length: number },
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  try {
    return await store.get({ kind: 'pack', name: pack }, { offset, length, ...(signal && { signal }) });
  } catch (error) {
    if (isFailure(error, 'store/missing') || isFailure(error, 'store/truncated')) return undefined;
    throw error;
  }
}

/** A seed for an index table, from the repository’s randomness. */
export function seedFrom({ random }: IndexedRepository): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}
