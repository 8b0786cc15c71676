import { isFailure } from '@holdfast/kernel';
import type { BlobEntry, BlobType, Id } from '@holdfast/restic-format';
import type { IndexedRepository } from '../load-index.ts';
import { openBlob } from '../workers/open-blob.ts';

/** What is left of a damaged pack. */
export interface PackExam {
  readonly pack: Id;
  /** Blobs that open, each once. */
  readonly whole: number;
  /** Blobs that do not, and of which no other pack has a whole copy. */
  readonly lost: readonly LostBlob[];
}

/** A blob of which nothing is left. */
export interface LostBlob {
  readonly type: BlobType;
  readonly id: Id;
}

/** Tries every blob that is said to be in a pack, and gives those that open too. `entries` may name a blob at two places. */
export async function examinePack(
  repository: IndexedRepository,
  pack: Id,
  entries: readonly BlobEntry[],
  signal?: AbortSignal,
): Promise<{ exam: PackExam; whole: BlobEntry[] }> {
  const whole = new Map<string, BlobEntry>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (whole.has(name)) continue;
    const sealed = await readStubbornly(repository, pack, entry, signal);
    if (sealed !== undefined && openBlob(repository.sealer, entry, sealed).kind === 'opened')
      whole.set(name, entry);
  }
  const lost = new Map<string, LostBlob>();
  for (const { type, id } of entries) {
    const name = nameOf({ type, id });
    if (whole.has(name) || lost.has(name)) continue;
    if (!(await isElsewhere(repository, pack, { type, id }, signal))) lost.set(name, { type, id });
  }
  return { exam: { pack, whole: whole.size, lost: [...lost.values()] }, whole: [...whole.values()] };
}

/** Reads a second time where the medium fails: not every such failure is for ever, and what is given up now is lost. */
async function readStubbornly(
  { store }: IndexedRepository,
  pack: Id,
  { offset, length }: BlobEntry,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store.get({ kind: 'pack', name: pack }, { offset, length, ...(signal && { signal }) });
    } catch (error) {
      if (isFailure(error, 'store/missing') || isFailure(error, 'store/truncated')) return undefined;
      if (!isFailure(error, 'store/io')) throw error;
      if (attempt > 1) return undefined;
    }
  }
}

async function isElsewhere(
  { index, store, sealer }: IndexedRepository,
  pack: Id,
  { type, id }: LostBlob,
  signal?: AbortSignal,
): Promise<boolean> {
  for (const place of index.findAll(type, id)) {
    if (place.pack === pack) continue;
    const { offset, length } = place.entry;
    try {
      const options = { offset, length, ...(signal && { signal }) };
      const sealed = await store.get({ kind: 'pack', name: place.pack }, options);
      if (openBlob(sealer, place.entry, sealed).kind === 'opened') return true;
    } catch (error) {
      if (!isFailure(error, 'store/missing') && !isFailure(error, 'store/truncated')) throw error;
    }
  }
  return false;
}

const nameOf = ({ type, id }: LostBlob): string => `${type} ${id}`;
