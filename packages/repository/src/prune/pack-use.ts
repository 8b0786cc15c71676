import type { Id } from '@holdfast/restic-format';
import type { BlobIndex } from '../index-table/blob-index.ts';
import { blobsOf, type PackGroups, packFileBytes } from '../index-table/pack-groups.ts';

/** How much of a pack is in use. Used and unused bytes together are its file. */
export interface PackUse {
  readonly pack: Id;
  readonly kind: 'data' | 'tree' | 'mixed';
  readonly usedBlobs: number;
  /** Sealed, and the pack's header, as restic counts. */
  readonly usedBytes: number;
  /** Of the used, the pack's header and what is around it. */
  readonly headerBytes: number;
  /** Nothing needs them, or another copy of theirs is the one that is kept. */
  readonly unusedBlobs: number;
  readonly unusedBytes: number;
  /** Of the unused, those of which another copy is kept. */
  readonly duplicateBlobs: number;
  readonly duplicateBytes: number;
  /** It holds blobs that are not compressed, and could be: nothing, as a blob, never is. */
  readonly isUncompressed: boolean;
}

/** What a survey of the packs is made from. */
export interface UseInput {
  readonly index: BlobIndex;
  readonly groups: PackGroups;
  /** By blob number: the number of the blob's first place. */
  readonly firsts: Uint32Array;
  /** 1 at the first place of each blob that something needs. */
  readonly isUsed: Uint8Array;
}

type Draft = { -readonly [Field in keyof PackUse]: PackUse[Field] };

/**
 * Tells of every pack, in the index's order, how much of it is in use. Of a blob that is there several times one copy
 * counts as used, as restic chooses it: in a pack that has other used blobs, or nothing but such copies (an interrupted
 * prune leaves those); else the last.
 */
export function surveyUse(input: UseInput): PackUse[] {
  const copies = countCopies(input);
  const packs = input.index.packs.map((_, pack) => classify(input, copies, pack));
  chooseCopies(input, copies, packs);
  return packs;
}

/** The first place of every blob of the index, by blob number. */
export function firstPlaces(index: BlobIndex): Uint32Array {
  const firsts = new Uint32Array(index.blobCount);
  for (let blob = 0; blob < firsts.length; blob++) firsts[blob] = index.firstOf(blob);
  return firsts;
}

/** By first place: how often a used blob is there; 0 for one that nothing uses. */
function countCopies({ firsts, isUsed }: UseInput): Uint32Array {
  const copies = new Uint32Array(firsts.length);
  for (const first of firsts) if (isUsed[first] === 1) copies[first] = (copies[first] ?? 0) + 1;
  return copies;
}

/** Counts what is used once and what nothing uses; duplicates count as unused until a copy is chosen. */
function classify({ index, groups, firsts }: UseInput, copies: Uint32Array, pack: number): Draft {
  const blobs = blobsOf(groups, pack);
  const fileBytes = packFileBytes(index, groups, pack);
  const sealedBytes = blobs.reduce((sum, blob) => sum + index.sealedLengthOf(blob), 0);
  const draft: Draft = {
    pack: index.packs[pack] ?? '',
    kind: kindOf(index, blobs),
    usedBlobs: 0,
    usedBytes: fileBytes,
    headerBytes: fileBytes - sealedBytes,
    unusedBlobs: 0,
    unusedBytes: 0,
    duplicateBlobs: 0,
    duplicateBytes: 0,
    isUncompressed: blobs.some((blob) => !index.isCompressed(blob) && index.plainLengthOf(blob) > 0),
  };
  for (const blob of blobs) {
    const count = copies[firsts[blob] ?? 0] ?? 0;
    draft.usedBlobs += 1;
    if (count !== 1) move(draft, index.sealedLengthOf(blob), -1, count > 1);
  }
  return draft;
}

function chooseCopies({ index, groups, firsts }: UseInput, copies: Uint32Array, packs: Draft[]): void {
  const left = copies.slice();
  for (const [pack, draft] of packs.entries()) {
    if (draft.duplicateBlobs === 0) continue;
    const isOnlyDuplicates = draft.duplicateBlobs === blobsOf(groups, pack).length;
    for (const blob of blobsOf(groups, pack)) {
      const first = firsts[blob] ?? 0;
      const copiesLeft = left[first] ?? 0;
      if ((copies[first] ?? 0) < 2 || copiesLeft === 0) continue;
      left[first] = copiesLeft - 1;
      if (draft.usedBlobs === 0 && !isOnlyDuplicates && copiesLeft > 1) continue;
      left[first] = 0;
      move(draft, index.sealedLengthOf(blob), 1, true);
    }
  }
}

/** Makes a blob used (1) or unused (-1). */
function move(draft: Draft, bytes: number, to: 1 | -1, isDuplicate: boolean): void {
  draft.usedBlobs += to;
  draft.usedBytes += to * bytes;
  draft.unusedBlobs -= to;
  draft.unusedBytes -= to * bytes;
  if (!isDuplicate) return;
  draft.duplicateBlobs -= to;
  draft.duplicateBytes -= to * bytes;
}

function kindOf(index: BlobIndex, blobs: Uint32Array): PackUse['kind'] {
  const trees = blobs.reduce((sum, blob) => sum + (index.isTree(blob) ? 1 : 0), 0);
  if (trees === 0) return 'data';
  return trees === blobs.length ? 'tree' : 'mixed';
}
