import type { BlobEntry, Id } from '@holdfast/restic-format';
import type { WriteTarget } from '../workers/jobs.ts';

/** A blob wanted from a pack, and where its bytes go. */
export interface WantedBlob {
  readonly entry: BlobEntry;
  readonly targets: WriteTarget[];
}

/** One read of a pack: adjoining blobs, in the order they lie there. */
export interface PackRead {
  readonly pack: Id;
  readonly offset: number;
  readonly length: number;
  readonly blobs: readonly WantedBlob[];
}

/** Bytes nobody wants are read along when the gap is smaller: a read of its own costs more. */
const SMALL_GAP = 256 * 1024;

/** Most bytes of one read, unless a single blob is longer. */
const LONGEST_READ = 16 * 1024 * 1024;

/** The reads that give all `wanted` blobs of a pack. */
export function planReads(pack: Id, wanted: readonly WantedBlob[]): PackRead[] {
  const sorted = wanted.toSorted((a, b) => a.entry.offset - b.entry.offset);
  const reads: { offset: number; end: number; blobs: WantedBlob[] }[] = [];
  for (const blob of sorted) {
    const { offset, length } = blob.entry;
    const last = reads.at(-1);
    if (
      last !== undefined &&
      offset - last.end <= SMALL_GAP &&
      offset + length - last.offset <= LONGEST_READ
    ) {
      last.blobs.push(blob);
      last.end = Math.max(last.end, offset + length);
    } else {
      reads.push({ offset, end: offset + length, blobs: [blob] });
    }
  }
  return reads.map(({ offset, end, blobs }) => ({ pack, offset, length: end - offset, blobs }));
}
