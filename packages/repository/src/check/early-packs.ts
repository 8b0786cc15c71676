import type { Id } from '@holdfast/restic-format';
import { entriesOf, groupByPack, packFileBytes } from '../index-table/pack-groups.ts';
import type { IndexedRepository } from '../load-index.ts';
import { PackReader } from './read-packs.ts';

/** Packs that are being read before the lock of a check counts. Disposing of it waits until none is read any more. */
export interface EarlyPacks extends AsyncDisposable {
  /** For reading the others: it has the memory. */
  readonly reader: PackReader;
  /** Those that were read whole and are right. Never rejects: what else was found is to be looked for again, under the lock. */
  readonly right: Promise<ReadonlySet<Id>>;
}

/** What two threads read while a lock settles, and the structure is looked at: more would keep an abort waiting. */
const PACKS_PER_THREAD = 5;

/**
 * Begins to read the first packs of the index. Good as long as the index files stay the same: whoever removes a pack takes it out of them first,
 * and what a pack holds never changes.
 */
export function readPacksEarly(repository: IndexedRepository, signal: AbortSignal): EarlyPacks {
  const reader = new PackReader(repository);
  const right = rightPacks(repository, reader, signal);
  return { reader, right, [Symbol.asyncDispose]: async () => void (await right) };
}

async function rightPacks(
  { index, pool }: IndexedRepository,
  reader: PackReader,
  signal: AbortSignal,
): Promise<ReadonlySet<Id>> {
  const groups = groupByPack(index);
  const packs = index.packs.slice(0, Math.max(1, pool.size) * PACKS_PER_THREAD).map((pack, number) => ({
    pack,
    sizeBytes: packFileBytes(index, groups, number),
    entries: () => entriesOf(index, groups, number),
  }));
  const right = new Set<Id>();
  try {
    for await (const { pack, findings } of reader.read(packs, signal))
      if (findings.length === 0) right.add(pack);
  } catch {
    // An abort, or trouble with the store, which shows again.
  }
  return right;
}
