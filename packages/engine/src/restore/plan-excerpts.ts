import type { ReasonCode } from '@holdfast/contract';
import type { FolderSink } from '@holdfast/devices';
import { errnoOf, isFailure } from '@holdfast/kernel';
import { hashFile } from '@holdfast/local-files';
import { idOf } from '@holdfast/restic-format';
import type { Excerpt } from './excerpts.ts';
import type { ItemCounts } from './item-counts.ts';
import { type Conflict, type PlannedExcerpt, refusalOf, type SettledItem } from './restore-plan.ts';
import { traitsOf } from './traits-of.ts';

/** What becomes of excerpts. */
export interface ExcerptPlan {
  readonly excerpts: readonly PlannedExcerpt[];
  /** Records of those with which nothing is done. */
  readonly settled: readonly SettledItem[];
  readonly leftOver: readonly { readonly to: readonly string[]; readonly key: string }[];
  readonly replaced: number;
}

/** What excerpts are planned with. */
interface Planning {
  readonly sink: FolderSink;
  readonly conflict: Conflict;
  /** What belongs to them is settled. */
  readonly counts: ItemCounts;
}

/** Decides what becomes of excerpts, as of any file: one that is there already needs nothing. Changes nothing. */
export async function planExcerpts(
  wanted: readonly Excerpt[],
  planning: Planning,
  signal?: AbortSignal,
): Promise<ExcerptPlan> {
  const excerpts: PlannedExcerpt[] = [];
  const settled: SettledItem[] = [];
  const leftOver: ExcerptPlan['leftOver'][number][] = [];
  for (const excerpt of wanted) {
    const { path, sizeBytes, bytes, records, chosen } = excerpt;
    const place = placeOf(excerpt, planning);
    if (!('reason' in place)) {
      const { to, replaces } = place;
      const traits = traitsOf(chosen.node);
      const key = keyOf(to, excerpt);
      excerpts.push({ path, sizeBytes, bytes, records, to, replaces, traits, key });
      continue;
    }
    const to = [...chosen.folder.to, chosen.node.name];
    const key = keyOf(to, excerpt);
    if (place.reason === 'already-there' && planning.sink.hasStage(to, key)) leftOver.push({ to, key });
    let untold = sizeBytes;
    for await (const record of records(signal)) {
      if (planning.counts.isWithheld(path, record.key)) continue;
      settled.push({ path: `${path}#${record.key}`, to, record, ...place, bytes: untold });
      untold = 0;
    }
  }
  return { excerpts, settled, leftOver, replaced: excerpts.filter(({ replaces }) => replaces).length };
}

type Settling = Pick<SettledItem, 'reason' | 'detail'>;

function placeOf(
  excerpt: Excerpt,
  { sink, conflict }: Planning,
): { readonly to: readonly string[]; readonly replaces: boolean } | Settling {
  const { folder, node } = excerpt.chosen;
  const to = [...folder.to, node.name];
  try {
    const place = sink.look(to);
    if (place.kind === 'absent') return { to, replaces: false };
    if (place.kind === 'blocked') return { reason: 'conflict', detail: 'not a folder above it' };
    if (place.kind === 'folder') return { reason: 'conflict', detail: 'a folder' };
    if (place.kind === 'file' && isThere(`${sink.root}/${to.join('/')}`, excerpt))
      return { reason: 'already-there' };
    if (conflict === 'skip') return { reason: 'conflict' };
    if (conflict === 'overwrite') return { to, replaces: true };
    return { to: sink.freePath(to), replaces: false };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { reason: refusalOf(error), detail: error.message };
  }
}

/** What cannot be read is another file. */
function isThere(path: string, { sizeBytes, sha256 }: Excerpt): boolean {
  try {
    return hashFile(path, sizeBytes) === sha256;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}

const ENCODER = new TextEncoder();

const keyOf = (to: readonly string[], { sha256 }: Excerpt): string =>
  idOf(ENCODER.encode(`${to.join('/')}\0${sha256}`)).slice(0, 16);

/** Why nothing can be given back of an excerpt whose file is damaged, for all of its records at once. */
export const lostExcerpt = (
  path: string,
  to: readonly string[],
  items: number,
  detail: string,
): SettledItem => ({
  path,
  to,
  reason: 'damaged-in-backup' satisfies ReasonCode,
  detail,
  items,
  bytes: 0,
});
