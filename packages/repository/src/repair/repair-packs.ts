import { type BlobEntry, type Id, shortId } from '@holdfast/restic-format';
import { ambiguousId, damaged, noPack } from '../failures.ts';
import { readIndexFiles } from '../index-files/read-index-files.ts';
import { rewriteIndexes } from '../index-files/rewrite-indexes.ts';
import type { IndexedRepository } from '../load-index.ts';
import { assertUnchanged, filesNow, type MadeFrom } from '../made-from.ts';
import { removePacks } from '../rewrite/remove-packs.ts';
import { type BlobsToResave, resaveBlobs } from '../rewrite/resave-blobs.ts';
import { examinePack, type PackExam } from './examine-pack.ts';
import { readPackHeader } from './read-pack-header.ts';
import type { RepairProgress } from './repair-index.ts';

/** What `repairPacks` would do, as data. */
export interface RepairPacksPlan {
  readonly madeFrom: MadeFrom;
  /** The packs that go, each with what of it is saved again and what is lost. */
  readonly packs: readonly PackExam[];
}

/**
 * Tries every blob of the packs with these ids, or whose ids begin so: by what the index lists, and by the packs' own headers.
 *
 * Fails with `repository/no-pack`, `repository/ambiguous`, and with `repository/damaged` while an index file cannot be read.
 * Changes nothing; the caller holds an exclusive lock until the plan is carried out.
 */
export async function planRepairPacks(
  repository: IndexedRepository,
  idsOrPrefixes: readonly string[],
  signal?: AbortSignal,
): Promise<RepairPacksPlan> {
  const madeFrom = await filesNow(repository, signal);
  for await (const file of readIndexFiles(repository, signal)) {
    if (file.kind === 'unreadable') throw file.failure;
    repository.index.addColumns(file.columns);
  }
  const chosen = await resolvePacks(repository, idsOrPrefixes, signal);
  const packs: PackExam[] = [];
  for (const [pack, entries] of await allEntries(repository, chosen, signal))
    packs.push((await examinePack(repository, pack, entries, signal)).exam);
  return { madeFrom, packs };
}

/**
 * Carries a plan out: what opens of the packs is saved in new ones, which are proved; then the index lists the old packs no
 * more; then these are removed. Files and folders that have lost something are for `repair snapshots`, or come back with
 * the next backup of a device that still has them.
 *
 * Interrupted anywhere, it can be planned and run again. Fails with `repository/plan-outdated` when index files or snapshots
 * came or went since, and with `repository/damaged` when more is lost than the plan said. The caller holds the
 * exclusive lock under which the plan was made. Afterwards the repository's `index` is out of date.
 */
export async function* repairPacks(
  repository: IndexedRepository,
  plan: RepairPacksPlan,
  signal?: AbortSignal,
): AsyncGenerator<RepairProgress, void, undefined> {
  await assertUnchanged(repository, plan.madeFrom, signal);
  const ids = plan.packs.map(({ pack }) => pack);
  if (ids.length === 0) return;
  let done = 0;
  for await (const _ of resaveBlobs(repository, await whatIsWhole(repository, plan, signal), {
    ...(signal && { signal }),
  })) {
    yield { phase: 'salvage', done: ++done, total: ids.length };
  }
  yield { phase: 'index', done: 0, total: 1 };
  await rewriteIndexes(repository, { drop: new Set(ids) }, signal);
  yield { phase: 'index', done: 1, total: 1 };
  done = 0;
  for await (const _ of removePacks(repository.store, ids, signal)) {
    yield { phase: 'remove', done: ++done, total: ids.length };
  }
}

async function whatIsWhole(
  repository: IndexedRepository,
  { packs }: RepairPacksPlan,
  signal?: AbortSignal,
): Promise<BlobsToResave[]> {
  const isLost = new Set(packs.flatMap(({ lost }) => lost.map(({ id }) => id)));
  const blobs: BlobsToResave[] = [];
  const ids = packs.map(({ pack }) => pack);
  for (const [pack, entries] of await allEntries(repository, ids, signal)) {
    const { exam, whole } = await examinePack(repository, pack, entries, signal);
    const worse = exam.lost.find(({ id }) => !isLost.has(id));
    if (worse !== undefined) throw damaged(`more of pack ${shortId(pack)}`, 'holdfast repair packs');
    blobs.push({ pack, entries: whole });
  }
  return blobs;
}

/** What the index lists in each pack, and what its own header lists otherwise. */
async function allEntries(
  repository: IndexedRepository,
  packs: readonly Id[],
  signal?: AbortSignal,
): Promise<Map<Id, BlobEntry[]>> {
  const wanted = new Map(packs.map((pack) => [pack, [] as BlobEntry[]]));
  for (const { pack, entry } of repository.index.blobs()) wanted.get(pack)?.push(entry);
  for await (const { name, sizeBytes } of repository.store.list('pack', signal)) {
    const entries = wanted.get(name);
    const inHeader = entries && (await readPackHeader(repository, name, sizeBytes, signal));
    entries?.push(...(inHeader ?? []));
  }
  return wanted;
}

async function resolvePacks(
  { store, index }: IndexedRepository,
  idsOrPrefixes: readonly string[],
  signal?: AbortSignal,
): Promise<Id[]> {
  const known = new Set(index.packs);
  for await (const { name } of store.list('pack', signal)) known.add(name);
  const chosen = idsOrPrefixes.map((text) => {
    const prefix = text.toLowerCase();
    const found = known.has(prefix) ? [prefix] : [...known].filter((pack) => pack.startsWith(prefix));
    const [pack] = found;
    if (pack === undefined || prefix === '') throw noPack(text);
    if (found.length > 1) throw ambiguousId('pack', text, found);
    return pack;
  });
  return [...new Set(chosen)];
}
