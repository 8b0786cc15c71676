import { mapOrdered } from '@holdfast/kernel';
import type { IndexedRepository } from '../load-index.ts';
import type { Proof } from '../workers/jobs.ts';
import { type ContentTarget, chunksOf } from './content-writer.ts';

/** Files compared together. */
const BATCH_FILES = 64;

/**
 * Compares files on this machine with contents, byte for byte by the blobs' ids; in the order of `targets`. A file whose
 * blobs the repository does not know counts as different.
 */
export async function* proveContents<T extends ContentTarget>(
  repository: IndexedRepository,
  targets: readonly T[],
  signal?: AbortSignal,
): AsyncGenerator<{ readonly target: T; readonly proof: Proof }, void, undefined> {
  const { pool, index } = repository;
  const batches = Array.from({ length: Math.ceil(targets.length / BATCH_FILES) }, (_, at) =>
    targets.slice(at * BATCH_FILES, (at + 1) * BATCH_FILES),
  );
  const prove = async (batch: readonly T[]): Promise<readonly { target: T; proof: Proof }[]> => {
    const known = batch.map((target) => chunksOf(index, target.content));
    const files = batch.map((target, at) => ({ path: target.path, chunks: known[at]?.chunks ?? [] }));
    const proofs = await pool.run(pool.idlest, 'prove', { files });
    return batch.map((target, at) => {
      const isKnown = known[at]?.missing.length === 0;
      return { target, proof: isKnown ? (proofs[at] ?? 'differs') : 'differs' };
    });
  };
  for await (const proofs of mapOrdered(batches, Math.max(1, pool.size), prove, signal)) yield* proofs;
}
