import { missingBlob } from '../failures.ts';
import { type TreeHome, type WalkRoot, walkTrees } from './walk-trees.ts';

/**
 * Marks every blob that the roots need: 1 at the number of its first place in the index.
 *
 * Fails with `repository/missing-blob` or `repository/damaged` as soon as one is not there or a tree cannot be read: what
 * else is in use is then not known.
 */
export async function findUsedBlobs(
  home: TreeHome,
  roots: Iterable<WalkRoot>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { index } = home;
  const isUsed = new Uint8Array(index.blobCount);
  for await (const { id, outcome } of walkTrees(home, roots, signal)) {
    if (outcome.kind === 'failed') throw outcome.failure;
    isUsed[index.numberOf('tree', id)] = 1;
    for (const { content } of outcome.nodes) {
      if (content === undefined) continue;
      for (const blob of content) {
        const number = index.numberOf('data', blob);
        if (number < 0) throw missingBlob('data', blob);
        isUsed[number] = 1;
      }
    }
  }
  return isUsed;
}
