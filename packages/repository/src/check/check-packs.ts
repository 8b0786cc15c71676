import type { Id } from '@holdfast/restic-format';
import { blobsOf, isGapless, type PackGroups, packFileBytes } from '../index-table/pack-groups.ts';
import type { IndexedRepository } from '../load-index.ts';
import type { CheckEvent, Finding } from './finding.ts';

/** Compares the packs that are there with those the index lists; gives the sizes of those that are there. */
export async function* checkPacks(
  { store, index }: IndexedRepository,
  groups: PackGroups,
  signal?: AbortSignal,
): AsyncGenerator<CheckEvent, Map<Id, number>, undefined> {
  const sizes = new Map<Id, number>();
  for await (const { name, sizeBytes } of store.list('pack', signal)) sizes.set(name, sizeBytes);
  for (const [number, pack] of index.packs.entries()) {
    const sizeBytes = sizes.get(pack);
    const expectedBytes = packFileBytes(index, groups, number);
    const finding = (finding: Finding): CheckEvent => ({ kind: 'finding', finding });
    if (sizeBytes === undefined) {
      yield finding({ kind: 'pack-missing', pack, blobs: blobsOf(groups, number).length });
    } else if (sizeBytes !== expectedBytes) {
      yield finding({ kind: 'pack-size', pack, sizeBytes, expectedBytes });
    } else if (!isGapless(index, groups, number)) {
      yield finding({ kind: 'pack-gaps', pack });
    } else if (isMixed({ index }, groups, number)) {
      yield finding({ kind: 'pack-mixed', pack });
    }
  }
  for (const [pack, sizeBytes] of sizes) {
    if (!index.hasPack(pack)) yield { kind: 'finding', finding: { kind: 'pack-unlisted', pack, sizeBytes } };
  }
  const total = index.packs.length;
  yield { kind: 'progress', phase: 'packs', done: total, total, bytes: 0, totalBytes: 0 };
  return sizes;
}

function isMixed({ index }: Pick<IndexedRepository, 'index'>, groups: PackGroups, pack: number): boolean {
  const blobs = blobsOf(groups, pack);
  const [first] = blobs;
  return first !== undefined && blobs.some((blob) => index.isTree(blob) !== index.isTree(first));
}
