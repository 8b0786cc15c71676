import {
  type BlobEntry,
  COMPRESSED_ENTRY_SIZE,
  HEADER_LENGTH_SIZE,
  PLAIN_ENTRY_SIZE,
  SEAL_OVERHEAD,
} from '@holdfast/restic-format';
import type { BlobIndex } from './blob-index.ts';

/** The blobs of every pack, by number: eight bytes a blob, where objects would take two hundred. */
export interface PackGroups {
  /** Blob numbers, pack after pack; those of one pack in the order they lie there. */
  readonly blobs: Uint32Array;
  /** By pack number, where in `blobs` its own begin; one more at the end. */
  readonly starts: Uint32Array;
}

/** What every pack has besides its blobs and their header entries. */
const FIXED_BYTES = SEAL_OVERHEAD + HEADER_LENGTH_SIZE;

/** Sorts the index's blobs by pack and place. */
export function groupByPack(index: BlobIndex): PackGroups {
  const starts = new Uint32Array(index.packs.length + 1);
  const count = index.blobCount;
  for (let blob = 0; blob < count; blob++) increase(starts, index.packNumberOf(blob) + 1);
  for (let pack = 1; pack < starts.length; pack++)
    starts[pack] = (starts[pack] ?? 0) + (starts[pack - 1] ?? 0);
  const next = starts.slice();
  const blobs = new Uint32Array(count);
  for (let blob = 0; blob < count; blob++) {
    const pack = index.packNumberOf(blob);
    blobs[next[pack] ?? 0] = blob;
    increase(next, pack);
  }
  for (let pack = 0; pack + 1 < starts.length; pack++) sortByOffset(index, blobsOf({ blobs, starts }, pack));
  return { blobs, starts };
}

/** The numbers of a pack's blobs, in the order they lie there. A view. */
export function blobsOf({ blobs, starts }: PackGroups, pack: number): Uint32Array {
  return blobs.subarray(starts[pack], starts[pack + 1]);
}

/** A pack's blobs as its header lists them. */
export function entriesOf(index: BlobIndex, groups: PackGroups, pack: number): BlobEntry[] {
  return Array.from(blobsOf(groups, pack), (blob) => index.entryOf(blob));
}

/** How long the pack's file must be by what the index lists. */
export function packFileBytes(index: BlobIndex, groups: PackGroups, pack: number): number {
  let bytes = FIXED_BYTES;
  for (const blob of blobsOf(groups, pack)) {
    bytes += index.sealedLengthOf(blob) + headerEntryBytes(index, blob);
  }
  return bytes;
}

/** Bytes of a pack's header that a blob takes. */
function headerEntryBytes(index: BlobIndex, blob: number): number {
  return index.isCompressed(blob) ? COMPRESSED_ENTRY_SIZE : PLAIN_ENTRY_SIZE;
}

/** True when the pack's blobs lie one behind the other, from its beginning on. */
export function isGapless(index: BlobIndex, groups: PackGroups, pack: number): boolean {
  let end = 0;
  for (const blob of blobsOf(groups, pack)) {
    if (index.offsetOf(blob) !== end) return false;
    end += index.sealedLengthOf(blob);
  }
  return true;
}

/** How long the file of a pack with these blobs is. */
export function fileBytesOf(entries: readonly BlobEntry[]): number {
  return entries.reduce(
    (sum, { length, uncompressedLength }) =>
      sum + length + (uncompressedLength === undefined ? PLAIN_ENTRY_SIZE : COMPRESSED_ENTRY_SIZE),
    FIXED_BYTES,
  );
}

function increase(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

/** Index files list blobs as they lie, so there is hardly ever anything to do. */
function sortByOffset(index: BlobIndex, blobs: Uint32Array): void {
  for (let at = 1; at < blobs.length; at++) {
    if (index.offsetOf(blobs[at - 1] ?? 0) > index.offsetOf(blobs[at] ?? 0)) {
      blobs.sort((a, b) => index.offsetOf(a) - index.offsetOf(b));
      return;
    }
  }
}
