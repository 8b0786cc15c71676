import type { Id } from '@holdfast/restic-format';
import { sealersFor } from '../rewrite/sealers.ts';
import type { PackUse } from './pack-use.ts';

/** How far a prune goes. */
export interface PruneLimits {
  /**
   * Unused bytes that may stay, because rewriting packs for them is not worth it: bytes, or a percentage (below 100) of what
   * the repository is then. Default: 5 per cent, as restic.
   */
  readonly maxUnused?: { readonly bytes: number } | { readonly percent: number } | 'unlimited';
  /** Stops rewriting before it comes to so many bytes. Default: no limit. */
  readonly maxRepackBytes?: number;
  /**
   * Rewrites packs whose data is not compressed, and compresses it even where that saves nothing, so that it is done once;
   * trees are compressed in any case. Only in format version 2.
   */
  readonly repackUncompressed?: boolean;
  /**
   * Packs smaller than this are put together; more than half of what new packs are filled up to is taken for that half.
   * Default: as restic, by what the repository's packs are like.
   */
  readonly smallPackBytes?: number;
}

/** What becomes of the packs. Every pack is in one of the lists. */
export interface PackDecision {
  readonly keep: readonly Id[];
  /** Their used blobs are saved in new packs, then they go. */
  readonly rewrite: readonly Id[];
  /** Nothing in them is used. */
  readonly remove: readonly Id[];
  /** In the store, but in no index file. */
  readonly removeUnlisted: readonly Id[];
  /** In the index, but not in the store, and not needed. */
  readonly dropMissing: readonly Id[];
  /** In the index, but not in the store, and needed: nothing may be removed while there are any. */
  readonly missing: readonly Id[];
  /** Needed, and of another length than the index says: nothing may be removed while there are any. */
  readonly wrongSize: readonly Id[];
}

/** restic calls no pack small that has more than 80 % of this, or of what 97 % of the packs have. */
const USUAL_PACK_BYTES = 4 * 1024 * 1024;

/** Fewer small packs than this are not worth being put together; one alone would be rewritten for ever. */
const WORTH_MERGING = 10;

const DEFAULT_UNUSED = { percent: 5 };

/** What a decision must know of the repository besides its packs. */
export interface PackRules {
  readonly version: 1 | 2;
  /** What new packs are filled up to. */
  readonly packBytes: number;
}

/**
 * Decides by use alone, as restic does: `listed` are the packs in the store with their sizes.
 *
 * Once a decision is carried out, the same limits decide that there is nothing to do; except where `maxRepackBytes` stopped it,
 * or what was kept turns out to be more than its share of a repository that compression made smaller.
 */
export function decidePacks(
  packs: readonly PackUse[],
  listed: ReadonlyMap<Id, number>,
  limits: PruneLimits = {},
  rules: PackRules,
): PackDecision {
  const isThere = ({ pack }: PackUse): boolean => listed.has(pack);
  const isNeeded = ({ usedBlobs }: PackUse): boolean => usedBlobs > 0;
  const known = new Set(packs.map(({ pack }) => pack));
  const needed = packs.filter((use) => isNeeded(use) && isThere(use));
  const { keep, rewrite } = chooseRewrites(needed, limits, rules);
  return {
    keep: ids(keep),
    rewrite: ids(rewrite),
    remove: ids(packs.filter((use) => !isNeeded(use) && isThere(use))),
    removeUnlisted: [...listed.keys()].filter((pack) => !known.has(pack)),
    dropMissing: ids(packs.filter((use) => !isNeeded(use) && !isThere(use))),
    missing: ids(packs.filter((use) => isNeeded(use) && !isThere(use))),
    wrongSize: ids(needed.filter((use) => listed.get(use.pack) !== fileBytes(use))),
  };
}

