import { type Id, shortId } from '@holdfast/restic-format';
import { damaged, missingPacks, noCompression } from '../failures.ts';
import { readIndexFiles } from '../index-files/read-index-files.ts';
import { blobsOf, groupByPack } from '../index-table/pack-groups.ts';
import type { IndexedRepository } from '../load-index.ts';
import { filesNow, type MadeFrom } from '../made-from.ts';
import { listSnapshots } from '../snapshots.ts';
import { findUsedBlobs } from '../trees/used-blobs.ts';
import { decidePacks, type PackDecision, type PruneLimits } from './decide-packs.ts';
import { firstPlaces, type PackUse, surveyUse, type UseInput } from './pack-use.ts';

/** A pack whose used blobs move to a new one. */
export interface PackRewrite {
  readonly pack: Id;
  readonly sizeBytes: number;
  /** Where in the pack the blobs to be saved again begin; what another pack keeps is not among them. */
  readonly offsets: Uint32Array;
}

/** So many blobs, and what they take in packs. */
export interface BlobTotal {
  readonly blobs: number;
  readonly bytes: number;
}

/** What a prune would do, as data. */
export interface PrunePlan {
  readonly madeFrom: MadeFrom;
  /** Packs that stay. */
  readonly keep: readonly Id[];
  readonly rewrite: readonly PackRewrite[];
  /** Data that is rewritten is compressed even where that saves nothing. */
  readonly alwaysCompress: boolean;
  /** Packs with nothing in them that is used. */
  readonly remove: readonly Id[];
  /** Packs in no index file: what was interrupted left them. */
  readonly removeUnlisted: readonly Id[];
  /** Packs that index files list although they are gone; nothing needs them. */
  readonly dropMissing: readonly Id[];
  /** What snapshots need. */
  readonly used: BlobTotal;
  /** Further copies of it. */
  readonly duplicate: BlobTotal;
  /** What nothing needs. */
  readonly unused: BlobTotal;
  /** How much smaller the store gets, but for what compression changes. */
  readonly freedBytes: number;
  /** What nothing needs and stays: not worth rewriting packs for. */
  readonly unusedAfterBytes: number;
}

/**
 * Finds out what can go: walks the trees of all snapshots, and decides as restic does which packs to keep, to rewrite and to
 * remove. Changes nothing but the repository's index, which it brings up to date; an empty list everywhere means there is
 * nothing to do.
 *
 * It refuses where something is not as it should be, since what it would remove may then be all that is left of it:
 * `repository/damaged` (an index file, a snapshot, a tree, a pack of the wrong size), `repository/missing-blob`,
 * `repository/missing-pack`; `repository/no-compression` for limits that ask for compression in format version 1.
 *
 * The caller holds an exclusive lock until the plan is carried out or dropped.
 */
export async function planPrune(
  repository: IndexedRepository,
  limits: PruneLimits = {},
  signal?: AbortSignal,
): Promise<PrunePlan> {
  const { store, index, config, packBytes } = repository;
  if (config.version === 1 && limits.repackUncompressed === true) throw noCompression();
  const madeFrom = await filesNow(repository, signal);
  await refreshIndex(repository, signal);
  const { entries } = await listSnapshots(repository, signal === undefined ? {} : { signal });
  const roots = entries.map(({ id, snapshot }) => ({ snapshot: id, tree: snapshot.tree }));
  const isUsed = await findUsedBlobs(repository, roots, signal);
  const listed = new Map<Id, number>();
  for await (const { name, sizeBytes } of store.list('pack', signal)) listed.set(name, sizeBytes);

  const input: UseInput = { index, groups: groupByPack(index), firsts: firstPlaces(index), isUsed };
  const uses = surveyUse(input);
  const decision = decidePacks(uses, listed, limits, { version: config.version, packBytes });
  const { missing, wrongSize, ...lists } = decision;
  if (missing.length > 0) throw missingPacks(missing);
  const [wrong] = wrongSize;
  if (wrong !== undefined) throw damaged(`pack ${shortId(wrong)}`, 'holdfast repair index');
  return {
    madeFrom,
    ...lists,
    rewrite: planRewrites(input, decision, listed),
    alwaysCompress: limits.repackUncompressed === true,
    ...totals(uses, decision, listed),
  };
}

/** Nothing may be planned by an index that is not whole: what it does not list would be taken for left over. */
async function refreshIndex(repository: IndexedRepository, signal?: AbortSignal): Promise<void> {
  for await (const file of readIndexFiles(repository, signal)) {
    if (file.kind === 'unreadable') throw file.failure;
    repository.index.addColumns(file.columns);
  }
}

/** A blob is saved again once, and not at all where a pack that stays has it too. */
function planRewrites(
  { index, groups, firsts, isUsed }: UseInput,
  { keep, rewrite }: PackDecision,
  listed: ReadonlyMap<Id, number>,
): PackRewrite[] {
  const numbers = new Map(index.packs.map((pack, number) => [pack, number]));
  const blobsIn = (pack: Id): Uint32Array => blobsOf(groups, numbers.get(pack) ?? 0);
  const isSafe = new Uint8Array(firsts.length);
  if (rewrite.length > 0) {
    for (const pack of keep) for (const blob of blobsIn(pack)) isSafe[firsts[blob] ?? 0] = 1;
  }
  return rewrite.map((pack) => {
    const offsets: number[] = [];
    for (const blob of blobsIn(pack)) {
      const first = firsts[blob] ?? 0;
      if (isUsed[first] !== 1 || isSafe[first] === 1) continue;
      isSafe[first] = 1;
      offsets.push(index.offsetOf(blob));
    }
    return { pack, sizeBytes: listed.get(pack) ?? 0, offsets: Uint32Array.from(offsets) };
  });
}

function totals(
  uses: readonly PackUse[],
  { keep, rewrite, remove, removeUnlisted }: PackDecision,
  listed: ReadonlyMap<Id, number>,
): Pick<PrunePlan, 'used' | 'duplicate' | 'unused' | 'freedBytes' | 'unusedAfterBytes'> {
  const isKept = new Set(keep);
  const isRewritten = new Set(rewrite);
  const used = { blobs: 0, bytes: 0 };
  const duplicate = { blobs: 0, bytes: 0 };
  const unused = { blobs: 0, bytes: 0 };
  let freedBytes = 0;
  let unusedAfterBytes = 0;
  for (const use of uses) {
    add(used, use.usedBlobs, use.usedBlobs === 0 ? 0 : use.usedBytes);
    add(duplicate, use.duplicateBlobs, use.duplicateBytes);
    add(unused, use.unusedBlobs - use.duplicateBlobs, use.unusedBytes - use.duplicateBytes);
    if (isKept.has(use.pack)) unusedAfterBytes += use.unusedBytes;
    if (isRewritten.has(use.pack)) freedBytes += use.unusedBytes;
  }
  for (const pack of [...remove, ...removeUnlisted]) freedBytes += listed.get(pack) ?? 0;
  return { used, duplicate, unused, freedBytes, unusedAfterBytes };
}

function add(total: { blobs: number; bytes: number }, blobs: number, bytes: number): void {
  total.blobs += blobs;
  total.bytes += bytes;
}
