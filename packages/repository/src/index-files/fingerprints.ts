import { toHex } from '@holdfast/kernel';
import type { Id, IndexColumns } from '@holdfast/restic-format';

/**
 * What an index file says of each pack, in two numbers that do not depend on the order of the blobs. Not for telling
 * forgeries: index files are authentic.
 */
export function* fingerprints(columns: IndexColumns): Generator<{ pack: Id; print: string }> {
  const packs = columns.packIds.length / 32;
  const sums = new Uint32Array(packs);
  const counts = new Uint32Array(packs);
  const words = new Uint32Array(columns.ids.buffer, columns.ids.byteOffset, columns.ids.length / 4);
  for (let row = 0; row < columns.pack.length; row++) {
    const pack = columns.pack[row] ?? 0;
    let mixed = (words[row * 8] ?? 0) ^ (columns.isTree[row] ?? 0);
    for (const part of [columns.offset[row], columns.length[row], columns.uncompressedLength[row]]) {
      mixed = Math.imul(mixed ^ (part ?? 0), 0x9e3779b1);
      mixed ^= mixed >>> 15;
    }
    sums[pack] = (sums[pack] ?? 0) + mixed;
    counts[pack] = (counts[pack] ?? 0) + 1;
  }
  for (let pack = 0; pack < packs; pack++) {
    yield {
      pack: toHex(columns.packIds.subarray(pack * 32, pack * 32 + 32)),
      print: `${counts[pack]}/${sums[pack]}`,
    };
  }
}