function chooseRewrites(
  packs: readonly PackUse[],
  limits: PruneLimits,
  { version, packBytes }: PackRules,
): { keep: PackUse[]; rewrite: PackUse[] } {
  const { maxUnused = DEFAULT_UNUSED, maxRepackBytes = Number.POSITIVE_INFINITY } = limits;
  const smallBytes = Math.min(limits.smallPackBytes ?? smallPackBytes(packs), packBytes / 2);
  const isSmall = (use: PackUse): boolean => fileBytes(use) < smallBytes;
  const mustCompress = ({ kind, isUncompressed }: PackUse): boolean =>
    version === 2 && isUncompressed && (kind === 'tree' || limits.repackUncompressed === true);

  const isTidy = (use: PackUse): boolean =>
    use.unusedBlobs === 0 && use.kind !== 'mixed' && !mustCompress(use);
  const untidy = packs.filter((use) => !isTidy(use));
  const small = packs.filter((use) => isTidy(use) && isSmall(use));

  // Without headers: those change with every rewriting, and what may stay must not change with them.
  const usedBytes = packs.reduce((sum, use) => sum + use.usedBytes - use.headerBytes, 0);
  const allUnusedBytes = packs.reduce((sum, use) => sum + use.unusedBytes, 0);
  const allowedBytes = unusedAllowance(maxUnused, usedBytes);
  const choose = (candidates: readonly PackUse[]): Set<PackUse> => {
    const chosen = new Set<PackUse>();
    let unusedBytes = allUnusedBytes;
    let rewrittenBytes = 0;
    for (const use of candidates.toSorted((a, b) => compareCandidates(a, b, isSmall))) {
      const isPastLimit = rewrittenBytes + fileBytes(use) >= maxRepackBytes;
      const isWanted =
        use.kind !== 'data' || mustCompress(use) || isSmall(use) || unusedBytes >= allowedBytes;
      if (isPastLimit || !isWanted) continue;
      chosen.add(use);
      rewrittenBytes += fileBytes(use);
      unusedBytes -= use.unusedBytes;
    }
    return chosen;
  };

  const chosen = choose(untidy);
  // What is rewritten leaves small packs too: if the next prune would put them together with these, it is done now.
  const isWorthMerging = small.length + smallPacksLeftBy(chosen, packBytes) >= WORTH_MERGING;
  const rewrite = isWorthMerging ? choose([...untidy, ...small]) : chosen;
  return { keep: packs.filter((use) => !rewrite.has(use)), rewrite: [...rewrite] };
}

/** At most: one of each thread that seals data, and one of trees. */
function smallPacksLeftBy(rewrite: ReadonlySet<PackUse>, packBytes: number): number {
  if (rewrite.size === 0) return 0;
  const bytes = [...rewrite].reduce((sum, use) => sum + fileBytes(use), 0);
  return sealersFor(bytes, packBytes) + 1;
}

/** Packs with trees first, then small ones, then those with the most unused for the least used. */
function compareCandidates(a: PackUse, b: PackUse, isSmall: (use: PackUse) => boolean): number {
  const rank = (use: PackUse): number => (use.kind !== 'data' ? 0 : isSmall(use) ? 1 : 2);
  return rank(a) - rank(b) || b.unusedBytes * a.usedBytes - a.unusedBytes * b.usedBytes;
}

function unusedAllowance(maxUnused: NonNullable<PruneLimits['maxUnused']>, usedBytes: number): number {
  if (maxUnused === 'unlimited') return Number.POSITIVE_INFINITY;
  if ('bytes' in maxUnused) return maxUnused.bytes;
  const { percent } = maxUnused;
  if (!(percent >= 0 && percent < 100)) throw new RangeError(`not a percentage below 100: ${percent}`);
  return Math.floor((percent / (100 - percent)) * usedBytes);
}

function smallPackBytes(packs: readonly PackUse[]): number {
  const sizes = packs.map(fileBytes).sort((a, b) => a - b);
  const low = sizes[Math.floor((sizes.length * 3) / 100)] ?? 0;
  return (Math.max(USUAL_PACK_BYTES, low) * 4) / 5;
}

const fileBytes = ({ usedBytes, unusedBytes }: PackUse): number => usedBytes + unusedBytes;

const ids = (packs: readonly PackUse[]): Id[] => packs.map(({ pack }) => pack);
