import type { Id } from '@holdfast/restic-format';
import type { ContentTable } from './content-table.ts';

/** One read of a pack: adjoining blobs, in the order they lie there. */
export interface PackRead {
  readonly pack: Id;
  readonly offset: number;
  readonly length: number;
  /** Positions in the content table that these blobs are wanted for; those that want one blob lie together. */
  readonly positions: Uint32Array;
}

/** Bytes nobody wants are read along when the gap is smaller: a read of its own costs more. */
const SMALL_GAP = 256 * 1024;

/** Most bytes of one read, unless a single blob is longer: half a pack, so that no thread waits long for the last one. */
export const LONGEST_READ = 8 * 1024 * 1024;

/** Most positions of one read: that many small files are some ten milliseconds of work, and a message of 100 KB. */
const MOST_POSITIONS = 256;

/**
 * The reads that give all of these `files`: each pack once from its beginning to its end, the one that the first file
 * needs first, so that files are finished about in their order and few are unfinished at any time.
 */
export function* planReads(contents: ContentTable, files: Uint32Array): Generator<PackRead, void, undefined> {
  const { index } = contents;
  for (const { pack, positions } of byPack(contents, files)) {
    const offsetOf = (position: number): number => index.offsetOf(contents.blobAt(position));
    sortBy(positions, offsetOf);
    let first = 0;
    let offset = 0;
    let end = 0;
    const readUpTo = (last: number): PackRead => {
      const read = { pack, offset, length: end - offset, positions: positions.subarray(first, last) };
      first = last;
      return read;
    };
    for (const [at, position] of positions.entries()) {
      const begins = offsetOf(position);
      const ends = begins + index.sealedLengthOf(contents.blobAt(position));
      const isAway = begins - end > SMALL_GAP || ends - offset > LONGEST_READ || at - first >= MOST_POSITIONS;
      if (at > first && isAway) yield readUpTo(at);
      if (at === first) offset = begins;
      end = at === first ? ends : Math.max(end, ends);
    }
    if (first < positions.length) yield readUpTo(positions.length);
  }
}

function* byPack(
  contents: ContentTable,
  files: Uint32Array,
): Generator<{ pack: Id; positions: Uint32Array }, void, undefined> {
  const { index } = contents;
  const rankOf = new Int32Array(index.packs.length).fill(-1);
  const packs: number[] = [];
  const counts: number[] = [];
  for (const position of positionsOf(contents, files)) {
    const pack = index.packNumberOf(contents.blobAt(position));
    let rank = rankOf[pack] ?? -1;
    if (rank < 0) {
      rank = packs.push(pack) - 1;
      rankOf[pack] = rank;
      counts.push(0);
    }
    counts[rank] = (counts[rank] ?? 0) + 1;
  }
  const next = new Uint32Array(packs.length + 1);
  for (const [rank, count] of counts.entries()) next[rank + 1] = (next[rank] ?? 0) + count;
  const starts = next.slice();
  const ordered = new Uint32Array(starts.at(-1) ?? 0);
  for (const position of positionsOf(contents, files)) {
    const rank = rankOf[index.packNumberOf(contents.blobAt(position))] ?? 0;
    const at = next[rank] ?? 0;
    ordered[at] = position;
    next[rank] = at + 1;
  }
  for (const [rank, pack] of packs.entries()) {
    const positions = ordered.subarray(starts[rank], starts[rank + 1]);
    yield { pack: index.packs[pack] ?? '', positions };
  }
}

function* positionsOf(contents: ContentTable, files: Uint32Array): Generator<number, void, undefined> {
  for (const file of files) for (let at = contents.startOf(file); at < contents.endOf(file); at++) yield at;
}

/** Blobs mostly lie in packs as files need them, so there is hardly ever anything to do. */
function sortBy(positions: Uint32Array, offsetOf: (position: number) => number): void {
  for (let at = 1; at < positions.length; at++) {
    if (offsetOf(positions[at - 1] ?? 0) <= offsetOf(positions[at] ?? 0)) continue;
    positions.sort((a, b) => offsetOf(a) - offsetOf(b) || a - b);
    return;
  }
}
