import { isFailure, type RandomBytes } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import { entriesOf, groupByPack, type PackGroups } from '../index-table/pack-groups.ts';
import type { IndexedRepository } from '../load-index.ts';
import type { IsProcessAlive } from '../locks/found-locks.ts';
import { listSnapshots } from '../snapshots.ts';
import { checkFiles, reasonOf } from './check-files.ts';
import { checkIndexes } from './check-indexes.ts';
import { checkPacks } from './check-packs.ts';
import { checkTrees, filesWith } from './check-trees.ts';
import { choosePacks, type ReadData } from './choose-packs.ts';
import type { EarlyPacks } from './early-packs.ts';
import type { CheckEvent, Finding } from './finding.ts';
import { PackReader, type PackToRead } from './read-packs.ts';

/** How thoroughly to check. */
export interface CheckOptions {
  /** Packs read whole and opened; default `none`: structure only, of which trees are read and opened. */
  readonly readData?: ReadData;
  /** Of the same index, begun before the lock counted: those that are right are not read again. */
  readonly early?: EarlyPacks;
  /** For picking packs; default: the repository's. */
  readonly random?: RandomBytes;
  /** Tells locks of programs on this machine that have died; default: none has. */
  readonly isProcessAlive?: IsProcessAlive;
}

/**
 * Looks for damage and yields what it finds, with progress in between; changes nothing.
 *
 * Of the structure it looks at everything: config, keys, locks, index files, sizes of packs, snapshots, trees, and
 * whether each part of each file is there. While an index file is damaged, trees are left out: most of what would be
 * missed comes back with `repair index`. Only what keeps it from looking at all is thrown (`store/absent` and its like).
 *
 * For an index loaded with `tolerate`, which it brings up to date. The caller holds a lock; a non-exclusive one will do:
 * what a backup adds meanwhile is no finding, or a note.
 */
export async function* check(
  repository: IndexedRepository,
  { readData = 'none', early, random = repository.random, isProcessAlive = () => true }: CheckOptions = {},
  signal?: AbortSignal,
): AsyncGenerator<CheckEvent, void, undefined> {
  // Snapshots before the index, and the index before packs: each was saved after what it names.
  const { entries, unreadable } = await listSnapshots(repository, {
    tolerate: true,
    ...(signal && { signal }),
  });
  for await (const finding of checkFiles(repository, isProcessAlive, signal))
    yield { kind: 'finding', finding };
  for (const { name, error } of unreadable) {
    yield { kind: 'finding', finding: { kind: 'snapshot-damaged', snapshot: name, reason: reasonOf(error) } };
  }
  const isIndexWhole = yield* checkIndexes(repository, signal);
  const groups = groupByPack(repository.index);
  const sizes = yield* checkPacks(repository, groups, signal);
  const roots = entries.toReversed().map(({ id, snapshot }) => ({ snapshot: id, tree: snapshot.tree }));
  if (isIndexWhole) yield* checkTrees(repository, roots, (pack) => sizes.has(pack), signal);
  const present = repository.index.packs.filter((pack) => sizes.has(pack));
  const chosen = new Set(choosePacks(present, readData, random));
  if (chosen.size === 0) return;
  const toRead = packsToRead(repository, groups, sizes, chosen);
  const lost = yield* checkData(repository, toRead, early, signal);
  if (lost.size === 0 || !isIndexWhole) return;
  for await (const finding of filesWith(repository, roots, lost, signal)) yield { kind: 'finding', finding };
}

/** Reads the packs; gives the data blobs of which there is no whole copy. */
async function* checkData(
  repository: IndexedRepository,
  toRead: readonly PackToRead[],
  early: EarlyPacks | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckEvent, Set<Id>, undefined> {
  const totalBytes = bytesOf(toRead);
  const right = (await early?.right) ?? new Set<Id>();
  const left = toRead.filter(({ pack }) => !right.has(pack));
  const suspects = new Set<Id>();
  let done = toRead.length - left.length;
  let bytes = totalBytes - bytesOf(left);
  const progress = (): CheckEvent => ({
    kind: 'progress',
    phase: 'data',
    done,
    total: toRead.length,
    bytes,
    totalBytes,
  });
  if (done > 0) yield progress();
  const reader = early?.reader ?? new PackReader(repository);
  for await (const { sizeBytes, findings } of reader.read(left, signal)) {
    for (const finding of findings) {
      yield { kind: 'finding', finding };
      for (const id of dataBlobsOf(finding)) suspects.add(id);
    }
    done += 1;
    bytes += sizeBytes;
    yield progress();
  }
  for (const id of suspects) if (await hasWholeCopy(repository, id, signal)) suspects.delete(id);
  return suspects;
}

const bytesOf = (packs: readonly PackToRead[]): number =>
  packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

function packsToRead(
  { index }: IndexedRepository,
  groups: PackGroups,
  sizes: ReadonlyMap<Id, number>,
  chosen: ReadonlySet<Id>,
): PackToRead[] {
  return index.packs.flatMap((pack, number) =>
    chosen.has(pack)
      ? [{ pack, sizeBytes: sizes.get(pack) ?? 0, entries: () => entriesOf(index, groups, number) }]
      : [],
  );
}

const dataBlobsOf = (finding: Finding): Id[] =>
  finding.kind === 'blobs-damaged'
    ? finding.blobs.filter(({ type }) => type === 'data').map(({ id }) => id)
    : [];

async function hasWholeCopy(
  { blobs, index }: IndexedRepository,
  id: Id,
  signal?: AbortSignal,
): Promise<boolean> {
  if (index.findAll('data', id).length < 2) return false;
  try {
    await blobs.loadBlob('data', id, signal);
    return true;
  } catch (error) {
    if (isFailure(error, 'repository/damaged')) return false;
    throw error;
  }
}
