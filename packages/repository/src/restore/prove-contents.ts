import { mapOrdered } from '@holdfast/kernel';
import type { IndexedRepository } from '../load-index.ts';
import type { Proof } from '../workers/jobs.ts';
import type { ContentTable } from './content-table.ts';

/** Files compared together. */
const BATCH_FILES = 64;

/**
 * Compares files on this machine with contents, byte for byte by the blobs' ids; all files of `contents`, in order. A file
 * whose blobs the repository does not know counts as different.
 */
export async function* proveContents(
  { pool }: Pick<IndexedRepository, 'pool'>,
  contents: ContentTable,
  pathOf: (file: number) => string,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly file: number; readonly proof: Proof }, void, undefined> {
  const prove = async (files: readonly number[]): Promise<readonly { file: number; proof: Proof }[]> => {
    const targets = files.map((file) => ({ path: pathOf(file), chunks: contents.chunksOf(file) }));
    const proofs = await pool.run(pool.idlest, 'prove', { files: targets });
    return files.map((file, at) => {
      const isKnown = contents.missingOf(file).length === 0;
      return { file, proof: isKnown ? (proofs[at] ?? 'differs') : 'differs' };
    });
  };
  const batches = batchesOf(contents.count);
  for await (const proofs of mapOrdered(batches, Math.max(1, pool.size) * 2, prove, signal)) yield* proofs;
}

function* batchesOf(count: number): Generator<number[], void, undefined> {
  for (let first = 0; first < count; first += BATCH_FILES) {
    const size = Math.min(BATCH_FILES, count - first);
    yield Array.from({ length: size }, (_, at) => first + at);
  }
}
