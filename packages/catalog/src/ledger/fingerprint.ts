import type { ListedEntry } from './entries.ts';

/**
 * A short text that is the same for two listings when names, kinds, sizes, times and problems are, in whatever order: 64 bits
 * and the count. No defence against somebody who wants two to agree: a device that lies about its own files needs no such art.
 */
export function fingerprint(entries: Iterable<ListedEntry>): string {
  let count = 0;
  let sumA = 0;
  let sumB = 0;
  for (const { name, kind, sizeBytes = 0, mtimeNs = 0n, isMade = false, problem } of entries) {
    let a = textHash(name, 0x811c9dc5);
    a = textHash(kind, a);
    if (problem !== undefined) a = textHash(`${problem.reason}/${problem.detail ?? ''}`, a);
    // What a made file says of itself is an estimate and the time of looking; its records are compared one by one.
    if (!isMade) {
      a = Math.imul(a ^ (sizeBytes | 0), 0x85ebca6b);
      a = Math.imul(a ^ (sizeBytes / 0x1_0000_0000), 0xc2b2ae35) ^ (a >>> 15);
      a = Math.imul(a ^ Number(BigInt.asIntN(32, mtimeNs)), 0x27d4eb2f) ^ (a >>> 13);
    }
    const upper = isMade ? 1 : Number(mtimeNs) / 0x1_0000_0000;
    let b = Math.imul(textHash(name, 0x9e3779b9) ^ upper ^ a, 0x165667b1);
    a = Math.imul(a ^ (a >>> 16), 0x7feb352d);
    b = Math.imul(b ^ (b >>> 15), 0x846ca68b);
    // Sums, so that the order does not matter.
    sumA = (sumA + (a ^ (a >>> 15))) >>> 0;
    sumB = (sumB + (b ^ (b >>> 16))) >>> 0;
    count += 1;
  }
  return `${count}-${sumA.toString(16)}-${sumB.toString(16)}`;
}

/** FNV-1a over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/). */
function textHash(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
