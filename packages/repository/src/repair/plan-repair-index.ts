import { mapOrdered } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import { fingerprints } from '../index-files/fingerprints.ts';
import { readIndexFiles } from '../index-files/read-index-files.ts';
import {
  blobsOf,
  entriesOf,
  groupByPack,
  isGapless,
  type PackGroups,
  packFileBytes,
} from '../index-table/pack-groups.ts';
import type { IndexedRepository } from '../load-index.ts';
import { filesNow, type MadeFrom } from '../made-from.ts';
import { examinePack, type PackExam } from './examine-pack.ts';
import { readPackHeader } from './read-pack-header.ts';

/** Why a pack is listed anew. */
export type RelistReason = 'unlisted' | 'wrong-size' | 'gaps' | 'listed-differently';

/** What `repairIndex` would do, as data. */
export interface RepairIndexPlan {
  readonly madeFrom: MadeFrom;
  /** Index files that cannot be read: they are removed. */
  readonly unreadable: readonly Id[];
  /** Packs that are listed although they are gone, with the number of blobs lost with each. */
  readonly missing: readonly { readonly pack: Id; readonly blobs: number }[];
  /** Packs that are listed anew, as their own headers have it. */
  readonly relist: readonly {
    readonly pack: Id;
    readonly sizeBytes: number;
    readonly blobs: number;
    readonly reason: RelistReason;
  }[];
  /** Packs that are listed but have no readable header: what still opens is saved again, and they are listed no more. */
  readonly salvage: readonly PackExam[];
  /** Packs that are not listed and have no readable header: they stay as they are, and `prune` removes them. */
  readonly useless: readonly Id[];
  /** Packs listed more than once, always alike: they will be listed once. */
  readonly listedTwice: readonly Id[];
}

/** Headers being read at once: each is a small read far from the last. */
const HEADERS_AT_A_TIME = 8;

/**
 * Compares the index with the packs that are there, and reads the headers of those that are not listed, or not rightly.
 * For an index loaded with `tolerate`. Changes nothing; the caller holds an exclusive lock until the plan is carried out.
 */
export async function planRepairIndex(
  repository: IndexedRepository,
  signal?: AbortSignal,
): Promise<RepairIndexPlan> {
  const { store, index } = repository;
  const madeFrom = await filesNow(repository, signal);
  const { unreadable, differing, listedTwice } = await surveyListings(repository, signal);
  const groups = groupByPack(index);
  const sizes = new Map<Id, number>();
  for await (const { name, sizeBytes } of store.list('pack', signal)) sizes.set(name, sizeBytes);

  const missing = index.packs.flatMap((pack, number) =>
    sizes.has(pack) ? [] : [{ pack, blobs: blobsOf(groups, number).length }],
  );
  const relist: RepairIndexPlan['relist'][number][] = [];
  const salvage: PackExam[] = [];
  const useless: Id[] = [];
  const read = async (suspect: Suspect, stop: AbortSignal): Promise<void> => {
    const { pack, sizeBytes, reason, number } = suspect;
    const blobs = await readPackHeader(repository, pack, sizeBytes, stop);
    if (blobs !== undefined) relist.push({ pack, sizeBytes, blobs: blobs.length, reason });
    else if (number === undefined) useless.push(pack);
    else salvage.push((await examinePack(repository, pack, entriesOf(index, groups, number), stop)).exam);
  };
  const suspects = findSuspects(repository, groups, sizes, differing);
  for await (const _ of mapOrdered(suspects, HEADERS_AT_A_TIME, read, signal));
  return { madeFrom, unreadable, missing, relist, salvage, useless, listedTwice };
}

/** True when carrying the plan out changes nothing. */
export function isIndexRight({
  unreadable,
  missing,
  relist,
  salvage,
  listedTwice,
}: RepairIndexPlan): boolean {
  return [unreadable, missing, relist, salvage, listedTwice].every((list) => list.length === 0);
}

/** A pack whose header has to be read. */
interface Suspect {
  readonly pack: Id;
  readonly sizeBytes: number;
  readonly reason: RelistReason;
  /** In the index; `undefined` when it is not there. */
  readonly number?: number;
}

function* findSuspects(
  { index }: IndexedRepository,
  groups: PackGroups,
  sizes: ReadonlyMap<Id, number>,
  differing: ReadonlySet<Id>,
): Generator<Suspect> {
  for (const [number, pack] of index.packs.entries()) {
    const sizeBytes = sizes.get(pack);
    if (sizeBytes === undefined) continue;
    if (differing.has(pack)) yield { pack, sizeBytes, number, reason: 'listed-differently' };
    else if (packFileBytes(index, groups, number) !== sizeBytes)
      yield { pack, sizeBytes, number, reason: 'wrong-size' };
    else if (!isGapless(index, groups, number)) yield { pack, sizeBytes, number, reason: 'gaps' };
  }
  for (const [pack, sizeBytes] of sizes) {
    if (!index.hasPack(pack)) yield { pack, sizeBytes, reason: 'unlisted' };
  }
}

/** Reads all index files again, and adds to the index in memory what came since it was loaded. */
async function surveyListings(
  repository: IndexedRepository,
  signal?: AbortSignal,
): Promise<{ unreadable: Id[]; differing: Set<Id>; listedTwice: Id[] }> {
  const unreadable: Id[] = [];
  const prints = new Map<Id, string>();
  const twice = new Set<Id>();
  const differing = new Set<Id>();
  for await (const file of readIndexFiles(repository, signal)) {
    if (file.kind === 'unreadable') {
      unreadable.push(file.name);
      continue;
    }
    repository.index.addColumns(file.columns);
    for (const { pack, print } of fingerprints(file.columns)) {
      const before = prints.get(pack);
      prints.set(pack, print);
      if (before !== undefined) (before === print ? twice : differing).add(pack);
    }
  }
  return { unreadable, differing, listedTwice: [...twice.difference(differing)] };
}
